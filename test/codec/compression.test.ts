import { randomBytes } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import {
  COMPRESSION_IDS,
  type CompressionAlgorithm,
  type CompressionSettings,
  compressSync,
  decompressSync,
  hasZstd,
  resolveCompression,
} from '../../dist/codec/compression.js';
import { codeThrownBy, thrownBy } from '../support/error-code.js';

const ALGORITHMS: readonly CompressionAlgorithm[] = hasZstd ? ['gzip', 'brotli', 'zstd'] : ['gzip', 'brotli'];
const TEXT = Buffer.from('{"name":"offloop","kind":"cache"},'.repeat(1000));

function settingsOf(option: unknown): CompressionSettings {
  const settings = resolveCompression(option);
  if (!settings) throw new Error('no settings');
  return settings;
}

function compressed(bytes: Uint8Array, algorithm: CompressionAlgorithm): Uint8Array {
  const result = compressSync(bytes, settingsOf(algorithm));
  if (!result) throw new Error('it was not compressed');
  return result;
}

describe.each(ALGORITHMS)('%s', (algorithm) => {
  const id = COMPRESSION_IDS[algorithm];

  it.each([1024, 34_000, 300_000, 5_000_000])('%i bytes come back', (length) => {
    const raw = Buffer.alloc(length, TEXT);
    const bytes = compressed(raw, algorithm);
    expect(bytes.length).toBeLessThan(length * 0.9);
    expect(Buffer.from(decompressSync(bytes, id, length)).equals(raw)).toBe(true);
  });

  it.each(['lowest', 'highest'])('at its %s level', (end) => {
    const levels = { gzip: [1, 9], brotli: [0, 11], zstd: [1, 22] }[algorithm];
    const settings = settingsOf({ algorithm, level: end === 'lowest' ? levels[0] : levels[1] });
    const bytes = compressSync(TEXT, settings);
    expect(bytes && Buffer.from(decompressSync(bytes, id, TEXT.length)).equals(TEXT)).toBe(true);
  });

  it('a small result owns its memory', () => {
    const raw = Buffer.alloc(3000, TEXT);
    expect(decompressSync(compressed(raw, algorithm), id, raw.length).buffer.byteLength).toBe(raw.length);
  });

  it('every truncation is ERR_CORRUPT', () => {
    const bytes = compressed(TEXT, algorithm);
    for (let length = 0; length < bytes.length; length++) {
      expect(codeThrownBy(() => decompressSync(bytes.subarray(0, length), id, TEXT.length))).toBe(
        'ERR_CORRUPT',
      );
    }
  });

  it('trap 29: bytes after the stream are refused', () => {
    const bytes = compressed(TEXT, algorithm);
    for (const garbage of ['x', '\0\0\0\0', 'a longer piece of garbage']) {
      const followed = Buffer.concat([bytes, Buffer.from(garbage)]);
      expect(codeThrownBy(() => decompressSync(followed, id, TEXT.length))).toBe('ERR_CORRUPT');
    }
    expect(codeThrownBy(() => decompressSync(Buffer.concat([bytes, bytes]), id, TEXT.length))).toBe(
      'ERR_CORRUPT',
    );
  });

  it('trap 29: zeros that would inflate a thousandfold stop at the raw length that was announced', () => {
    const bomb = compressed(Buffer.alloc(64 * 1024 * 1024), algorithm);
    expect(bomb.length).toBeLessThan(400_000);
    const before = process.memoryUsage().arrayBuffers;
    expect(thrownBy(() => decompressSync(bomb, id, 1000)).message).toMatch(/longer than 1000 bytes/);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(4 * 1024 * 1024);
  });

  it('another length than was announced is refused', () => {
    const bytes = compressed(TEXT, algorithm);
    for (const length of [TEXT.length - 1, TEXT.length + 1, 1, 0, -1, Number.NaN]) {
      expect(codeThrownBy(() => decompressSync(bytes, id, length))).toBe('ERR_CORRUPT');
    }
  });

  it('bytes of another compression are refused', () => {
    for (const other of ALGORITHMS.filter((name) => name !== algorithm)) {
      expect(codeThrownBy(() => decompressSync(compressed(TEXT, other), id, TEXT.length))).toBe(
        'ERR_CORRUPT',
      );
    }
  });

  it('does not pay: random bytes, few bytes, less than minSaving', () => {
    expect(compressSync(randomBytes(10_000), settingsOf(algorithm))).toBe(undefined);
    expect(compressSync(randomBytes(1_000_000), settingsOf(algorithm))).toBe(undefined);
    expect(compressSync(TEXT.subarray(0, 1023), settingsOf(algorithm))).toBe(undefined);
    expect(compressSync(TEXT.subarray(0, 1023), settingsOf({ algorithm, minBytes: 1023 }))).not.toBe(
      undefined,
    );
    expect(compressSync(new Uint8Array(0), settingsOf({ algorithm, minBytes: 0 }))).toBe(undefined);
    const half = Buffer.concat([randomBytes(10_000), Buffer.alloc(10_000)]);
    expect(compressSync(half, settingsOf({ algorithm, minSaving: 0.4 }))).not.toBe(undefined);
    expect(compressSync(half, settingsOf({ algorithm, minSaving: 0.6 }))).toBe(undefined);
  });
});

