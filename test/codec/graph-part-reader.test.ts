import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPart, readSlice } from '../../dist/codec/graph-part-reader.js';
import { partOf, sliceOf } from '../../dist/codec/value-part.js';
import { OffloopError } from '../../dist/errors.js';
import { expected } from '../support/arbitrary-values.js';
import { arbitraryLargeValue, runs } from '../support/large-values.js';
import { difference } from '../support/same-value.js';
import { type CountingSource, countingSource, segmented, takeCount } from '../support/segmented.js';
import { NO_STEPS, partsOf } from '../support/value-paths.js';

const RUNS = runs(3_000);
/** Of a larger value, only so many of the paths. */
const MOST_PATHS = 60;

function recordsOf(count: number): { id: number; name: string; tags: string[]; about: string }[] {
  return Array.from({ length: count }, (_, id) => ({
    id,
    name: `name ${id}`,
    tags: ['a', `tag ${id}`],
    about: 'something about it '.repeat(4),
  }));
}

/** What a call gives: a value, or the code of its error. */
async function outcome(call: () => unknown): Promise<{ value?: unknown; code?: string }> {
  try {
    return { value: await call() };
  } catch (error) {
    return { code: error instanceof OffloopError ? error.code : `not ours: ${String(error)}` };
  }
}

it(`${RUNS} generated values: every path and any slice is the same as of the whole`, {
  timeout: 900_000,
}, async () => {
  let spanning = 0;
  let slices = 0;
  await fc.assert(
    fc.asyncProperty(
      arbitraryLargeValue(),
      fc.constantFrom(64, 64, 100, 1_000),
      fc.nat(),
      async (value, limit, salt) => {
        const wanted = expected('graph', value);
        if (wanted === 'refused') return;
        const source = countingSource(segmented(value, limit));
        if (source.lengths.length > 1) spanning++;
        const parts = [...partsOf(wanted.kept)];
        for (let at = 0; at < parts.length; at += Math.ceil(parts.length / MOST_PATHS)) {
          const part = parts[at] ?? { path: [], value: undefined };
          expect([part.path, difference(await readPart(source, part.path), part.value)]).toEqual([
            part.path,
            undefined,
          ]);
          expect(difference(partOf(wanted.kept, part.path), part.value)).toBe(undefined);
          const path = [...part.path, NO_STEPS[(salt + at) % NO_STEPS.length] ?? ''];
          expect(difference(await readPart(source, path), partOf(wanted.kept, path))).toBe(undefined);
          const from = (salt + at) % 13;
          const to = from + ((salt >> 4) % 900);
          const whole = await outcome(() => sliceOf(wanted.kept, part.path, from, to));
          const read = await outcome(() => readSlice(source, part.path, from, to));
          expect(difference(read, whole, `${JSON.stringify(part.path)} ${from} ${to}`)).toBe(undefined);
          if (whole.code === undefined) slices++;
        }
      },
    ),
    { numRuns: RUNS, seed: 20_240_613 },
  );
  expect(spanning).toBeGreaterThan(RUNS * 0.2);
  expect(slices).toBeGreaterThan(RUNS);
});

/** Reads a part or a slice and says how much was fetched for it. */
async function cost(source: CountingSource, read: Promise<unknown>, wanted: unknown): Promise<number> {
  expect(difference(await read, wanted)).toBe(undefined);
  return takeCount(source).segments;
}

