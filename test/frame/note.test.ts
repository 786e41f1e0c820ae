import { crc32 } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { encodeContentType, readContentType } from '../../dist/frame/content-type.js';
import { HEADER_BYTES, readHeader } from '../../dist/frame/frame.js';
import { KeyRing } from '../../dist/frame/key-ring.js';
import { encodeNote, NOTE_WITHIN, type NoteSpan, noteBytes, readNote } from '../../dist/frame/note.js';
import { openTable, readTable, writeSegmentedFrame } from '../../dist/frame/segments.js';
import { verifiedPayload, writeFrame } from '../../dist/frame/whole-frame.js';
import { codeThrownBy } from '../support/error-code.js';
import { UNKEYED } from '../support/unkeyed.js';

const payload = Buffer.from('hello');
const ring = new KeyRing({
  encryption: undefined,
  integrity: { current: 'a', keys: { a: Buffer.alloc(32, 7).toString('base64') } },
  allowPlain: false,
});
const opener = { ring, key: 'k' };

function frameOf(note: Uint8Array, contentType?: string): Buffer {
  return writeFrame({
    codec: 3,
    compression: 0,
    rawLength: 5,
    payload,
    contentType: encodeContentType(contentType),
    note: encodeNote(note),
  });
}

function textOf(note: NoteSpan | undefined): string | undefined {
  return note && Buffer.from(noteBytes(note)).toString();
}

it('the vector of version 1 is written as these bytes, and read', () => {
  const frame = frameOf(Buffer.from('fresh'));
  expect(frame.toString('hex')).toBe(
    'f74f66010d6caad103000400050000000500000008000000050066726573680068656c6c6f',
  );
  const header = readHeader(frame);
  expect(header).toMatchObject({ noted: true, typed: false, segmented: false });
  expect(textOf(readNote(frame, header).note)).toBe('fresh');
});

it.each([1, 6, 7, 22, 4096])('a note of %d bytes comes back, behind a content type too', (bytes) => {
  const note = Buffer.alloc(bytes, 0xa5);
  for (const type of [undefined, 'text/plain', 'x'.repeat(255)]) {
    const frame = frameOf(note, type);
    const header = readHeader(frame);
    const read = readNote(frame, header);
    expect(read.note && Buffer.from(noteBytes(read.note)).equals(note)).toBe(true);
    expect(read.end).toBe(HEADER_BYTES + header.tableLength);
    expect(read.end % 8).toBe(0);
    expect(read.end).toBeLessThanOrEqual(NOTE_WITHIN);
    expect(readContentType(frame, header).text).toBe(type);
    expect(verifiedPayload(frame, header, UNKEYED).toString()).toBe('hello');
  }
});

it.each([0, 4097])('a note of %d bytes is refused', (bytes) => {
  expect(() => encodeNote(Buffer.alloc(bytes))).toThrow(RangeError);
});

it('a frame without one has none', () => {
  const frame = writeFrame({ codec: 3, compression: 0, rawLength: 5, payload });
  expect(readNote(frame, readHeader(frame))).toEqual({ note: undefined, end: HEADER_BYTES });
});

it('every flipped bit of a frame with one is ERR_CORRUPT', () => {
  const whole = frameOf(Buffer.from('fresh'), 'a/b');
  for (let bit = 0; bit < whole.length * 8; bit++) {
    const bytes = Buffer.from(whole);
    bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    const read = (): unknown => verifiedPayload(bytes, readHeader(bytes), UNKEYED);
    expect(codeThrownBy(read), `bit ${bit}`).toBe('ERR_CORRUPT');
  }
});

it.each([
  ['no length', '0000'],
  ['a length beyond the frame', 'ffff'],
  ['a length beyond its own bytes', '2000'],
])('%s is ERR_CORRUPT', (_, length) => {
  const frame = frameOf(Buffer.from('fresh'));
  Buffer.from(length, 'hex').copy(frame, HEADER_BYTES);
  expect(codeThrownBy(() => readNote(frame, readHeader(frame)))).toBe('ERR_CORRUPT');
});

it('it stands before the seal and the table of segments', () => {
  const segments = ['first', 'second'].map((text) => ({ rawLength: text.length, stored: Buffer.from(text) }));
  const outline = Buffer.from('0a', 'hex');
  const note = encodeNote(Buffer.from('fresh'));
  const contentType = encodeContentType('image/png');
  const shared = { codec: 3, compression: 0, outline, contentType, note, segments };
  const plain = writeSegmentedFrame(shared);
  const sealed = writeSegmentedFrame({ ...shared, seal: ring.sealFor('k') });
  for (const frame of [plain, sealed]) {
    const header = readHeader(frame);
    expect(textOf(readNote(frame, header).note)).toBe('fresh');
    expect(readContentType(frame, header).text).toBe('image/png');
    expect(readTable(frame, header).rows.length).toBe(2);
  }
  expect(openTable(sealed, readHeader(sealed), opener).outline.equals(outline)).toBe(true);
});

describe('a sealed note', () => {
  const frame = writeFrame({
    codec: 3,
    compression: 0,
    rawLength: 5,
    payload,
    note: encodeNote(Buffer.from('fresh')),
    seal: ring.sealFor('k'),
  });

  it('opens with its value', () => {
    expect(verifiedPayload(frame, readHeader(frame), opener).toString()).toBe('hello');
  });

  it('cannot be changed, even with a checksum that matches', () => {
    const other = Buffer.from(frame);
    other.write('stale', HEADER_BYTES + 2);
    const changed = withChecksum(other);
    expect(codeThrownBy(() => verifiedPayload(changed, readHeader(changed), opener))).toBe('ERR_INTEGRITY');
  });
});

function withChecksum(frame: Buffer): Buffer {
  const own = Buffer.from(frame);
  own.writeUInt32LE(crc32(own.subarray(8)), 4);
  return own;
}