it('gzip is what every gunzip reads', () => {
  expect(gunzipSync(compressed(TEXT, 'gzip')).equals(TEXT)).toBe(true);
});

describe('resolveCompression', () => {
  it('none', () => {
    for (const option of [undefined, false, 'none']) expect(resolveCompression(option)).toBe(undefined);
  });

  it('defaults', () => {
    expect(resolveCompression('gzip')).toEqual({
      algorithm: 'gzip',
      id: 1,
      level: 1,
      minBytes: 1024,
      minSaving: 0.1,
    });
    expect(resolveCompression({ algorithm: 'brotli', minBytes: 0, minSaving: 0 })).toEqual({
      algorithm: 'brotli',
      id: 2,
      level: 1,
      minBytes: 0,
      minSaving: 0,
    });
  });

  it.each<readonly [unknown, string]>([
    [true, 'compression must be an object or an algorithm; it is true (boolean)'],
    [['gzip'], 'compression must be an object or an algorithm; it is an array of 1'],
    ['lz4', 'compression.algorithm must be gzip, brotli or zstd; it is "lz4"'],
    [{}, 'compression.algorithm must be gzip, brotli or zstd; it is undefined'],
    [{ algorithm: 'gzip', quality: 1 }, 'compression has an unknown option "quality"'],
    [{ algorithm: 'gzip', level: 0 }, 'compression.level must be an integer from 1 to 9; it is 0 (number)'],
    [{ algorithm: 'gzip', level: 10 }, 'compression.level must be an integer from 1 to 9; it is 10 (number)'],
    [
      { algorithm: 'brotli', level: 12 },
      'compression.level must be an integer from 0 to 11; it is 12 (number)',
    ],
    [
      { algorithm: 'gzip', level: 1.5 },
      'compression.level must be an integer from 1 to 9; it is 1.5 (number)',
    ],
    [
      { algorithm: 'gzip', minBytes: -1 },
      'compression.minBytes must be an integer from 0 to 1073741824; it is -1 (number)',
    ],
    [
      { algorithm: 'gzip', minSaving: 1 },
      'compression.minSaving must be a number from 0 to 0.99; it is 1 (number)',
    ],
    [
      { algorithm: 'gzip', minSaving: Number.NaN },
      'compression.minSaving must be a number from 0 to 0.99; it is NaN (number)',
    ],
  ])('%j is ERR_OPTION', (option, message) => {
    expect(thrownBy(() => resolveCompression(option))).toEqual({ code: 'ERR_OPTION', message });
  });

  it.runIf(!hasZstd)('zstd is ERR_COMPRESSION where the runtime has none', () => {
    expect(codeThrownBy(() => resolveCompression('zstd'))).toBe('ERR_COMPRESSION');
    expect(codeThrownBy(() => decompressSync(TEXT, COMPRESSION_IDS.zstd, 10))).toBe('ERR_COMPRESSION');
  });

  it('an unknown id is ERR_COMPRESSION', () => {
    expect(codeThrownBy(() => decompressSync(TEXT, 9, 10))).toBe('ERR_COMPRESSION');
  });
});
