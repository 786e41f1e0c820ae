import { describe, expect, it } from 'vitest';
import { chooseCodec } from '../../dist/codec/auto.js';
import { columnsCodec } from '../../dist/codec/columns.js';
import { graphCodec } from '../../dist/codec/graph.js';
import { readPart, readSlice } from '../../dist/codec/graph-part-reader.js';
import { partOf, sliceOf } from '../../dist/codec/value-part.js';
import { codeThrownBy } from '../support/error-code.js';
import { expectMutationsHarmless, expectTruncationsRefused } from '../support/hostile-bytes.js';
import { difference } from '../support/same-value.js';
import { countingSource, joined, segmented } from '../support/segmented.js';

const TAG = 0xda;

const encoded = (value: unknown) => Uint8Array.from(columnsCodec.encode(value));
const again = (value: unknown) => columnsCodec.decode(encoded(value), false);
const listOf = (length: number, item: (index: number) => unknown) =>
  Array.from({ length }, (_, index) => item(index));

/** Steps of a line, of which the first is its place. */
const line = (length: number) =>
  listOf(length, (i) => (i === 0 ? [58_690, 38_938] : [(i * 7) % 90, 40 - ((i * 3) % 80)]));

const KINDS: [string, (index: number) => unknown][] = [
  ['points', (i) => [i / 7, -i / 3]],
  ['whole ones', (i) => [i, 2 * i]],
  ['whole ones beyond 32 bits', (i) => [1.7e12 + i, i]],
  ['one number each', (i) => [i]],
  ['three', (i) => [i, i / 2, 'x'.length]],
  ['sixteen', (i) => listOf(16, (place) => i * place)],
  ['seventeen', (i) => listOf(17, (place) => i * place)],
  ['-0, NaN and infinities', (i) => [[-0, 1][i % 2], [Number.NaN, Infinity, -Infinity, 2 ** 53][i % 4]]],
  ['the smallest and the largest of 32 bits', (i) => [i % 2 ? 2 ** 31 - 1 : -(2 ** 31), 2 ** 32 - 1]],
  ['another length now and then', (i) => (i % 50 === 49 ? [i] : [i, i])],
  ['something else now and then', (i) => (i % 50 === 49 ? [i, `${i}`] : [i, i])],
  ['no list now and then', (i) => (i % 50 === 49 ? { i } : [i, i])],
  ['a hole now and then', (i) => (i % 50 === 49 ? [i, undefined] : [i, i])],
  ['empty ones', () => []],
  ['lists of lists', (i) => [[i, i]]],
];

