import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { InMemoryBackend } from '../../dist/backends/memory.js';
import { collectGarbage } from '../support/collect-garbage.js';
import { recordsOf } from '../support/records.js';
import { difference } from '../support/same-value.js';

const MB = 1024 * 1024;

async function used(): Promise<number> {
  collectGarbage();
  // Buffers of what was collected are freed aside.
  await sleep(50);
  collectGarbage();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

async function getOften(cache: InMemoryBackend, keys: readonly string[], times = 3): Promise<void> {
  for (let time = 0; time < times; time++) for (const key of keys) await cache.get(key);
}

const keysOf = (count: number): string[] => Array.from({ length: count }, (_, index) => `k${index}`);

async function getWhileCleared(
  cache: InMemoryBackend,
  keys: readonly string[],
  value: unknown,
): Promise<void> {
  const late = keys.map((key) => cache.get(key));
  await cache.clear();
  for (const got of await Promise.all(late)) expect(difference(got, value)).toBe(undefined);
}

describe('values that are got again and again', () => {
  it('are new ones each time, and stay what was set', async () => {
    const value = recordsOf(MB);
    const cache = new InMemoryBackend();
    await cache.set('k', value);
    for (let time = 0; time < 6; time++) {
      const got = (await cache.get('k')) as typeof value;
      expect(difference(got, value)).toBe(undefined);
      for (const row of got) for (const field of Object.keys(row)) Reflect.set(row, field, 'spoiled');
    }
    // Several at a time, each in slices.
    for (const got of await Promise.all(keysOf(5).map(() => cache.get('k'))))
      expect(difference(got, value)).toBe(undefined);
    await cache.set('k', value.slice(5));
    expect(difference(await cache.get('k'), value.slice(5))).toBe(undefined);
  });

  it('take room besides their bytes where there is some, and leave it to what is set', async () => {
    const maxBytes = 24 * MB;
    const value = recordsOf(MB);
    // What the engine compiles meanwhile stays: more than half a megabyte.
    const first = new InMemoryBackend({ maxBytes });
    for (const key of keysOf(60)) {
      await first.set(key, value);
      await getOften(first, [key]);
    }
    await first.close();
    const before = await used();
    const cache = new InMemoryBackend({ maxBytes });
    const few = keysOf(8);
    for (const key of few) await cache.set(key, value);
    const { bytes } = cache;
    await getOften(cache, few);
    expect(cache.bytes).toBe(bytes);
    expect((await used()) - before).toBeGreaterThan(bytes * 1.7);
    const many = keysOf(120);
    for (const key of many) {
      await cache.set(key, value);
      await getOften(cache, [key]);
      expect((await used()) - before).toBeLessThan(maxBytes * 1.1);
    }
    // As many entries as without.
    expect(cache.size).toBe(Math.floor(maxBytes / (bytes / 8)));
    await cache.close();
    expect((await used()) - before).toBeLessThan(MB);
  });

  it('give it back with their entry, also where that goes while they are decoded', async () => {
    const value = recordsOf(MB);
    const cache = new InMemoryBackend();
    const keys = keysOf(12);
    const before = await used();
    const set = async (): Promise<void> => {
      for (const key of keys) await cache.set(key, value);
    };
    await set();
    await getOften(cache, keys);
    for (const key of keys) await cache.delete(key);
    expect((await used()) - before).toBeLessThan(MB);
    await set();
    await getOften(cache, keys, 1);
    await getWhileCleared(cache, keys, value);
    expect((await used()) - before).toBeLessThan(MB);
    await cache.set('short', value, { ttl: 0.3 });
    await getOften(cache, ['short']);
    await sleep(350);
    expect(await cache.get('short')).toBe(undefined);
    expect((await used()) - before).toBeLessThan(MB);
  });

  it('are worth it: a get takes less time than that of a full cache', async () => {
    const value = recordsOf(MB);
    const roomy = new InMemoryBackend();
    await roomy.set('k', value);
    const full = new InMemoryBackend({ maxBytes: roomy.bytes + 1_000 });
    await full.set('k', value);
    const msOf = async (cache: InMemoryBackend): Promise<number> => {
      const start = performance.now();
      await cache.get('k');
      return performance.now() - start;
    };
    const ratios: number[] = [];
    for (let round = 0; round < 300; round++) {
      const slow = await msOf(full);
      ratios.push((await msOf(roomy)) / slow);
    }
    expect(ratios.slice(100).sort((a, b) => a - b)[100]).toBeLessThan(0.95);
  });
});
