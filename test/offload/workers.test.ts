import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OffloopError, RedisBackend, type RedisBackendOptions } from '../../dist/index.js';
import { recordsOf } from '../support/records.js';
import { type RunningRedis, startRedis } from '../support/redis-server.js';
import { waitUntil } from '../support/wait-until.js';

const CODECS = [
  {
    name: 'greedy',
    id: 90,
    module: fileURLToPath(new URL('../support/fixtures/greedy-codec.mjs', import.meta.url)),
  },
];
const LARGE = recordsOf(300_000);

let server: RunningRedis;
let raw: Redis;
beforeAll(async () => {
  server = await startRedis();
  raw = new Redis(server.url);
});
afterAll(async () => {
  raw.disconnect();
  await server.stop();
});

/** A backend whose values break the worker that encodes them, by their `how`. */
function greedy(pool: RedisBackendOptions['pool'], timeoutMs: number): RedisBackend {
  return new RedisBackend({
    url: server.url,
    codec: 'greedy',
    codecs: CODECS,
    offload: 'always',
    pool: pool ?? {},
    timeoutMs,
  });
}

async function codeOf(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => 'done',
    (error: OffloopError) => error.code,
  );
}

describe('a worker that hangs', () => {
  it('is replaced; callers of the same thread are answered within their time, and the next call works', async () => {
    await using cache = greedy({ maxThreads: 1, tasksPerThread: 4 }, 1_000);
    await waitUntil(
      'the thread is there',
      async () => (await codeOf(cache.set('fine', { how: 'fine' }))) === 'done',
    );
    const began = performance.now();
    const hung = codeOf(cache.set('hang', { how: 'hang' }));
    const behind = [codeOf(cache.set('a', { how: 'fine' })), codeOf(cache.get('fine'))];
    expect(await hung).toBe('ERR_TIMEOUT');
    expect(performance.now() - began).toBeLessThan(1_500);
    for (const code of await Promise.all(behind)) expect(code).toMatch(/^ERR_(TIMEOUT|WORKER)$/);
    await waitUntil('the pool has a thread that works', async () => {
      return (await codeOf(cache.set('next', { how: 'fine' }))) === 'done';
    });
    expect(performance.now() - began, 'whole again').toBeLessThan(5_000);
    expect(await cache.get('next')).toMatchObject({ how: 'fine' });
    expect(cache.stats().pool).toMatchObject({
      threads: 1,
      running: 0,
      queued: 0,
      bytesInFlight: 0,
      hungThreads: 1,
    });
  });

  it('does not take along reads of callers who still have time, which another thread does again', async () => {
    const pool = { maxThreads: 1, tasksPerThread: 8, maxQueue: 91 };
    await using patient = greedy(pool, 8_000);
    await using hasty = greedy(pool, 500);
    await patient.set('there', { how: 'fine' });
    await patient.get('there');
    const hung = codeOf(hasty.set('hang', { how: 'hang' }));
    await sleep(50);
    const reads = Promise.all([1, 2, 3].map(() => patient.get('there')));
    const write = patient.set('written', { how: 'fine' }).catch((error: unknown) => error);
    expect(await hung).toBe('ERR_TIMEOUT');
    for (const value of await reads) expect(value).toMatchObject({ how: 'fine' });
    expect(await write).toMatchObject({
      code: 'ERR_WORKER',
      message: expect.stringContaining('the outcome is unknown'),
    });
    expect(patient.stats().pool.hungThreads).toBe(1);
  });

  it('is told from a thread whose Redis does not answer, and from one that is busy and holds up nobody', async () => {
    await using cache = new RedisBackend({
      url: server.url,
      timeoutMs: 1_500,
      pool: { maxThreads: 1, maxQueue: 92 },
    });
    await waitUntil('the thread is there', async () => (await codeOf(cache.set('large', LARGE))) === 'done');
    await raw.client('PAUSE', 3_500, 'ALL');
    const calls = Array.from({ length: 4 }, () => codeOf(cache.get('large')));
    for (const code of await Promise.all(calls)) expect(code).toMatch(/^ERR_(TIMEOUT|CONNECTION)$/);
    await sleep(3_000);
    expect(await cache.get('large')).toEqual(LARGE);
    await using slow = greedy({ maxThreads: 1, tasksPerThread: 8, maxQueue: 93 }, 10_000);
    await Promise.all(Array.from({ length: 6 }, (_, index) => slow.set(`slow${index}`, { how: 'slow' })));
    expect([cache.stats().pool.hungThreads, slow.stats().pool.hungThreads]).toEqual([0, 0]);
  });
});