describe('lists of lists of numbers', () => {
  it.each(KINDS)('are kept: %s', (_name, item) => {
    for (const length of [1, 15, 16, 17, 300, 5_000]) {
      const value = listOf(length, item);
      expect(difference(again(value), value)).toBe(undefined);
      for (const limit of [64, 1_000, 65_536]) {
        const through = joined(segmented({ a: value, b: 1 }, limit, columnsCodec));
        expect(difference(through, { a: value, b: 1 })).toBe(undefined);
      }
    }
  });

  it('are kept where the value is a large one', () => {
    const value = { lines: listOf(3_000, () => line(120)), ends: listOf(240_000, (i) => [i / 3, i]) };
    const bytes = encoded(value);
    expect(bytes.length).toBeGreaterThan(2 ** 21);
    expect(difference(columnsCodec.decode(bytes, false), value)).toBe(undefined);
  });

  it('come back as whole numbers and floats of the engine do: a change of one changes no other', () => {
    const value = again(listOf(40, (i) => [i, i])) as number[][];
    (value[0] as number[])[1] = 0.5;
    value[1]?.push(7);
    expect(value.slice(0, 3)).toEqual([
      [0, 0.5],
      [1, 1, 7],
      [2, 2],
    ]);
  });

  it('are stored together, in fewer bytes; a first place that is far off by itself', () => {
    const value = line(200);
    const bytes = encoded(value);
    expect(bytes.includes(TAG)).toBe(true);
    // A byte for each of two columns.
    expect(bytes.length).toBeLessThan(2 * 200 + 50);
    expect(bytes.length).toBeLessThan(graphCodec.encode(value).length * 0.6);
  });

  it('that are not plain are refused as anywhere else', () => {
    class Point extends Array<number> {}
    for (const place of [0, 20]) {
      const value = listOf(40, (i) => (i === place ? Point.from([1, 2]) : [i, i]));
      expect(codeThrownBy(() => columnsCodec.encode(value))).toBe(
        codeThrownBy(() => graphCodec.encode(value)),
      );
    }
  });

  it('a getter that changes its mind is not stored as what it was not', () => {
    const value = listOf(40, (i) => [i, i]);
    let reads = 0;
    Object.defineProperty(value[20], 1, { get: () => (reads++ % 2 === 0 ? 20 : 'text'), enumerable: true });
    let back: unknown;
    const code = codeThrownBy(() => {
      back = again(value);
    });
    expect(['nothing thrown', 'ERR_VALUE']).toContain(code);
    if (code === 'nothing thrown') expect([20, 'text']).toContain((back as unknown[][])[20]?.[1]);
  });

  it('parts and slices of them are those of the whole', async () => {
    const value = { points: listOf(2_000, (i) => [i / 7, i]), lines: listOf(40, line) };
    const source = countingSource(segmented(value, 700, columnsCodec));
    for (const from of [0, 1, 15, 16, 99, 1_990]) {
      const path = ['points'];
      const slice = await readSlice(source, path, from, from + 20);
      expect(difference(slice, sliceOf(value, path, from, from + 20))).toBe(undefined);
      for (const deeper of [[from], [from, 1]]) {
        const selected = [...path, ...deeper];
        expect(difference(await readPart(source, selected), partOf(value, selected))).toBe(undefined);
      }
    }
    const inLine = ['lines', 30, 20];
    expect(await readPart(source, inLine)).toEqual(partOf(value, inLine));
  });
});

describe('hostile bytes', () => {
  const value = { ints: line(60), floats: listOf(60, (i) => [i / 7, i, -i]) };

  it('every truncation is ERR_CORRUPT', () => {
    expectTruncationsRefused(columnsCodec, encoded(value));
  });

  it('mutations give a value or ERR_CORRUPT', () => {
    expectMutationsHarmless(columnsCodec, { value, seed: 21, runs: 20_000 });
  });

  /** An array of 40 with these ops in it. */
  const withOps = (...ops: number[]) =>
    Uint8Array.from([2, 0, 0, 0, 0, ops.length + 2, 0, 0, 0, 0xcf, 40, ...ops]);
  const zeros = (count: number) => Array.from({ length: count }, () => 0);

  it('a payload by hand is read', () => {
    const sound = withOps(TAG, 40, 2 * 2 + 1, 0, ...zeros(8), 0, ...zeros(8), ...zeros(22));
    expect(columnsCodec.decode(sound, false)).toEqual(listOf(40, () => [0, 0]));
  });

  it.each([
    ['no lists', [TAG, 0, 5, 0, ...zeros(60)]],
    ['more lists than elements are left', [TAG, 41, 5, 0, ...zeros(60)]],
    ['lists of nothing', [TAG, 40, 1, 0, ...zeros(60)]],
    ['lists of 17', [TAG, 40, 35, 0, ...zeros(400)]],
    ['fewer bytes than lists', [TAG, 40, 5, 0, ...zeros(8), 0, ...zeros(8), ...zeros(20)]],
    ['numbers of no form', [TAG, 40, 5, 9, ...zeros(60)]],
  ])('%s: ERR_CORRUPT', (_name, ops) => {
    expect(codeThrownBy(() => columnsCodec.decode(withOps(...ops), false))).toBe('ERR_CORRUPT');
  });

  it('graph knows none', () => {
    expect(codeThrownBy(() => graphCodec.decode(encoded(line(60)), false))).toBe('ERR_CORRUPT');
  });
});

it('auto stores them by columns, in a short list and further down too', () => {
  const points = listOf(30, (i) => [i, i / 2]);
  for (const value of [points, { points }, { a: { points } }, [{ points }], [[points, points]]])
    expect(chooseCodec(value)).toBe(columnsCodec);
  for (const value of [
    [],
    [[]],
    [1, 2],
    [points.slice(0, 3)],
    listOf(30, () => ['a', 1]),
    listOf(30, () => []),
  ])
    expect(chooseCodec(value)).toBe(graphCodec);
});
