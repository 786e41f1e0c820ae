import fc from 'fast-check';
import { expect, it } from 'vitest';
import { NUMBERS } from '../../dist/codec/columns-format.js';
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
/** Numbers each of which is so much more than the one before, as those of rows in order are. */
const ascending = fc
  .tuple(
    fc.constantFrom(...BORDERS),
    fc.constantFrom(0, 1, 1_000, 2 ** 24, 2 ** 33),
    fc.array(fc.nat(1), { minLength: 10, maxLength: 80 }),
  )
  .map(([first, step, extras]) => {
    let last = first;
    return extras.map((extra) => (last += step + extra));
  });
/** Numbers of one sort, with one of another among them. */
const numberList = fc
  .tuple(
    fc.oneof(
      fc.array(fc.integer({ min: -200, max: 200 }), { maxLength: 80 }),
      fc.array(fc.integer(), { maxLength: 80 }),
      fc.array(fc.maxSafeInteger(), { maxLength: 80 }),
      fc.array(fc.float(), { maxLength: 80 }),
      fc.array(anyNumber, { maxLength: 80 }),
      ascending,
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

/** Bytes of each of some whole numbers, as what they are above the least; 8 where they are too far apart. */
function widthOf(numbers: readonly number[]): number {
  const range = numbers.reduce((a, b) => Math.max(a, b)) - numbers.reduce((a, b) => Math.min(a, b));
  if (range === 0) return 0;
  return range < 2 ** 8 ? 1 : range < 2 ** 16 ? 2 : range < 2 ** 32 ? 4 : 8;
}

/** Bytes of the form that takes the fewest for each number, with what stands before it; 0 where some are whole and some not. */
function fewestBytes(numbers: readonly number[]): number {
  const { length } = numbers;
  const areWhole = numbers.map((number) => Number.isInteger(number) && !Object.is(number, -0));
  if (areWhole.some(Boolean) && !areWhole.every(Boolean)) return 0;
  const areShort = numbers.every((number) => Math.fround(number) === number);
  const floats = 1 + (areShort ? 4 : 8) * length;
  if (!areWhole[0]) return floats;
  const width = widthOf(numbers);
  const steps = numbers.slice(1).map((number, index) => number - (numbers[index] as number));
  const areExact = width < 8 || numbers.every((number) => Math.abs(number) <= 2 ** 52);
  if (length >= 16 && areExact && widthOf(steps) < width) return 18 + widthOf(steps) * (length - 1);
  return width < 8 ? 9 + width * length : floats;
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

it('steps that are no whole numbers, or steps again, are refused', () => {
  const list = Array.from({ length: 20 }, (_, index) => 1_000 * index);
  const bytes = written((out) => packNumbers(out, Float64Array.from(list), 0, list.length));
  expect([bytes[0], bytes.length]).toEqual([NUMBERS.steps, 18]);
  const view = new DataView(bytes.buffer, 0, bytes.length);
  const unpack = () =>
    unpackNumbers({ bytes, view, position: 0, target: new Float64Array(20), start: 0, count: 20 });
  expect(unpack()).toBe(18);
  for (const form of [NUMBERS.f32, NUMBERS.f64, NUMBERS.mixed, NUMBERS.steps, 8, 255]) {
    bytes[9] = form;
    expect([form, unpack()]).toEqual([form, -1]);
  }
});

it('lengths that are stored as steps come back, and none that is negative', () => {
  for (const [step, end] of [
    [70, 18],
    [-70, -1],
  ] as const) {
    const lengths = Int32Array.from({ length: 20 }, (_, index) => 700 + step * index);
    const bytes = written((out) => packIntegers(out, lengths, 0, 20));
    const view = new DataView(bytes.buffer, 0, bytes.length);
    const run = { end: 0, sum: 0, largest: 0 };
    const target = new Int32Array(20);
    unpackIntegers({ bytes, view, position: 0, target, start: 0, count: 20 }, run);
    expect([bytes[0], run.end]).toEqual([NUMBERS.steps, end]);
    if (end > 0) expect([run.sum, run.largest, target]).toEqual([27_300, 2_030, lengths]);
  }
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
