import { beforeEach, describe, expect, it } from 'vitest';
import { columnsCodec } from '../../dist/codec/columns.js';
import { packLoose } from '../../dist/codec/columns-loose.js';
import { encodeSegments, type SegmentedPayload, segmentsOf } from '../../dist/codec/segments.js';
import { RandomBatches } from '../support/random-batches.js';
import { recordsOf } from '../support/records.js';
import { difference } from '../support/same-value.js';
import { joined, segmented } from '../support/segmented.js';

const listOf = (length: number, item: (index: number) => unknown) =>
  Array.from({ length }, (_, index) => item(index));

const VALUES: Record<string, unknown> = {
  records: recordsOf(600_000),
  'numbers that all are the same, and booleans': listOf(200_000, (index) => ({
    a: 1,
    b: index % 3 === 0,
    c: 5,
    d: 9,
    e: 0,
  })),
  'records of several shapes, with nulls, dates and lists': listOf(6_000, (index) => ({
    index,
    at: new Date(1.7e12 + index * 1_000),
    score: index % 5 === 0 ? null : index / 7,
    tags: listOf(index % 4, (tag) => `tag ${tag}`),
    state: ['open', 'closed'][index % 2],
    ...(index % 3 === 0 ? { extra: -index } : {}),
  })),
  'records with lists of numbers of their own': listOf(2_000, (index) => ({
    index,
    deep: { [`k${index}`]: { list: listOf(40, (at) => at * index) } },
    row: listOf(20, (at) => at + index / 3),
  })),
  'long lists of numbers': {
    whole: listOf(200_000, (index) => index * 3),
    floats: listOf(20_000, Math.sqrt),
  },
  points: {
    short: listOf(40_000, (index) => [index, -index]),
    long: listOf(40_000, (index) => [index / 3, 7]),
  },
  '-0, NaN and infinities': listOf(20_000, (index) => ({
    n: [-0, Number.NaN, -Infinity, 1][index % 4],
    index,
  })),
};

const totalOf = ({ lengths }: SegmentedPayload) => lengths.reduce((sum, length) => sum + length, 0);

function decoded(payload: SegmentedPayload): unknown {
  const decoder = columnsCodec.segmentDecoder?.(totalOf(payload), false);
  for (const segment of segmentsOf(payload)) decoder?.next(segment);
  return decoder?.end();
}

describe.each(Object.entries(VALUES))('numbers left to be packed later: %s', (_name, value) => {
  beforeEach(() => {
    for (let round = 0; round < 3; round++) columnsCodec.encode(value);
  });

  it('are good as they are, take more bytes, and as few as others once they are packed', () => {
    const packed = encodeSegments(columnsCodec, value);
    const loose = encodeSegments(columnsCodec, value, true);
    expect(packed.loose).toBe(undefined);
    expect(loose.loose?.length).toBeGreaterThan(0);
    expect(difference(decoded(loose), value)).toBe(undefined);
    const before = totalOf(loose);
    const later = packLoose(loose);
    expect(difference(decoded(later), value)).toBe(undefined);
    expect(totalOf(later) / totalOf(packed)).toBeGreaterThan(0.93);
    expect(totalOf(later) / totalOf(packed)).toBeLessThan(1.03);
    expect(before).toBeGreaterThan(1.1 * totalOf(later));
  });

  it('lie in segments that are no longer than those of others, once they are packed', () => {
    const most = Math.max(...encodeSegments(columnsCodec, value).lengths);
    const later = packLoose(encodeSegments(columnsCodec, value, true));
    expect(Math.max(...later.lengths)).toBeLessThan(1.5 * most);
  });
});

it.each([
  ['floats of 32 bits', listOf(300_000, (index) => Math.fround(index / 3))],
  [
    'records with numbers some of which are whole',
    listOf(40_000, (n) => ({ a: n % 3 ? 4.5 : 4, b: n % 5 ? 0 : n / 3 })),
  ],
])('%s fill about as many segments as they do packed at once', (_name, value) => {
  for (let round = 0; round < 3; round++) columnsCodec.encode(value);
  const packed = encodeSegments(columnsCodec, value).lengths.length;
  const later = encodeSegments(columnsCodec, value, true).lengths.length;
  expect(later / packed).toBeGreaterThan(0.8);
  expect(later / packed).toBeLessThan(1.25);
});

it('what is packed later is what is packed at once, byte by byte, where the segments end at the same rows', () => {
  // Of one number each, by which a guess of what it takes cannot be wrong.
  const value = listOf(30_000, (index) => ({ n: 1e9 * (index % 2) }));
  for (let round = 0; round < 3; round++) columnsCodec.encode(value);
  const packed = segmented(value, 65_536, columnsCodec);
  const later = segmented(value, 65_536, columnsCodec, true);
  expect(later.segments.map((segment) => Buffer.from(segment).toString('hex'))).toEqual(
    packed.segments.map((segment) => Buffer.from(segment).toString('hex')),
  );
  expect(packed.segments.length).toBeGreaterThan(1);
});

it('numbers that mislead the sample, and take more bytes packed than before, are kept', () => {
  let grown = 0;
  for (let offset = 0; offset < 128; offset++) {
    // Of a run of 4096, each 128th number is looked at.
    const value = listOf(16_400, (index) => ((index + offset) % 128 === 0 ? index : index + 1 / 3));
    const loose = encodeSegments(columnsCodec, value, true);
    const before = totalOf(loose);
    const later = packLoose(loose);
    if (totalOf(later) > before) grown++;
    expect([offset, difference(decoded(later), value)]).toEqual([offset, undefined]);
  }
  expect(grown).toBeGreaterThan(0);
});

it('a value of one segment has nothing left to be packed', () => {
  expect(encodeSegments(columnsCodec, recordsOf(20_000), true).loose).toBe(undefined);
});

it('any list of records is as it was', () => {
  const batches = new RandomBatches(31);
  for (let run = 0; run < 60; run++) {
    const next = batches.family();
    const value = listOf(8, next).flat();
    for (const limit of [300, 4_096, 65_536])
      expect([run, limit, difference(joined(segmented(value, limit, columnsCodec, true)), value)]).toEqual([
        run,
        limit,
        undefined,
      ]);
  }
});
