import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { graphCodec } from '../../dist/codec/graph.js';
import { expected } from '../support/arbitrary-values.js';
import { codeThrownBy } from '../support/error-code.js';
import { arbitraryLargeValue, runs } from '../support/large-values.js';
import { difference } from '../support/same-value.js';
import { joined, segmentEncoder, segmented, taken } from '../support/segmented.js';

const LIMITS = [64, 100, 256, 1_000, 65_536];
const RUNS = runs(20_000);

it(`${RUNS} generated values: segments give the same as the whole, whatever the limit`, {
  timeout: 900_000,
}, () => {
  let kept = 0;
  let spanning = 0;
  fc.assert(
    fc.property(arbitraryLargeValue(), fc.constantFrom(64, 64, ...LIMITS), (value, limit) => {
      const wanted = expected('graph', value);
      if (wanted === 'refused') {
        expect(codeThrownBy(() => segmented(value, limit))).toBe('ERR_VALUE');
        return;
      }
      kept++;
      const parts = segmented(value, limit);
      if (parts.segments.length > 1) spanning++;
      else expect(parts.outline.length).toBe(0);
      expect(difference(joined(parts), wanted.kept)).toBe(undefined);
    }),
    { numRuns: RUNS, seed: 20_240_612 },
  );
  expect(kept).toBeGreaterThan(RUNS * 0.4);
  expect(spanning).toBeGreaterThan(RUNS * 0.15);
});

/** Values that each have something at the border of segments; several limits put it there in several ways. */
const DIRECTED: readonly (readonly [string, unknown])[] = [
  ['an array of many items', Array.from({ length: 20_000 }, (_, id) => ({ id, name: `n${id}` }))],
  ['numbers alone', Array.from({ length: 5_000 }, (_, index) => index * 1.5)],
  ['an object with one huge field', { id: 1, text: 'x'.repeat(300_000), last: [true] }],
  [
    'a wide dictionary',
    Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`key ${index}`, { index }])),
  ],
  [
    'a dictionary of 100 keys with containers',
    Object.fromEntries(
      Array.from({ length: 100 }, (_, index) => [`k${index}`, Array.from({ length: 40 }, (_, at) => at)]),
    ),
  ],
  ['nested arrays', Array.from({ length: 30 }, () => Array.from({ length: 30 }, () => [[1], [[2, 'x']]]))],
  ['one item larger than all others', [1, 'a', { big: Array.from({ length: 9_000 }, (_, at) => [at]) }, 2]],
  ['a deep chain of records', chain(499, (next) => ({ id: 'level', next, after: 'x'.repeat(20) }))],
  ['a deep chain of arrays', chain(499, (next) => ['before', next, 'after'])],
  ['a deep chain of Maps', chain(400, (next, level) => new Map<unknown, unknown>([[level, next]]))],
  [
    'a deep chain of Maps in their keys',
    chain(
      400,
      (next) =>
        new Map<unknown, unknown>([
          [next, 'long enough to be cut'],
          ['z', 1],
        ]),
    ),
  ],
  [
    'a Map with containers as keys',
    new Map(Array.from({ length: 300 }, (_, id) => [{ id, list: [id, id] }, new Set([id, [id]])])),
  ],
  ['a Set of containers', new Set(Array.from({ length: 300 }, (_, id) => [id, { id }]))],
  ['surrogate pairs at all borders', ['a', '', 'ab'].map((start) => `${start}${'😀'.repeat(5_000)}`)],
  ['lone surrogates', [`${'\ud83d'.repeat(3_001)}x`, `${'\ude00\ud83d'.repeat(2_000)}`, '\ud800']],
  ['a large Buffer', { before: 1, bytes: Buffer.alloc(200_000, 'offloop'), after: 2 }],
  ['a large Float64Array', new Float64Array(20_000).map((_, index) => index / 3)],
  ['a large BigInt64Array', [new BigInt64Array(3_333).fill(-(2n ** 60n)), 1]],
  [
    'large binary data of other classes',
    [new Uint8Array(999).buffer, new DataView(new ArrayBuffer(777)), new Uint16Array(501)],
  ],
  [
    '__proto__ in records and dictionaries',
    Array.from({ length: 400 }, (_, id) => [
      JSON.parse(`{"__proto__":{"x":[${id},"long enough"]},"a":${id}}`),
      JSON.parse(`{"k${id}":1,"__proto__":{"y":["long enough to be cut"]}}`),
    ]),
  ],
  [
    '__proto__ in the middle of a wide dictionary',
    JSON.parse(
      `{${Array.from({ length: 200 }, (_, at) => `"k${at}":[${at}]`).join()},"__proto__":${JSON.stringify(Array(300).fill('x'))},"z":1}`,
    ),
  ],
  ['empty containers at all borders', Array.from({ length: 500 }, () => [[], {}, new Map(), new Set(), ''])],
  ['undefined inside', Array.from({ length: 500 }, (_, id) => ({ id, nothing: undefined }))],
];

