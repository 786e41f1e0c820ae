import { readdirSync, readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { RedisBackend, type RedisBackendOptions } from '../../dist/index.js';
import { Marking } from '../../dist/offload/marking.js';
import { YoungCollection, youngCollection } from '../../dist/offload/young-collection.js';
import { recordsOf } from '../support/records.js';
import { type RunningRedis, startRedis } from '../support/redis-server.js';

let server: RunningRedis;
beforeAll(async () => {
  server = await startRedis();
});
afterAll(() => server.stop());

const large = recordsOf(16_000_000);

/** How often a get of a value has the young generation collected. */
async function collectionsOf(value: unknown, options: RedisBackendOptions): Promise<number> {
  await using cache = new RedisBackend({ url: server.url, ...options });
  await cache.set('k', value);
  const before = cache.stats().plan.youngCollections;
  expect(await cache.get('k')).toEqual(value);
  return cache.stats().plan.youngCollections - before;
}

it('a large value is decoded with collections between, about one for each MB of objects', async () => {
  const count = await collectionsOf(large, {});
  expect(count).toBeGreaterThan(4);
  expect(count).toBeLessThan(32);
});

it('a large value is not decoded while the engine marks', async () => {
  const turn = vi.spyOn(youngCollection, 'turn');
  try {
    await using cache = new RedisBackend({ url: server.url });
    await cache.set('k', large);
    // V8 marks before every third or so.
    for (let get = 0; get < 60 && turn.mock.calls.length === 0; get += 1) await cache.get('k');
    expect(turn).toHaveBeenCalled();
  } finally {
    turn.mockRestore();
  }
});

it('there is none for a smaller value, and none where it is switched off', async () => {
  expect(await collectionsOf(large.slice(0, 2_000), {})).toBe(0);
  expect(await collectionsOf(large, { collectYoung: false })).toBe(0);
});

it('there is none for texts, which are no objects', async () => {
  const text = 'one of many words '.repeat(300_000);
  expect(await collectionsOf(text, {})).toBe(0);
  expect(await collectionsOf([text, text.toUpperCase()], {})).toBe(0);
  const documents = Array.from({ length: 40 }, (_, id) => ({ id, text: text.slice(id, 100_000) }));
  expect(await collectionsOf(documents, {})).toBe(0);
});

it('the items that a value has tell whether it is worth it', () => {
  const young = new YoungCollection(new Marking());
  expect(young.follow(2_700_000)).toBe(undefined);
  const kept: object[] = [];
  /** Whether it ever is while many objects are made, where the first hundredth of 10 MB has so many items. */
  const isDueAfter = (items: number): boolean => {
    young.collect();
    const value = young.follow(10_000_000);
    value?.decoded(100_000, items);
    for (let count = 0; count < 500_000; count += 1) {
      kept.push({ count, text: `${count}` });
      if (count % 1_000 === 0 && value?.isDue) return true;
    }
    return false;
  };
  expect(isDueAfter(2_000)).toBe(true);
  expect(isDueAfter(1_000)).toBe(false);
  // As is one whose codec does not tell.
  expect(isDueAfter(Number.POSITIVE_INFINITY)).toBe(true);
});

it('the function behind it does not get into any other context', async () => {
  await collectionsOf(large, {});
  expect(runInNewContext('typeof gc')).toBe('undefined');
  expect(Reflect.get(globalThis, 'gc')).toBe(undefined);
});

it.runIf(process.platform === 'linux').each([
  [undefined, 5],
  [12, 12],
])(
  'with niceness %s a worker thread has that of %i, and the main thread has none',
  async (niceness, expected) => {
    const options = niceness === undefined ? {} : { pool: { niceness } };
    await using cache = new RedisBackend({ url: server.url, ...options });
    await cache.set('k', large.slice(0, 2_000));
    await cache.get('k');
    const threads = readdirSync('/proc/self/task').map((id) => niceOf(id));
    expect(threads).toContain(expected);
    expect(niceOf(String(process.pid))).toBe(0);
  },
);

/** The 19th field of a thread's stat; names may hold spaces, so it is counted from behind the name. */
function niceOf(thread: string): number {
  const stat = readFileSync(`/proc/self/task/${thread}/stat`, 'utf8');
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[16]);
}
