import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CodecRegistry } from '../../dist/codec/registry.js';
import { difference } from '../support/same-value.js';

/** The values of the vectors, by name. The bytes are in `test/vectors/codec.json` and never change. */
const VALUES: Record<string, unknown> = {
  null: null,
  true: true,
  'empty string': '',
  'ASCII text': 'offloop',
  'Latin text': 'Größe',
  'Chinese text': '漢字',
  emoji: '😀',
  'unpaired surrogate': '\ud800',
  'small integer': 7,
  'negative integer': -70_000,
  'large integer': 2 ** 53 - 1,
  fraction: 0.1,
  NaN: Number.NaN,
  records: [
    { id: 1, name: 'a' },
    { id: 2, name: 'b' },
  ],
  'key __proto__': JSON.parse('{"__proto__":1}'),
  'undefined inside': [undefined, { a: undefined }],
  date: new Date(1_700_000_000_000),
  'date with milliseconds': new Date(1_700_000_000_123),
  bigint: 2n ** 64n - 1n,
  'long bigint': -(2n ** 70n),
  map: new Map<unknown, unknown>([
    ['a', 1],
    [2, [true]],
  ]),
  set: new Set(['a', 'b']),
  Buffer: Buffer.from([1, 2, 3]),
  Uint8Array: new Uint8Array([1, 2, 3]),
  Int16Array: new Int16Array([1, -2]),
  Float64Array: new Float64Array([1.5]),
  BigInt64Array: new BigInt64Array([-1n]),
  ArrayBuffer: new Uint8Array([1, 2]).buffer,
  DataView: new DataView(new Uint8Array([1, 2]).buffer),
};

interface Vector {
  readonly codec: string;
  readonly id: number;
  readonly value: string;
  readonly hex: string;
}

const vectors: readonly Vector[] = JSON.parse(
  readFileSync(new URL('../vectors/codec.json', import.meta.url), 'utf8'),
);
const registry = new CodecRegistry();

describe.each(vectors)('$codec: $value', ({ codec: name, id, value: valueName, hex }) => {
  const codec = registry.byId(id);

  it('is read from these bytes', () => {
    expect(codec.name).toBe(name);
    expect(Object.keys(VALUES)).toContain(valueName);
    expect(difference(codec.decode(Buffer.from(hex, 'hex'), true), VALUES[valueName])).toBe(undefined);
  });

  it('is written as these bytes', () => {
    expect(Buffer.from(codec.encode(VALUES[valueName])).toString('hex')).toBe(hex);
  });
});

it('there are vectors of all three codecs', () => {
  expect(new Set(vectors.map(({ codec }) => codec))).toEqual(new Set(['json', 'cbor', 'raw']));
});