function chain(levels: number, wrap: (next: unknown, level: number) => unknown): unknown {
  let value: unknown = 'innermost';
  for (let level = 0; level < levels; level++) value = wrap(value, level);
  return value;
}

describe.each(DIRECTED)('%s', (_name, value) => {
  // Three times: a set of keys is written as a record only when it comes again.
  it.each([1, 2, 3])('is the same in segments of all limits, time %i', () => {
    for (const limit of [...LIMITS, 67, 130]) {
      const parts = segmented(value, limit);
      if (limit === 64) expect(parts.segments.length).toBeGreaterThan(3);
      expect([limit, difference(joined(parts), value)]).toEqual([limit, undefined]);
    }
  });
});

it('no piece of a long string ends within a surrogate pair, so that none needs UTF-16', () => {
  const bytes = segmented(['a', '😀'.repeat(3_000)], 101).segments.reduce(
    (sum, { length }) => sum + length,
    0,
  );
  expect(bytes).toBeLessThan(4 * 3_000 * 1.5);
});

it('segments have about the bytes of the limit', () => {
  const { segments } = segmented(
    Array.from({ length: 20_000 }, (_, id) => ({ id, name: `n${id}` })),
    4_096,
  );
  for (const { length } of segments.slice(0, -1)) {
    expect(length).toBeGreaterThan(4_000);
    expect(length).toBeLessThan(3 * 4_096);
  }
});

it('a value of one segment has the payload of the codec', () => {
  const value = { a: [1, 'x'] };
  for (let round = 0; round < 3; round++) {
    const encoder = segmentEncoder(value, 65_536);
    expect(encoder.next()).toBe(false);
    expect(Buffer.from(encoder.whole()).equals(graphCodec.encode(value))).toBe(true);
  }
});

it.each([
  ['undefined as the whole value', undefined],
  ['a hole far behind', Array.from({ length: 500 }, (_, at) => at).concat(new Array(1), 1)],
  ['a function far behind', [...Array.from({ length: 500 }, (_, at) => at), () => 1]],
  ['501 levels', chain(501, (next) => ['long enough to be cut', next])],
])('%s is ERR_VALUE', (_name, value) => {
  expect(codeThrownBy(() => segmented(value, 64))).toBe('ERR_VALUE');
});

interface SegmentVector {
  readonly name: string;
  readonly limit: number;
  readonly outline: string;
  readonly segments: readonly string[];
}
const vectors: readonly SegmentVector[] = JSON.parse(
  readFileSync(new URL('../vectors/graph-segments.json', import.meta.url), 'utf8'),
);
/** The values of the vectors, by name. The bytes never change. */
const VECTOR_VALUES: Record<string, unknown> = {
  'everything that spans segments': {
    list: Array.from({ length: 12 }, (_, id) => ({ id, name: `name ${id}` })),
    wide: Object.fromEntries(Array.from({ length: 9 }, (_, at) => [`key ${at}`, [at, 'x'.repeat(9 * at)]])),
    text: `${'a😀'.repeat(360)}é`,
    map: new Map<unknown, unknown>([
      [{ id: 1 }, 'y'.repeat(70)],
      ['set', new Set(['z'.repeat(70), 1n])],
    ]),
    floats: new Float64Array([0.5, 1, 2, 3, 4, 5, 6, 7, 8, 9]),
  },
};

describe.each(vectors)('the vector "$name"', ({ name, limit, outline, segments }) => {
  it('is read', () => {
    const parts = {
      codec: graphCodec,
      outline: Buffer.from(outline, 'hex'),
      segments: segments.map((hex) => Buffer.from(hex, 'hex')),
    };
    expect(difference(joined(parts), VECTOR_VALUES[name])).toBe(undefined);
  });

  it('is written', () => {
    // The first times its key sets are new to this thread, and it is written otherwise.
    for (let round = 0; round < 3; round++) segmented(VECTOR_VALUES[name], limit);
    const encoder = segmentEncoder(VECTOR_VALUES[name], limit);
    while (encoder.next());
    const written = taken(encoder);
    expect(written.segments.map((bytes) => Buffer.from(bytes).toString('hex'))).toEqual(segments);
    expect(Buffer.from(written.outline).toString('hex')).toBe(outline);
  });
});
