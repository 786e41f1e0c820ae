import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { resolveCompression } from '../../dist/codec/compression.js';
import { readHeader } from '../../dist/frame/frame.js';
import { readTable } from '../../dist/frame/segments.js';
import { pack, packSegments, unpack, unpackSegments } from '../../dist/offload/packing.js';
import { codeThrownBy } from '../support/error-code.js';
import { UNKEYED } from '../support/unkeyed.js';

const gzip = resolveCompression('gzip');

function payloadOf(segments: readonly Buffer[], slabs = [Buffer.concat(segments)]) {
  return {
    slabs,
    lengths: Uint32Array.from(segments, ({ length }) => length),
    outline: Buffer.from('outline'),
  };
}

const text = Buffer.from('the same words again and again. '.repeat(200));
const noise = randomBytes(6_000);

it.each([
  ['none', undefined],
  ['gzip', gzip],
  ['brotli', resolveCompression('brotli')],
])('segments come back, with %s', (_name, compression) => {
  const segments = [text, noise, text.subarray(0, 100), noise.subarray(0, 1), text];
  const frame = packSegments({ codec: 5, compression, payload: payloadOf(segments) });
  const header = readHeader(frame);
  expect(header.segmented).toBe(true);
  expect(Buffer.compare(unpack(frame, header, UNKEYED), Buffer.concat(segments))).toBe(0);
  const { rows, outline } = readTable(frame, header);
  expect(outline.toString()).toBe('outline');
  // Some from the middle, as a range gets them.
  const [, second, third] = rows;
  if (!second || !third) throw new Error('there are five');
  const bytes = frame.subarray(second.start, third.start + third.storedLength);
  const some = unpackSegments({ bytes, rows: [second, third], compression: header.compression });
  expect([...some.lengths]).toEqual([6_000, 100]);
  expect(Buffer.compare(some.payload, Buffer.concat([noise, text.subarray(0, 100)]))).toBe(0);
});

it('each segment is compressed where it pays, and the others stand as they are', () => {
  const frame = packSegments({ codec: 5, compression: gzip, payload: payloadOf([text, noise]) });
  const { rows } = readTable(frame, readHeader(frame));
  expect(rows.map(({ storedLength, rawLength }) => storedLength < rawLength)).toEqual([true, false]);
});

it('where nothing can be compressed the frame says so', () => {
  const segments = Array.from({ length: 40 }, () => noise);
  const frame = packSegments({ codec: 5, compression: gzip, payload: payloadOf(segments) });
  expect(readHeader(frame).compression).toBe(0);
});

it('segments are found in several slabs', () => {
  const segments = [text, noise, text];
  const slabs = [Buffer.concat([text, noise]), text];
  const frame = packSegments({ codec: 5, compression: undefined, payload: payloadOf(segments, slabs) });
  expect(Buffer.compare(unpack(frame, readHeader(frame), UNKEYED), Buffer.concat(segments))).toBe(0);
});

it('one segment makes a frame without a table', () => {
  const frame = packSegments({ codec: 5, compression: undefined, payload: payloadOf([text]) });
  expect(frame.equals(pack({ codec: 5, compression: undefined, payload: text }))).toBe(true);
});

it('a changed byte is ERR_CORRUPT, in whichever segment', () => {
  const frame = packSegments({ codec: 5, compression: gzip, payload: payloadOf([text, noise, text]) });
  const header = readHeader(frame);
  for (const { start, storedLength } of readTable(frame, header).rows) {
    const bytes = Buffer.from(frame);
    const at = start + (storedLength >> 1);
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    expect(codeThrownBy(() => unpack(bytes, header, UNKEYED))).toBe('ERR_CORRUPT');
  }
  expect(codeThrownBy(() => unpack(frame.subarray(0, -1), header, UNKEYED))).toBe('ERR_CORRUPT');
});
