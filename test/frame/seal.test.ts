import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { encodeContentType } from '../../dist/frame/content-type.js';
import { readHeader } from '../../dist/frame/frame.js';
import { KeyRing } from '../../dist/frame/key-ring.js';
import { openTable, writeSegmentedFrame } from '../../dist/frame/segments.js';
import { verifiedPayload, writeFrame } from '../../dist/frame/whole-frame.js';
import { packSegments, unpack } from '../../dist/offload/packing.js';
import { codeThrownBy } from '../support/error-code.js';
import { UNKEYED } from '../support/unkeyed.js';

interface Vector {
  readonly name: string;
  readonly method: 'encryption' | 'integrity';
  readonly masterKey: string;
  readonly keyId: string;
  readonly salt: string;
  readonly key: string;
  readonly contentType?: string;
  readonly segments: readonly string[];
  readonly outline: string;
  readonly frame: string;
}

const vectors: readonly Vector[] = JSON.parse(
  readFileSync(new URL('../vectors/sealed.json', import.meta.url), 'utf8'),
);

function ringOf(vector: Pick<Vector, 'method' | 'masterKey' | 'keyId'>, allowPlain = false): KeyRing {
  const keys = {
    current: vector.keyId,
    keys: { [vector.keyId]: Buffer.from(vector.masterKey, 'hex').toString('base64') },
  };
  const none = { encryption: undefined, integrity: undefined };
  return new KeyRing({ ...none, [vector.method]: keys, allowPlain });
}

function frameOf(vector: Vector): Buffer {
  const { method, keyId, key, contentType, segments } = vector;
  const salt = Buffer.from(vector.salt, 'hex');
  const shared = {
    codec: 5,
    compression: 0,
    contentType: encodeContentType(contentType),
    seal: ringOf(vector).sealOf({ method, keyId, salt }, key),
  };
  const pieces = segments.map((text) => Buffer.from(text));
  const [first = Buffer.alloc(0)] = pieces;
  return pieces.length === 1
    ? writeFrame({ ...shared, rawLength: first.length, payload: first })
    : writeSegmentedFrame({
        ...shared,
        outline: Buffer.from(vector.outline),
        segments: pieces.map((stored) => ({ rawLength: stored.length, stored })),
      });
}

it.each(vectors)('$name is written as these bytes, and read from them', (vector) => {
  expect(frameOf(vector).toString('hex')).toBe(vector.frame);
  const frame = Buffer.from(vector.frame, 'hex');
  const header = readHeader(frame);
  const opener = { ring: ringOf(vector), key: vector.key };
  expect(Buffer.from(unpack(frame, header, opener)).toString()).toBe(vector.segments.join(''));
  if (header.segmented) expect(openTable(frame, header, opener).outline.toString()).toBe(vector.outline);
});

it.each(vectors)(
  '$name: every flipped bit is refused, and by the key where the checksum was mended',
  (vector) => {
    const opener = { ring: ringOf(vector), key: vector.key };
    for (let bit = 0; bit < vector.frame.length * 4; bit++) {
      const bytes = Buffer.from(vector.frame, 'hex');
      bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      const code = codeThrownBy(() => unpack(bytes, readHeader(bytes), opener));
      expect([bit, ['ERR_CORRUPT', 'ERR_INTEGRITY', 'ERR_KEY_ID'].includes(code)]).toEqual([bit, true]);
    }
  },
);

it.each(vectors)(
  '$name does not open for another key of Redis, by another secret, or without one',
  (vector) => {
    const frame = Buffer.from(vector.frame, 'hex');
    const header = readHeader(frame);
    const ring = ringOf(vector);
    const other = ringOf({ ...vector, masterKey: 'ee'.repeat(32) });
    const renamed = ringOf({ ...vector, keyId: 'another' });
    const codes = [
      { ring, key: `${vector.key}x` },
      { ring: other, key: vector.key },
      { ring: renamed, key: vector.key },
      UNKEYED,
    ].map((opener) => codeThrownBy(() => unpack(frame, header, opener)));
    expect(codes).toEqual(['ERR_INTEGRITY', 'ERR_INTEGRITY', 'ERR_KEY_ID', 'ERR_KEY_ID']);
  },
);

it('a plain frame is refused where values must be sealed, and read where that is allowed', () => {
  const [vector] = vectors;
  if (!vector) throw new Error('there are no vectors');
  const frame = writeFrame({ codec: 5, compression: 0, rawLength: 5, payload: Buffer.from('hello') });
  const header = readHeader(frame);
  expect(codeThrownBy(() => verifiedPayload(frame, header, { ring: ringOf(vector), key: 'k' }))).toBe(
    'ERR_INTEGRITY',
  );
  expect(verifiedPayload(frame, header, { ring: ringOf(vector, true), key: 'k' }).toString()).toBe('hello');
});

/** Two values of three segments of one length each, sealed for the same key. */
function twoValues(): { frames: [Buffer, Buffer]; opener: { ring: KeyRing; key: string } } {
  const ring = ringOf({ method: 'encryption', masterKey: '11'.repeat(32), keyId: 'a' });
  const frame = (letter: string): Buffer =>
    packSegments({
      codec: 5,
      compression: undefined,
      seal: ring.sealFor('k'),
      payload: {
        slabs: [Buffer.from(letter.repeat(96))],
        lengths: Uint32Array.of(32, 32, 32),
        outline: Buffer.alloc(0),
      },
    });
  return { frames: [frame('a'), frame('b')], opener: { ring, key: 'k' } };
}

it('a segment in the place of another, of this value or of one under the same key, does not verify', () => {
  const { frames, opener } = twoValues();
  const [mine, other] = frames;
  const header = readHeader(mine);
  const { rows, seal } = openTable(mine, header, opener);
  const [first, second, third] = rows.map(({ start, storedLength }) =>
    mine.subarray(start, start + storedLength),
  );
  const foreign = other.subarray(rows[0]?.start, (rows[0]?.start ?? 0) + (rows[0]?.storedLength ?? 0));
  if (!seal || !first || !second || !third) throw new Error('it has three sealed segments');
  const at = (index: number, count: number) => {
    const bound = Buffer.alloc(12);
    bound.writeUInt32LE(index, 0);
    bound.writeUInt32LE(count, 4);
    bound.writeUInt32LE(32, 8);
    return { index: index + 1, bound };
  };
  expect(seal.open(first, at(0, 3)).toString()).toBe('a'.repeat(32));
  for (const [bytes, message] of [
    [second, at(0, 3)],
    [first, at(1, 3)],
    [first, at(0, 2)],
    [foreign, at(0, 3)],
    [first.subarray(0, -1), at(0, 3)],
  ] as const) {
    expect(codeThrownBy(() => seal.open(bytes, message))).toBe('ERR_INTEGRITY');
  }
});

it('the same value is never stored as the same bytes twice, and shows nothing of itself', () => {
  const ring = ringOf({ method: 'encryption', masterKey: '22'.repeat(32), keyId: 'a' });
  const payload = Buffer.from('canary '.repeat(20));
  const frame = () =>
    packSegments({
      codec: 5,
      compression: undefined,
      seal: ring.sealFor('k'),
      payload: { slabs: [payload], lengths: Uint32Array.of(70, 70), outline: Buffer.from('canary outline') },
    });
  const [one, two] = [frame(), frame()];
  expect(one.equals(two)).toBe(false);
  expect(one.includes('canary')).toBe(false);
});