it('reads on a thread that the work of another has ended are done again by the next one', async () => {
  await using cache = greedy({ maxThreads: 1, tasksPerThread: 8, maxQueue: 94 }, 8_000);
  await cache.set('there', { how: 'fine' });
  // Its thread ends 0.8 s later.
  await cache.set('late', { how: 'later' });
  const before = await threadOf(cache);
  const until = performance.now() + 1_500;
  while (performance.now() < until) {
    const reads = Array.from({ length: 4 }, () => cache.get('there'));
    for (const value of await Promise.all(reads)) expect(value).toMatchObject({ how: 'fine' });
  }
  expect(await threadOf(cache)).not.toBe(before);
}, 60_000);

it('reads whose bytes were handed over to be unpacked on such a thread are done again too', async () => {
  const pool = { maxThreads: 1, tasksPerThread: 8, maxQueue: 98 };
  await using breaking = greedy(pool, 8_000);
  await using cache = new RedisBackend({ url: server.url, keyPrefix: 'packed:', compression: 'gzip', pool });
  const value = Array.from({ length: 4_000 }, (_, id) => ({ id, name: `name number ${id % 97}` }));
  await cache.set('k', value);
  for (let round = 0; round < 3; round++) {
    await breaking.set('late', { how: 'later' });
    const until = performance.now() + 1_200;
    while (performance.now() < until)
      for (const read of await Promise.all(Array.from({ length: 8 }, () => cache.get('k'))))
        expect(read).toHaveLength(value.length);
  }
}, 60_000);

/** The thread that encodes. */
async function threadOf(cache: RedisBackend): Promise<unknown> {
  await cache.set('thread', { how: 'fine' });
  return ((await cache.get('thread')) as { threadId: unknown }).threadId;
}

it('under load, exits, uncaught errors, overflows and hangs reject typed, all settle, and the pool is whole again', async () => {
  await using cache = greedy({ maxThreads: 2, tasksPerThread: 4, maxHeapMb: 48 }, 4_000);
  await cache.set('warm', { how: 'fine' });
  const faults = ['exit', 'uncaught', 'heap', 'hang'];
  const calls = Array.from({ length: 120 }, (_, index) =>
    codeOf(
      cache.set(`k${index}`, { how: index % 10 === 5 ? (faults[((index / 10) % 4) | 0] ?? '') : 'fine' }),
    ),
  );
  const codes = await Promise.all(calls);
  for (const code of codes) expect(code).toMatch(/^(done|ERR_(WORKER|TIMEOUT|OVERLOADED|CONNECTION))$/);
  await waitUntil('nothing is under way', async () => cache.stats().pool.running === 0);
  const after = await Promise.all(
    Array.from({ length: 16 }, (_, index) => codeOf(cache.set(`after${index}`, { how: 'fine' }))),
  );
  expect(after.filter((code) => code !== 'done')).toEqual([]);
  const { threads, running, queued, bytesInFlight } = cache.stats().pool;
  expect({ running, queued, bytesInFlight }).toEqual({ running: 0, queued: 0, bytesInFlight: 0 });
  expect(threads).toBeLessThanOrEqual(2);
}, 60_000);

it('threads above the minimum end when they are idle, and give their memory and their connections back', async () => {
  const pool = { minThreads: 1, maxThreads: 4, idleTimeoutMs: 300, tasksPerThread: 1 };
  await using cache = new RedisBackend({ url: server.url, pool, compression: 'gzip', plan: 'fixed' });
  const value = recordsOf(4_000_000);
  const most = { threads: 0, rss: 0 };
  const timer = setInterval(() => {
    most.threads = Math.max(most.threads, cache.stats().pool.threads);
    most.rss = Math.max(most.rss, process.memoryUsage().rss);
  }, 5);
  await Promise.all(Array.from({ length: 12 }, (_, index) => cache.set(`m${index}`, value)));
  clearInterval(timer);
  expect(most.threads).toBe(4);
  await waitUntil('the idle threads end', async () => cache.stats().pool.threads === 1);
  await waitUntil('their connections end', async () => (await clients()) <= 3);
  await waitUntil(
    'their memory is given back',
    async () => process.memoryUsage().rss < most.rss - 20_000_000,
  );
});

async function clients(): Promise<number> {
  return String(await raw.client('LIST'))
    .trim()
    .split('\n').length;
}
