import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { columnsCodec } from '../../dist/codec/columns.js';
import { BatchMemo } from '../../dist/codec/columns-memo.js';
import { collectGarbage } from '../support/collect-garbage.js';
import { RandomBatches } from '../support/random-batches.js';
import { recordsOf } from '../support/records.js';
import { difference } from '../support/same-value.js';
import { type Segmented, segmented } from '../support/segmented.js';

function decoded({ segments }: Segmented, memo: BatchMemo): unknown {
  const total = segments.reduce((bytes, { length }) => bytes + length, 0);
  const decoder = columnsCodec.segmentDecoder?.(total, false, undefined, memo);
  for (const segment of segments) decoder?.next(segment);
  return decoder?.end();
}

/** All objects of a value, itself included. */
function objectsOf(value: unknown, found = new Set<object>()): Set<object> {
  if (typeof value !== 'object' || value === null || found.has(value)) return found;
  found.add(value);
  for (const each of value instanceof Map || value instanceof Set ? [...value] : Object.values(value))
    objectsOf(each, found);
  return found;
}

it.each(['records', 'wide text', 'names'])(
  'its bytes are those that it takes in memory: %s',
  async (kind) => {
    const lists = {
      records: () => recordsOf(2_000_000),
      'wide text': () =>
        Array.from({ length: 20_000 }, (_, id) => ({ id, text: `Ж漢字 ${id} ${'漢字'.repeat(id % 30)}` })),
      names: () =>
        Array.from({ length: 50_000 }, (_, id) => ({
          id: id * 7919,
          name: `the name of ${id % 900}`,
          on: id % 3 === 0,
        })),
    };
    const parts = segmented(lists[kind as keyof typeof lists](), 65_536, columnsCodec);
    const used = async (): Promise<number> => {
      // Buffers of what was collected are freed aside.
      collectGarbage();
      await sleep(50);
      collectGarbage();
      const { heapUsed, arrayBuffers } = process.memoryUsage();
      return heapUsed + arrayBuffers;
    };
    decoded(parts, new BatchMemo());
    const before = await used();
    const memos = Array.from({ length: 8 }, () => {
      const memo = new BatchMemo();
      decoded(parts, memo);
      return memo;
    });
    const taken = (await used()) - before;
    const claimed = memos.reduce((sum, { bytes }) => sum + bytes, 0);
    expect(claimed).toBeGreaterThan(1_000_000);
    expect(taken / claimed).toBeGreaterThan(0.8);
    expect(taken / claimed).toBeLessThan(1.1);
  },
);

it('a decoding that failed or was left leaves no memo to use', () => {
  const parts = segmented(recordsOf(500_000), 65_536, columnsCodec);
  const memo = new BatchMemo();
  const broken = { ...parts, segments: parts.segments.slice(0, -1) };
  expect(() => decoded(broken, memo)).toThrow(expect.objectContaining({ code: 'ERR_CORRUPT' }));
  expect(memo.isComplete).toBe(false);
});

it('2,000 generated lists: what is decoded by a memo is the same as without, and shares no object', () => {
  const batches = new RandomBatches(31);
  let helped = 0;
  for (let round = 0; round < 200; round++) {
    const family = batches.family();
    for (let index = 0; index < 10; index++) {
      const value = { before: 'text', list: family(), again: family(), after: 'more text' };
      const parts = segmented(value, [64, 1_000, 65_536][index % 3] as number, columnsCodec);
      const memo = new BatchMemo();
      const first = decoded(parts, memo);
      expect(memo.isComplete).toBe(true);
      if (memo.bytes > 0) helped++;
      expect(difference(first, value)).toBe(undefined);
      const seen = objectsOf(first);
      for (const another of [decoded(parts, memo), decoded(parts, memo)]) {
        expect(difference(another, value)).toBe(undefined);
        for (const each of objectsOf(another)) if (seen.has(each)) throw new Error('an object is shared');
        for (const each of objectsOf(another)) seen.add(each);
      }
    }
  }
  expect(helped).toBeGreaterThan(500);
}, 300_000);
