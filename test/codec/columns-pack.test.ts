import fc from 'fast-check';
import { expect, it } from 'vitest';
import { packBits, packIntegers, packNumbers } from '../../dist/codec/columns-pack.js';
import { unpackBits, unpackIntegers, unpackNumbers } from '../../dist/codec/columns-unpack.js';
import { GraphWriter } from '../../dist/codec/graph-writer.js';

const RUNS = 2_000;
/** Where the columns stand in memory: not at its beginning. */
const START = 5;
const BORDERS = [0, 255, 256, 65_535, 65_536, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1, 2 ** 32, 2 ** 53, 2 ** 60];
const EDGES = [
  ...BORDERS,
  ...BORDERS.map((border) => -border),
  -(2 ** 31) - 1,
  0.5,
  Number.NaN,
  1e300,
  -1e300,
];

const anyNumber = fc.oneof(
  fc.constantFrom(...EDGES),
  fc.integer(),
  fc.integer({ min: -200, max: 200 }),
  fc.float(),
  fc.double(),
);
/** Numbers of one sort, with one of another among them. */
const numberList = fc
  .tuple(
    fc.oneof(
      fc.array(fc.integer({ min: -200, max: 200 }), { maxLength: 80 }),
      fc.array(fc.integer(), { maxLength: 80 }),
      fc.array(fc.maxSafeInteger(), { maxLength: 80 }),
      fc.array(fc.float(), { maxLength: 80 }),
      fc.array(anyNumber, { maxLength: 80 }),
    ),
    fc.option(fc.tuple(fc.nat(79), anyNumber)),
  )
  .map(([list, odd]) => (odd ? [...list.slice(0, odd[0]), odd[1], ...list.slice(odd[0])] : list));

/** What a function writes. */
function written(write: (out: GraphWriter) => void): Uint8Array {
  const out = new GraphWriter(2);
  write(out);
  return out.ops.slice(0, out.position);
}

/** Bytes of the form that is the shortest which holds all of them exactly, with what stands before it; 0 where some are whole and some not. */
function fewestBytes(numbers: readonly number[]): number {
  const areWhole = numbers.map((number) => Number.isInteger(number) && !Object.is(number, -0));
  const range = numbers.reduce((a, b) => Math.max(a, b)) - numbers.reduce((a, b) => Math.min(a, b));
  if (areWhole.every(Boolean) && range < 2 ** 32) {
    const width = range === 0 ? 0 : range < 2 ** 8 ? 1 : range < 2 ** 16 ? 2 : 4;
    return 9 + width * numbers.length;
  }
  if (areWhole.some(Boolean) && !areWhole.every(Boolean)) return 0;
  const areShort = numbers.every((number) => Math.fround(number) === number);
  return 1 + (areShort ? 4 : 8) * numbers.length;
}

it('numbers come back bit for bit, in as few bytes as hold them all', () => {
  fc.assert(
    fc.property(numberList, (list) => {
      const memory = Float64Array.of(...Array.from({ length: START }, () => 77), ...list, 88);
      const bytes = written((out) => packNumbers(out, memory, START, list.length));
      const target = new Float64Array(list.length);
      const view = new DataView(bytes.buffer, 0, bytes.length);
      const end = unpackNumbers({ bytes, view, position: 0, target, start: 0, count: list.length });
      expect(end).toBe(bytes.length);
      expect(Array.from(target)).toEqual(list);
      if (list.length === 0) expect(bytes.length).toBe(0);
      else if (fewestBytes(list) > 0) expect(bytes.length).toBe(fewestBytes(list));
    }),
    { numRuns: RUNS, examples: EDGES.flatMap((edge) => [[[edge]], [[1, edge, 2]], [[edge, edge + 3]]]) },
  );
});

it('whole numbers of 32 bits are written as they would be among any', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.integer(), fc.nat(300)), { minLength: 1, maxLength: 80 }), (list) => {
      const bytes = written((out) => packIntegers(out, Int32Array.of(7, ...list, 9), 1, list.length));
      expect(bytes).toEqual(
        written((out) => packNumbers(out, Float64Array.of(7, ...list, 9), 1, list.length)),
      );
    }),
    { numRuns: RUNS, examples: [[[-(2 ** 31), 2 ** 31 - 1]], [[0, 2 ** 31 - 1]], [[-(2 ** 31)]]] },
  );
});

it('lengths come back with what they come to', () => {
  const lengths = [3, 0, 65_536, 12];
  const bytes = written((out) => packIntegers(out, Int32Array.from(lengths), 0, 4));
  const view = new DataView(bytes.buffer, 0, bytes.length);
  const run = { end: 0, sum: 0, largest: 0 };
  const target = new Int32Array(4);
  unpackIntegers({ bytes, view, position: 0, target, start: 0, count: 4 }, run);
  expect([Array.from(target), run]).toEqual([lengths, { end: bytes.length, sum: 65_551, largest: 65_536 }]);
});

it('any number of bits comes back, and how many are set is counted', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(1), { maxLength: 40 }), (list) => {
      let set = -1;
      const bytes = written((out) => {
        set = packBits(out, Uint8Array.of(1, 1, ...list, 1), 2, list.length);
      });
      const expected = list.filter((bit) => bit === 1).length;
      const target = new Uint8Array(list.length);
      expect(unpackBits({ bytes, position: 0, target, start: 0, count: list.length })).toBe(expected);
      expect([set, bytes.length, Array.from(target)]).toEqual([expected, Math.ceil(list.length / 8), list]);
    }),
    { numRuns: RUNS },
  );
});
