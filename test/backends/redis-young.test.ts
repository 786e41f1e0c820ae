import { readdirSync, readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { RedisBackend, type RedisBackendOptions } from '../../dist/index.js';
import { youngCollection } from '../../dist/offload/young-collection.js';
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

it('a large value is decoded with collections between, one for each 2 MB of objects', async () => {
  const count = await collectionsOf(large, {});
  expect(count).toBeGreaterThan(4);
  expect(count).toBeLessThan(16);
});

it('there is none for a smaller value, and none where it is switched off', async () => {
  expect(await collectionsOf(large.slice(0, 2_000), {})).toBe(0);
  expect(await collectionsOf(large, { collectYoung: false })).toBe(0);
});

it('there is none for texts, which are no objects', async () => {
  const text = 'one of many words '.repeat(300_000);
  expect(await collectionsOf(text, {})).toBe(0);
  expect(await collectionsOf([text, text.toUpperCase()], {})).toBe(0);
});

it('values of 16 MB of objects and more are worth it', () => {
  expect([8, 15.9, 16, 200].map((megabytes) => youngCollection.suits(megabytes * 1_048_576))).toEqual([
    false,
    false,
    true,
    true,
  ]);
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
