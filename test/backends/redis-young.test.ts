import { readdirSync, readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { RedisBackend, type RedisBackendOptions } from '../../dist/index.js';
import { YoungCollection } from '../../dist/offload/young-collection.js';
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

// Node 26 collects of such values by itself better than in small pieces.
const collects = Number.parseInt(process.versions.v8, 10) < 14;

it.runIf(collects)(
  'a large value is decoded with collections between, one for each 2 MB of objects',
  async () => {
    const count = await collectionsOf(large, {});
    expect(count).toBeGreaterThan(4);
    expect(count).toBeLessThan(16);
  },
);

it('there is none for a smaller value, and none where it is switched off', async () => {
  expect(await collectionsOf(large.slice(0, 2_000), {})).toBe(0);
  expect(await collectionsOf(large, { collectYoung: false })).toBe(0);
});

it('there is none for texts, which are no objects', async () => {
  const text = 'one of many words '.repeat(300_000);
  expect(await collectionsOf(text, {})).toBe(0);
  expect(await collectionsOf([text, text.toUpperCase()], {})).toBe(0);
});

it.each([
  ['11.3.244.8-node.33', [false, true, true]],
  ['12.4.254.21-node.33', [false, true, true]],
  ['13.6.233.17-node.28', [false, true, false]],
  ['14.1.0', [false, false, false]],
])('with V8 %s values of 8, 24 and 200 MB of objects: %j', (v8, expected) => {
  const young = new YoungCollection(v8);
  expect([8, 24, 200].map((megabytes) => young.suits(megabytes * 1_048_576))).toEqual(expected);
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
