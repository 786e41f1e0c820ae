import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { HeapWalk } from '../../dist/backends/heap-walk.js';
import { decodeValue, encodeValue } from '../../dist/backends/value-bytes.js';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

function walk(value: unknown, isDecoded = false): number {
  const heap = new HeapWalk(value, { freezes: false, isDecoded });
  while (heap.step());
  return heap.bytes;
}

function used(): number {
  collect();
  collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

const COUNT = 20_000;
/** Values as `JSON.parse` and the codecs make them: many of each, so that the noise of the heap is small beside them. */
const MAKERS: Readonly<Record<string, (index: number) => unknown>> = {
  records: (id) => ({ id, name: `name ${id}`, score: id / 7, tags: [`tag ${id}`, 'b'], on: true }),
  'arrays of numbers': (id) => Array.from({ length: 20 }, (_, n) => id / (n + 1)),
  'long strings': (id) => `${id} ${'x'.repeat(200)}`.toUpperCase(),
  'wide strings': (id) => `${id} ${'日本'.repeat(100)}`.normalize(),
  maps: (id) => new Map(Array.from({ length: 10 }, (_, n) => [`${id} key ${n}`, n])),
  sets: (id) => new Set(Array.from({ length: 10 }, (_, n) => id + n)),
  dates: (id) => new Date(id),
  bytes: (id) => new Uint8Array(500).fill(id),
};

describe('what a value takes in memory', () => {
  it.for(Object.entries(MAKERS))('%s: not less than the heap says, and not much more', ([, make]) => {
    const values: unknown[] = new Array(COUNT).fill(undefined);
    const before = used();
    for (let index = 0; index < COUNT; index += 1) {
      const made = make(index);
      values[index] = typeof made === 'string' ? JSON.parse(JSON.stringify(made)) : made;
    }
    const real = used() - before;
    const estimate = walk(values) - COUNT * 8;
    expect(estimate / real).toBeGreaterThan(0.9);
    expect(estimate / real).toBeLessThan(1.6);
  });

  it('of a value made of bytes: what its strings were cut out of counts too', async () => {
    const decoded = (index: number): unknown => {
      const row = (id: number): unknown => ({
        id,
        at: id / 7,
        name: `${index}-${id}`,
        note: `note ${index} of ${id}`,
      });
      const encoded = encodeValue(Array.from({ length: 300 }, (_, id) => row(id)));
      return encoded instanceof Promise ? encoded.then(decodeValue) : decodeValue(encoded);
    };
    // What the codec keeps for later is no value's.
    for (let index = 0; index < 20; index += 1) await decoded(index);
    const values: unknown[] = [];
    const before = used();
    for (let index = 0; index < 500; index += 1) values.push(await decoded(index));
    const real = used() - before;
    const estimate = walk(values, true);
    expect(estimate / real).toBeGreaterThan(0.9);
    expect(estimate / real).toBeLessThan(1.3);
  });

  it('what several parts share counts once, and cycles end', () => {
    const part: unknown[] = Array.from({ length: 1_000 }, () => 'text');
    const one = walk([part]);
    part.push(part);
    expect(walk([part, part, new Map([[part, part]])])).toBeLessThan(one + 500);
    const buffer = Buffer.alloc(100_000);
    expect(walk([buffer.subarray(1, 2), buffer.subarray(5)])).toBeLessThan(101_000);
  });
});
