import { crc32 } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { encodeContentType, isContentType, readContentType } from '../../dist/frame/content-type.js';
import { HEADER_BYTES, readHeader } from '../../dist/frame/frame.js';
import { readTable, writeSegmentedFrame } from '../../dist/frame/segments.js';
import { verifiedPayload, writeFrame } from '../../dist/frame/whole-frame.js';
import { codeThrownBy } from '../support/error-code.js';
import { UNKEYED } from '../support/unkeyed.js';

const payload = Buffer.from('hello');
const whole = frameOf('text/plain');

function frameOf(text: string): Buffer {
  return writeFrame({
    codec: 3,
    compression: 0,
    rawLength: 5,
    payload,
    contentType: encodeContentType(text),
  });
}

it('the vector of version 1 is written as these bytes', () => {
  expect(whole.toString('hex')).toBe(
    'f74f66016d3b8eca030002000500000005000000100000000a746578742f706c61696e000000000068656c6c6f',
  );
});

it.each(['a', 'text/plain', 'application/json; charset=utf-8', 'x'.repeat(255)])('%s comes back', (text) => {
  const frame = frameOf(text);
  const header = readHeader(frame);
  expect(header).toMatchObject({ typed: true, segmented: false, storedLength: 5 });
  expect(header.tableLength % 8).toBe(0);
  expect(readContentType(frame, header)).toEqual({ text, end: HEADER_BYTES + header.tableLength });
  expect(verifiedPayload(frame, header, UNKEYED).toString()).toBe('hello');
});

it('it stands before the table of segments', () => {
  const segments = ['first', 'second'].map((text) => ({ rawLength: text.length, stored: Buffer.from(text) }));
  const outline = Buffer.from('0a', 'hex');
  const contentType = encodeContentType('image/png');
  const frame = writeSegmentedFrame({ codec: 3, compression: 0, outline, contentType, segments });
  const header = readHeader(frame);
  expect(readContentType(frame, header).text).toBe('image/png');
  const { rows, outline: read } = readTable(frame, header);
  expect(read.equals(outline)).toBe(true);
  expect(
    rows.map(({ start, storedLength }) => frame.toString('latin1', start, start + storedLength)),
  ).toEqual(['first', 'second']);
});

it('a frame without one has none', () => {
  const frame = writeFrame({ codec: 3, compression: 0, rawLength: 5, payload });
  expect(readContentType(frame, readHeader(frame))).toEqual({ text: undefined, end: HEADER_BYTES });
});

it('every flipped bit of a frame with one is ERR_CORRUPT', () => {
  for (let bit = 0; bit < whole.length * 8; bit++) {
    const bytes = Buffer.from(whole);
    bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    expect(
      codeThrownBy(() => verifiedPayload(bytes, readHeader(bytes), UNKEYED)),
      `bit ${bit}`,
    ).toBe('ERR_CORRUPT');
  }
});

describe('hostile ones with a right checksum are ERR_CORRUPT', () => {
  it.each([
    ['a length of 0', 24, 0],
    ['a length beyond the table', 24, 200],
    ['a control character', 25, 10],
    ['a character that is not ASCII', 25, 0xe9],
  ])('%s', (_, at, byte) => {
    const bytes = Buffer.from(whole);
    bytes[at] = byte;
    bytes.writeUInt32LE(crc32(bytes.subarray(8)), 4);
    expect(codeThrownBy(() => readContentType(bytes, readHeader(bytes)))).toBe('ERR_CORRUPT');
  });
});

it.each(['', 'a\n', 'é', 'x'.repeat(256)])('%j is no content type', (text) => {
  expect(isContentType(text)).toBe(false);
});