describe('it fetches only what the part lies in', () => {
  const items = recordsOf(20_000);
  const list = countingSource(segmented({ version: 1, items, total: 20_000 }, 65_536));

  it('an element of an array, and a part of it: one segment', async () => {
    expect(list.lengths.length).toBeGreaterThan(20);
    for (const index of [0, 1, 4_999, 12_345, 19_999]) {
      expect(await cost(list, readPart(list, ['items', index]), items[index])).toBe(1);
      expect(await cost(list, readPart(list, ['items', String(index), 'id']), items[index]?.id)).toBe(1);
    }
    expect(await cost(list, readPart(list, ['items', 20_000]), undefined)).toBe(0);
    expect(await cost(list, readPart(list, ['items', 'length']), undefined)).toBe(0);
  });

  it('a slice of an array: the segments of it, in one call', async () => {
    for (let from = 0; from < 20_000; from += 997) {
      const wanted = items.slice(from, from + 20);
      expect(await cost(list, readSlice(list, ['items'], from, from + 20), wanted)).toBeLessThanOrEqual(2);
    }
    expect(difference(await readSlice(list, ['items'], 3_000, 9_000), items.slice(3_000, 9_000))).toBe(
      undefined,
    );
    const { segments, calls } = takeCount(list);
    expect(calls).toBe(1);
    expect(segments).toBeLessThanOrEqual(Math.ceil(list.lengths.length * 0.3) + 2);
    expect(await cost(list, readSlice(list, ['items'], 20_000, 20_010), [])).toBe(0);
    expect(await cost(list, readSlice(list, ['items'], 7, 7), [])).toBe(0);
  });

  it('fields before and behind a huge one: one segment', async () => {
    expect(await cost(list, readPart(list, ['version']), 1)).toBe(1);
    expect(await cost(list, readPart(list, ['total']), 20_000)).toBe(1);
    expect(await cost(list, readPart(list, ['no such']), undefined)).toBeLessThanOrEqual(1);
  });

  it('a field of a record that spans segments: one segment each, or its own', async () => {
    const part = { head: 'h', one: 'x'.repeat(9_000), two: recordsOf(300), three: [1, 2], last: new Date(5) };
    for (let round = 0; round < 3; round++) segmented(part, 1_000);
    const source = countingSource(segmented(part, 1_000));
    expect(source.lengths.length).toBeGreaterThan(20);
    for (const key of ['head', 'three', 'last'] as const) {
      expect(await cost(source, readPart(source, [key]), part[key])).toBe(1);
    }
    expect(await cost(source, readPart(source, ['one']), part.one)).toBeLessThanOrEqual(11);
    expect(await cost(source, readPart(source, ['two', 150]), part.two[150])).toBe(1);
    expect(await cost(source, readPart(source, ['none']), undefined)).toBe(0);
  });

  it('a key of a wide dictionary: one segment, seldom one more', async () => {
    const wide = Object.fromEntries(
      Array.from({ length: 30_000 }, (_, at) => [`user:${at * 7}`, { at, s: 'x' }]),
    );
    const source = countingSource(segmented(wide, 16_384));
    expect(source.lengths.length).toBeGreaterThan(20);
    let fetched = 0;
    for (let at = 0; at < 30_000; at += 301) {
      fetched += await cost(source, readPart(source, [`user:${at * 7}`, 'at']), at);
    }
    expect(fetched).toBeLessThan(100 * 1.6);
    fetched = 0;
    for (let at = 0; at < 100; at++)
      fetched += await cost(source, readPart(source, [`none:${at}`]), undefined);
    expect(fetched).toBeLessThan(100);
    expect(takeCount(source).calls).toBe(0);
  });

  it('a container in a wide dictionary that spans segments itself: from its own alone', async () => {
    const value = Object.fromEntries(Array.from({ length: 40 }, (_, at) => [`k${at}`, recordsOf(200)]));
    const source = countingSource(segmented(value, 1_000));
    const each = source.lengths.length / 40;
    expect(await cost(source, readPart(source, ['k17']), value.k17)).toBeLessThanOrEqual(each + 3);
    expect(await cost(source, readPart(source, ['k39', 100]), value.k39?.[100])).toBe(1);
  });

  it('a slice of a long string and of binary data: the segments of it', async () => {
    const text = 'a😀b'.repeat(20_000);
    const floats = new Float64Array(30_000).map((_, at) => at / 7);
    const bytes = Buffer.alloc(100_000, 'offloop');
    const source = countingSource(segmented([text, floats, bytes], 4_096));
    for (const [from, to] of [
      [0, 10],
      [9_999, 10_011],
      [29_990, 30_005],
    ] as const) {
      expect(await cost(source, readSlice(source, [0], from, to), text.slice(from, to))).toBeLessThanOrEqual(
        2,
      );
      expect(
        await cost(source, readSlice(source, [1], from, to), floats.slice(from, to)),
      ).toBeLessThanOrEqual(2);
      const part = bytes.subarray(from, to);
      expect(await cost(source, readSlice(source, [2], from, to), Buffer.from(part))).toBeLessThanOrEqual(2);
    }
    expect(await cost(source, readSlice(source, [1], 30_000, 30_001), new Float64Array())).toBe(0);
    expect(await cost(source, readSlice(source, [0], 80_000, 80_001), '')).toBe(0);
  });

  it('a Map that spans segments: all of it, and nothing else', async () => {
    const map = new Map(Array.from({ length: 500 }, (_, at) => [at, { at, text: 'x'.repeat(40) }]));
    const source = countingSource(segmented(['x'.repeat(40_000), map, 'y'.repeat(40_000)], 1_000));
    const fetched = await cost(source, readPart(source, [1, 77, 'at']), 77);
    expect(fetched).toBeLessThan(40);
    expect(fetched).toBeGreaterThan(10);
  });

  it('nothing is fetched for a slice of what has no order', async () => {
    const source = countingSource(segmented({ map: new Map([[1, 'x'.repeat(5_000)]]) }, 64));
    expect(await outcome(() => readSlice(source, ['map'], 0, 1))).toEqual({ code: 'ERR_PATH' });
    expect(await outcome(() => readSlice(source, [], 0, 1))).toEqual({ code: 'ERR_PATH' });
    expect(await outcome(() => readPart(source, ['map', 1, 'length']))).toEqual({ value: undefined });
  });
});

