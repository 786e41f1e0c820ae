import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { graphCodec } from '../../dist/codec/graph.js';
import { codeThrownBy, thrownBy } from '../support/error-code.js';
import { expectMutationsHarmless, expectTruncationsRefused } from '../support/hostile-bytes.js';
import { recordsOf } from '../support/records.js';
import { difference } from '../support/same-value.js';

const roundTrip = (value: unknown): unknown =>
  graphCodec.decode(Uint8Array.from(graphCodec.encode(value)), false);
const same = (value: unknown): void => expect(difference(roundTrip(value), value)).toBe(undefined);

describe('round trips', () => {
  it.each([
    ['records, again and again', recordsOf(50_000)],
    [
      'strings at every limit',
      [0, 1, 95, 96, 1_024, 1_025, 61_440, 61_441].map((length) => 'x'.repeat(length)),
    ],
    ['more than one bundle', Array.from({ length: 500 }, (_, index) => `${index}`.repeat(150))],
    ['long strings between short ones', ['a', 'b'.repeat(5_000), 'c', 'd'.repeat(5_000), 'e']],
    ['all encodings', ['ascii', 'é'.repeat(50), '漢字'.repeat(50), '😀', '\ud800', `${'a'.repeat(60_000)}é`]],
    [
      'numbers at every limit',
      [
        -0,
        0,
        95,
        96,
        255,
        256,
        65_535,
        65_536,
        2 ** 31 - 1,
        2 ** 31,
        -1,
        -128,
        -129,
        -32_768,
        -32_769,
        -(2 ** 31),
        -(2 ** 31) - 1,
        0.1,
        5e-324,
        Number.NaN,
        Number.POSITIVE_INFINITY,
        2 ** 53 + 2,
      ],
    ],
    ['bigints', [0n, -1n, 2n ** 64n, -(2n ** 4_000n)]],
    [
      'one shape with fields of changing type',
      [
        { a: 1, b: 'x' },
        { a: 'x', b: null },
        { a: { c: 1 }, b: [1] },
        { a: undefined, b: { c: 2 } },
      ],
    ],
    [
      'the same keys in another order',
      [
        { a: 1, b: 2 },
        { b: 2, a: 1 },
        { a: 1, b: 2 },
        { b: 2, a: 1 },
      ],
    ],
    [
      'an extra key in one row',
      [...Array.from({ length: 50 }, (_, id) => ({ id })), { id: 1, more: 2 }, { id: 2 }],
    ],
    [
      'numeric keys, which come first',
      [
        { b: 1, 1: 2 },
        { b: 1, 1: 2 },
        { b: 1, 1: 2 },
        { b: 1, 1: 2 },
        { b: 1, 1: 2 },
      ],
    ],
    ['keys with the separator', [{ 'a\u0000b': 1 }, { 'a\u0000b': 1 }, { a: 1, b: 2 }, { a: 1, b: 2 }]],
    ['empty keys, objects, arrays', [{ '': {} }, { '': {} }, {}, {}, [], [[]]]],
    ['objects and arrays with the same keys', [{ 0: 1 }, { 0: 2 }, ['x'], { 0: 3 }]],
    [
      '65 keys and more',
      Array.from({ length: 6 }, () =>
        Object.fromEntries(Array.from({ length: 65 }, (_, key) => [`k${key}`, key])),
      ),
    ],
    [
      '__proto__ as an own key',
      Array.from({ length: 6 }, (_, index) => JSON.parse(`{"__proto__":{"x":${index}},"a":1}`)),
    ],
    [
      'a map of everything',
      new Map<unknown, unknown>([
        [{ k: 1 }, new Set([new Date(0), new Date(Number.NaN)])],
        [Number.NaN, Buffer.from('b')],
      ]),
    ],
  ])('%s', (_name, value) => {
    // Several times: a set of keys is written otherwise when it comes again, and read by other code.
    for (let round = 0; round < 8; round++) same(value);
  });

  it('500 levels, and not 501', () => {
    let nested: unknown = 1;
    for (let level = 0; level < 500; level++) nested = level % 2 ? [nested] : { nested };
    same(nested);
    expect(thrownBy(() => graphCodec.encode([nested])).message).toContain('nested deeper than 500');
  });

  it('counts every level, also of records in lists', () => {
    let nested: unknown[] = [];
    for (let level = 0; level < 260; level++) nested = [{ a: 0 }, { a: nested }];
    for (let round = 0; round < 3; round++) {
      expect(thrownBy(() => graphCodec.encode(nested)).message).toContain('nested deeper than 500');
    }
  });

  it('a Map that a getter changes meanwhile is refused, and an object that only looks like an array', () => {
    const map = new Map<unknown, unknown>();
    map.set('a', {
      get grow() {
        return map.set(map.size, 1).size;
      },
    });
    expect(codeThrownBy(() => graphCodec.encode(map))).toBe('ERR_VALUE');
    expect(codeThrownBy(() => graphCodec.encode(Object.create(Array.prototype)))).toBe('ERR_VALUE');
  });

  it('a getter may encode something itself, and may throw', () => {
    const inner = recordsOf(3_000);
    const value = [1, 2, 3, 4].map((id) => ({
      id,
      get size() {
        return graphCodec.encode(inner).length;
      },
    }));
    expect(roundTrip(value)).toEqual(value.map(({ id, size }) => ({ id, size })));
    const failing = {
      get secret() {
        throw new Error('canary');
      },
    };
    expect(thrownBy(() => graphCodec.encode(failing))).toMatchObject({
      code: 'ERR_VALUE',
      message: expect.not.stringContaining('canary'),
    });
  });

  it('a class that calls itself Uint8Array is refused', () => {
    class Disguised extends Uint8Array {}
    Object.defineProperty(Disguised, 'name', { value: 'Uint8Array' });
    const disguised = new Disguised(3);
    expect(codeThrownBy(() => graphCodec.encode({ disguised }))).toBe('ERR_VALUE');
  });

  it('trap 27: a small buffer inside does not hold on to the payload', () => {
    const { small } = graphCodec.decode(
      graphCodec.encode({ small: Buffer.from('0123456789'), rest: Buffer.alloc(1_000_000) }),
      true,
    ) as { small: Buffer };
    expect(small.buffer.byteLength).toBe(10);
  });

  it('ever new shapes neither grow memory nor break', () => {
    const before = process.memoryUsage().heapUsed;
    for (let index = 0; index < 20_000; index++) {
      const value = { [`key${index}`]: index, [`other${index}`]: 'x' };
      if (index % 100 === 0) for (let round = 0; round < 6; round++) same([value, value]);
      else graphCodec.encode([value, value]);
    }
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(60e6);
  });

  it('works where the process forbids code generation', () => {
    const module = new URL('../../dist/codec/graph.js', import.meta.url).href;
    const source = `import { graphCodec } from '${module}'; const value = Array.from({ length: 50 }, (_, id) => ({ id, name: 'n' + id }));
      for (let i = 0; i < 5; i++) console.log(JSON.stringify(graphCodec.decode(graphCodec.encode(value), true)) === JSON.stringify(value));`;
    const output = execFileSync(process.execPath, [
      '--disallow-code-generation-from-strings',
      '--input-type=module',
      '-e',
      source,
    ]);
    expect(output.toString()).toBe('true\n'.repeat(5));
  });
});

