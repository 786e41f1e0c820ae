import { beforeEach, describe, expect, it } from 'vitest';
import { records } from '../../dist/bench/corpora.js';
import { columnsCodec } from '../../dist/codec/columns.js';
import { NUMBERS } from '../../dist/codec/columns-format.js';
import { packLoose } from '../../dist/codec/columns-loose.js';
import { unpackNumbers } from '../../dist/codec/columns-unpack.js';
import { HEAD_BYTES, OPS_LENGTH_AT } from '../../dist/codec/graph-format.js';
import { encodeSegments, type SegmentedPayload, segmentsOf } from '../../dist/codec/segments.js';
import { RandomBatches } from '../support/random-batches.js';
import { recordsOf } from '../support/records.js';
import { difference } from '../support/same-value.js';
import { joined, segmented } from '../support/segmented.js';

const listOf = (length: number, item: (index: number) => unknown) =>
  Array.from({ length }, (_, index) => item(index));

const TEXT = 'as much text as a row has beside its numbers, so that leaving them pays';

const VALUES: Record<string, unknown> = {
  records: records(600_000),
  'lists of floats of 32 bits': listOf(100_000, (index) => Math.fround(index / 3)),
  'lists of numbers some of which are whole': listOf(100_000, (index) =>
    index % 3 === 0 ? index : index / 7,
  ),
  'records of nothing but long numbers': listOf(40_000, (index) => ({
    a: 1e5 * index,
    b: index % 5 === 0 ? 1 : index / 7,
  })),
  'numbers that all are the same, and booleans': listOf(10_000, (index) => ({
    a: 1,
    b: index % 3 === 0,
    c: 5,
    d: 9,
    e: 0,
    text: `${TEXT} ${index}`,
  })),
  'records of several shapes, with nulls, dates and lists': listOf(9_000, (index) => ({
    index,
    at: new Date(1.7e12 + index * 1_000),
    score: index % 5 === 0 ? null : index / 7,
    tags: listOf(index % 4, (tag) => `tag ${tag}`),
    state: ['open', 'closed'][index % 2],
    text: `${TEXT} ${index}`,
    ...(index % 3 === 0 ? { extra: -index } : {}),
  })),
  'records with lists of numbers of their own': listOf(4_000, (index) => ({
    index,
    text: `${TEXT} ${index}`.slice(index % 9),
    row: listOf(index % 3, (at) => at - index),
    deep: index % 9 === 0 ? { list: listOf(40, (at) => at * index) } : null,
  })),
  '-0, NaN and infinities': listOf(20_000, (index) => ({
    n: [-0, 1, 2, 3][index % 4],
    m: [1, Number.NaN, 3, -Infinity][index % 4],
    text: `${TEXT} ${index}`.slice(index % 40),
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

it('columns of floats of 32 bits, and of numbers some of which are whole, fill about as many segments as they do packed at once', () => {
  const value = listOf(40_000, (n) => ({
    a: n % 3 ? 4.5 : 4,
    b: n % 5 ? 0 : n / 3,
    c: Math.fround(n / 3),
    text: `${TEXT} ${n}`.slice(n % 30),
  }));
  for (let round = 0; round < 3; round++) columnsCodec.encode(value);
  const packed = encodeSegments(columnsCodec, value).lengths.length;
  const later = encodeSegments(columnsCodec, value, true).lengths.length;
  expect(later / packed).toBeGreaterThan(0.8);
  expect(later / packed).toBeLessThan(1.25);
});

it.each([
  ['lists of numbers that take two bytes', listOf(100_000, (index) => index)],
  ['lists of floats of 64 bits', listOf(30_000, (index) => index + 0.1)],
  ['points', listOf(50_000, (index) => [index, -index])],
  ['records of numbers', listOf(50_000, (index) => ({ a: index, b: -index, c: 1 }))],
  ['records of little text', listOf(50_000, (index) => ({ a: index, b: -index, c: 1, d: `${index}` }))],
])('%s are packed at once: left as they are they would be several times as long', (_name, value) => {
  for (let round = 0; round < 3; round++) columnsCodec.encode(value);
  const packed = encodeSegments(columnsCodec, value);
  const later = encodeSegments(columnsCodec, value, true);
  expect(packed.lengths.length).toBeGreaterThan(1);
  expect(later.lengths).toEqual(packed.lengths);
});

it('what is packed later is what is packed at once, byte by byte, where the segments end at the same rows', () => {
  // By which a guess of what they take cannot be wrong.
  const value = listOf(10_000, (index) => ({
    n: 1e9 * (index % 2),
    text: `${TEXT} ${index}`.slice(index % 40),
  }));
  for (let round = 0; round < 3; round++) columnsCodec.encode(value);
  const packed = segmented(value, 65_536, columnsCodec);
  const later = segmented(value, 65_536, columnsCodec, true);
  expect(encodeSegments(columnsCodec, value, true).loose?.length).toBeGreaterThan(4 * packed.segments.length);
  expect(later.segments.map((segment) => Buffer.from(segment).toString('hex'))).toEqual(
    packed.segments.map((segment) => Buffer.from(segment).toString('hex')),
  );
  expect(packed.segments.length).toBeGreaterThan(1);
});

it('numbers that take more bytes packed than before are kept, and so is what is around them', () => {
  // Of these 32 are looked at, each of which is whole; of all, no other is.
  const numbers = Float64Array.from({ length: 4_096 }, (_, index) =>
    index % 128 === 0 ? index : index + 1 / 3,
  );
  const [before, behind] = [Buffer.from('what is before them'), Buffer.from('what is behind them')];
  const raw = Buffer.concat([before, Buffer.of(NUMBERS.f64), new Uint8Array(numbers.buffer), behind]);
  const segment = Buffer.concat([Buffer.alloc(HEAD_BYTES), raw]);
  segment.writeUInt32LE(raw.length, OPS_LENGTH_AT);
  const { slabs, lengths } = packLoose({
    slabs: [segment],
    owned: true,
    lengths: Uint32Array.of(segment.length),
    outline: new Uint8Array(),
    loose: Uint32Array.of(0, 1, 0, before.length, numbers.length),
  });
  const packed = Buffer.from(slabs[0] as Uint8Array);
  expect(packed.length).toBeGreaterThan(segment.length);
  expect([...lengths]).toEqual([packed.length]);
  expect(packed.readUInt32LE(OPS_LENGTH_AT)).toBe(packed.length - HEAD_BYTES);
  const target = new Float64Array(numbers.length);
  const view = new DataView(packed.buffer, packed.byteOffset, packed.length);
  const position = HEAD_BYTES + before.length;
  const end = unpackNumbers({ bytes: packed, view, position, target, start: 0, count: numbers.length });
  expect(target).toEqual(numbers);
  expect(packed.subarray(HEAD_BYTES, position)).toEqual(before);
  expect(packed.subarray(end)).toEqual(behind);
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
