import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { frameLength, HEADER_BYTES, readHeader } from '../../dist/frame/frame.js';
import { verifiedPayload, writeFrame } from '../../dist/frame/whole-frame.js';
import { codeThrownBy, thrownBy } from '../support/error-code.js';
import { UNKEYED } from '../support/unkeyed.js';

interface Vector {
  readonly name: string;
  readonly codec: number;
  readonly compression: number;
  readonly rawLength: number;
  readonly payload: string;
  readonly frame: string;
}

const vectors: readonly Vector[] = JSON.parse(
  readFileSync(new URL('../vectors/frame.json', import.meta.url), 'utf8'),
);

it('a payload of no bytes is verified, also where it has no memory at all', () => {
  const payload = new Uint8Array(0).subarray(0, 0);
  const frame = writeFrame({ codec: 90, compression: 0, rawLength: 0, payload });
  expect(verifiedPayload(frame, readHeader(frame), UNKEYED)).toHaveLength(0);
});

describe('the vectors of version 1', () => {
  it.each(vectors)('$name is written as these bytes', ({ codec, compression, rawLength, payload, frame }) => {
    const written = writeFrame({ codec, compression, rawLength, payload: Buffer.from(payload, 'hex') });
    expect(written.toString('hex')).toBe(frame);
  });

  it.each(vectors)('$name is read from these bytes', ({ codec, compression, rawLength, payload, frame }) => {
    const bytes = Buffer.from(frame, 'hex');
    const header = readHeader(bytes);
    expect(header).toMatchObject({
      codec,
      compression,
      rawLength,
      storedLength: payload.length / 2,
      tableLength: 0,
    });
    expect(frameLength(header)).toBe(bytes.length);
    expect(verifiedPayload(bytes, header, UNKEYED).toString('hex')).toBe(payload);
  });
});

const frame = writeFrame({ codec: 5, compression: 0, rawLength: 5, payload: Buffer.from('hello') });

it('every truncation is ERR_CORRUPT', () => {
  for (let length = 0; length < frame.length; length++) {
    const part = Buffer.from(frame.subarray(0, length));
    expect(
      codeThrownBy(() => verifiedPayload(part, readHeader(part), UNKEYED)),
      `${length} bytes`,
    ).toBe('ERR_CORRUPT');
  }
});

it('every flipped bit is ERR_CORRUPT', () => {
  for (let bit = 0; bit < frame.length * 8; bit++) {
    const bytes = Buffer.from(frame);
    bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    expect(
      codeThrownBy(() => verifiedPayload(bytes, readHeader(bytes), UNKEYED)),
      `bit ${bit}`,
    ).toBe('ERR_CORRUPT');
  }
});

it('a byte more is ERR_CORRUPT', () => {
  const bytes = Buffer.concat([frame, Buffer.from([0])]);
  expect(codeThrownBy(() => verifiedPayload(bytes, readHeader(bytes), UNKEYED))).toBe('ERR_CORRUPT');
});

it('foreign text, JSON and gzip are no frames', () => {
  for (const text of ['x'.repeat(40), `{"a":"${'b'.repeat(40)}"}`, '\u001f\u008b'.repeat(20)]) {
    expect(codeThrownBy(() => readHeader(Buffer.from(text, 'latin1')))).toBe('ERR_CORRUPT');
  }
});

it('a frame of another version says which', () => {
  const bytes = Buffer.from(frame);
  bytes[3] = 3;
  expect(thrownBy(() => readHeader(bytes)).message).toContain('frame version 3');
});

it('the header is a multiple of 8 bytes, so that numbers behind it are aligned', () => {
  expect(HEADER_BYTES % 8).toBe(0);
});