interface Vector {
  readonly name: string;
  readonly json: string;
  readonly payload: string;
}
const vectors: readonly Vector[] = JSON.parse(
  readFileSync(new URL('../vectors/graph.json', import.meta.url), 'utf8'),
);

it.each(vectors)('the vector "$name" is read', ({ json, payload }) => {
  expect(graphCodec.decode(Buffer.from(payload, 'hex'), false)).toEqual(JSON.parse(json));
});

describe('hostile bytes', () => {
  const samples = [
    recordsOf(1_500),
    { map: new Map([[1, 2n]]), set: new Set(['a']), bytes: Buffer.from('abc'), text: 'é'.repeat(40) },
  ];
  for (const sample of samples) for (let round = 0; round < 3; round++) graphCodec.encode(sample);

  it.each([0, 1])('every truncation of sample %i is ERR_CORRUPT', (index) => {
    expectTruncationsRefused(graphCodec, Uint8Array.from(graphCodec.encode(samples[index])));
  });

  it.each([0, 1])('mutations of sample %i give a value or ERR_CORRUPT', (index) => {
    expectMutationsHarmless(graphCodec, { value: samples[index], seed: index + 1, runs: 20_000 });
  });

  const head = (ops: number[], bundles: number[][] = []): Buffer => {
    const rows = bundles.flatMap((bytes) => [0, bytes.length, 0, 0, 0]);
    return Buffer.from([1, bundles.length, 0, 0, 0, ops.length, 0, 0, 0, ...rows, ...bundles.flat(), ...ops]);
  };
  it.each([
    ['an array that announces more than there is', head([0xcf, 0xff, 0xff, 0xff, 0xff, 0x0f])],
    [
      'arrays in arrays that each announce all of the rest',
      head(Array.from({ length: 300 }, () => [0xcf, 0x7f]).flat()),
    ],
    ['deep nesting', head([...Array.from({ length: 600 }, () => [0xcf, 0x01]).flat(), 0xc0])],
    ['a record of a shape that was not defined', head([0xe0])],
    ['a string without a bundle', head([0x05])],
    ['a bundle that nobody uses', head([0xc0], [[65]])],
    ['characters that nobody uses', head([0xc6, 0x01], [[65, 66]])],
    ['a bundle beyond the end', head([0xc5], [])],
    ['digits that are none', head([0xcd, 0xc6, 0x02], [[0x7a, 0x7a]])],
    ['bytes after the value', head([0xc0, 0xc0])],
    ['an unknown tag', head([0xdf])],
    ['an unknown kind of binary', head([0xd5, 0x63, 0x00])],
    ['a Float64Array of 7 bytes', head([0xd5, 0x09, 0x07, 0, 0, 0, 0, 0, 0, 0])],
    ['a count without end', head([0xcf, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff])],
    ['undefined as the whole value, which would be a miss', head([0xc1])],
    ['nothing', Buffer.alloc(0)],
  ])('%s is ERR_CORRUPT', (_name, bytes) => {
    expect(codeThrownBy(() => graphCodec.decode(bytes, false))).toBe('ERR_CORRUPT');
  });

  it('a shape named __proto__ gives an own key, and no prototype', () => {
    const name = Buffer.from('__proto__');
    // An array of five records of the shape ["__proto__"], each an empty object.
    const ops = [
      0xcf,
      5,
      0xd0,
      0xc6,
      name.length,
      0xd2,
      0,
      ...Array.from({ length: 4 }, () => [0xe0, 0xd2, 0]).flat(),
    ];
    for (const item of graphCodec.decode(head(ops, [[...name]]), false) as object[]) {
      expect(Object.getPrototypeOf(item)).toBe(Object.prototype);
      expect(Object.keys(item)).toEqual(['__proto__']);
    }
    expect(({} as { x?: unknown }).x).toBe(undefined);
  });
});