describe('keys', () => {
  it('of the same fingerprint are told apart, at the cost of a segment', async () => {
    // 16 bits for 60,000 keys: each has others' fingerprint about as often as not.
    const wide = Object.fromEntries(Array.from({ length: 60_000 }, (_, at) => [`k${at}`, at]));
    const source = countingSource(segmented(wide, 8_192));
    let more = 0;
    for (let at = 0; at < 60_000; at += 401) {
      if ((await cost(source, readPart(source, [`k${at}`]), at)) > 1) more++;
    }
    expect(more).toBeGreaterThan(5);
  });

  it('__proto__, numbers and lone surrogates are found in records and dictionaries', async () => {
    const odd = JSON.parse(
      `{"9":[1],"b":"${'x'.repeat(200)}","__proto__":["p"],"\\ud800":${JSON.stringify(Array(90).fill('y'))},"":0}`,
    );
    const wide = { ...Object.fromEntries(Array.from({ length: 300 }, (_, at) => [`w${at}`, [at]])), 12: 'n' };
    Object.defineProperty(wide, '__proto__', { value: ['q'], enumerable: true });
    for (let round = 0; round < 3; round++) {
      const source = countingSource(segmented({ odd, wide }, 64));
      for (const [path, wanted] of [
        [['odd', 9, 0], 1],
        [['odd', '9', '0'], 1],
        [['odd', '__proto__', 0], 'p'],
        [['odd', '\ud800', 89], 'y'],
        [['odd', ''], 0],
        [['wide', '12'], 'n'],
        [['wide', 12], 'n'],
        [['wide', '__proto__'], ['q']],
        [['wide', 'toString'], undefined],
        [['odd', 'constructor'], undefined],
      ] as const) {
        expect([path, await readPart(source, path)]).toEqual([path, wanted]);
      }
    }
  });
});

it('a part holds no memory of the whole: a small array of a large one is small', async () => {
  const source = countingSource(segmented(Buffer.alloc(1_000_000), 4_096));
  const slice = (await readSlice(source, [], 500_000, 500_010)) as Buffer;
  expect(slice.buffer.byteLength).toBe(10);
});

it('what the source throws passes through; segments that are not as announced are ERR_CORRUPT', async () => {
  const parts = segmented(recordsOf(100), 1_000);
  const source = countingSource(parts);
  const gone = new Error('gone');
  await expect(readPart({ ...source, segments: () => Promise.reject(gone) }, [5])).rejects.toBe(gone);
  const short = { ...source, segments: async () => [] };
  expect(await outcome(() => readPart(short, [5]))).toEqual({ code: 'ERR_CORRUPT' });
  const cut = { ...source, segments: async () => [parts.segments[0]?.subarray(1) ?? Buffer.alloc(0)] };
  expect(await outcome(() => readPart(cut, [5]))).toEqual({ code: 'ERR_CORRUPT' });
  expect(await outcome(() => readPart(source, [Number.NaN]))).toEqual({ code: 'ERR_PATH' });
  expect(await outcome(() => readSlice(source, [], 2, 1))).toEqual({ code: 'ERR_PATH' });
});
