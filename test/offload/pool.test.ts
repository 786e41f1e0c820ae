import { fileURLToPath } from 'node:url';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RedisBackend, type RedisBackendOptions } from '../../dist/index.js';
import { recordsOf } from '../support/records.js';
import { type RunningRedis, startRedis } from '../support/redis-server.js';
import { waitUntil } from '../support/wait-until.js';

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

const large = recordsOf(1_000_000);
const codecs = [
  {
    name: 'greedy',
    id: 90,
    module: fileURLToPath(new URL('../support/fixtures/greedy-codec.mjs', import.meta.url)),
  },
];

function greedy(pool: RedisBackendOptions['pool'], timeoutMs = 5_000): RedisBackend {
  return new RedisBackend({
    url: server.url,
    codec: 'greedy',
    codecs,
    offload: 'always',
    pool: pool ?? {},
    timeoutMs,
  });
}

async function connections(): Promise<number> {
  return String(await raw.client('LIST'))
    .trim()
    .split('\n').length;
}

describe('sharing', () => {
  it('100 backends with the same settings start no more threads than the maximum', async () => {
    const backends = Array.from(
      { length: 100 },
      (_, index) => new RedisBackend({ url: server.url, keyPrefix: `${index}:`, pool: { maxThreads: 2 } }),
    );
    await Promise.all(backends.map((backend) => backend.set('k', large)));
    expect(await Promise.all(backends.map((backend) => backend.get('k')))).toEqual(backends.map(() => large));
    const { pool } = backends[0]?.stats() ?? {};
    expect(pool?.threads).toBeLessThanOrEqual(2);
    expect(pool?.threads).toBeGreaterThan(0);
    // One command connection a backend; one connection a thread for all of them; ours.
    expect(await connections()).toBeLessThanOrEqual(100 + 2 + 1);
    await Promise.all(backends.map((backend) => backend.close()));
  });

  it('100 views by withPrefix share one command connection', async () => {
    await using backend = new RedisBackend({ url: server.url });
    const before = await connections();
    const views = Array.from({ length: 100 }, (_, index) => backend.withPrefix(`${index}:`));
    await Promise.all(views.map((view, index) => view.set('k', index)));
    expect(await Promise.all(views.map((view) => view.get('k')))).toEqual(views.map((_, index) => index));
    expect(await connections()).toBe(before + 1);
  });

  it('the threads end with the last backend that uses them', async () => {
    const pool = { maxThreads: 1, maxQueue: 77 };
    const [one, two] = [
      new RedisBackend({ url: server.url, pool }),
      new RedisBackend({ url: server.url, pool }),
    ];
    await one.set('k', large);
    await one.close();
    expect(two.stats().pool.threads).toBe(1);
    expect(await two.get('k')).toEqual(large);
    await two.close();
    expect(two.stats().pool.threads).toBe(0);
  });
});

describe('trap 15: when a limit is reached', () => {
  it('what is over waits, and is done when there is room', async () => {
    await using cache = greedy({ maxThreads: 1, tasksPerThread: 1 });
    await Promise.all(Array.from({ length: 4 }, (_, index) => cache.set(`k${index}`, { how: 'slow' })));
    expect(cache.stats().pool).toMatchObject({ threads: 1, running: 0, queued: 0, bytesInFlight: 0 });
  });

  it('what waits longer than its time is ERR_OVERLOADED, and was not sent', async () => {
    await using cache = greedy({ maxThreads: 1, tasksPerThread: 1, maxQueue: 50 }, 1_500);
    // The thread's start is not part of what is measured.
    await cache.clear();
    await cache.set('warm', { how: 'fine' });
    const results = await Promise.allSettled(
      Array.from({ length: 20 }, (_, index) => cache.set(`k${index}`, { how: 'slow' })),
    );
    const codes = results.map((result) => (result.status === 'rejected' ? result.reason.code : 'done'));
    expect(codes.filter((code) => code === 'ERR_OVERLOADED').length).toBeGreaterThanOrEqual(8);
    expect(codes[0]).toBe('done');
    const stored = await Promise.all(codes.map((_, index) => raw.exists(`k${index}`)));
    for (const [index, code] of codes.entries()) if (code === 'ERR_OVERLOADED') expect(stored[index]).toBe(0);
  });

  it('a full queue is ERR_OVERLOADED at once', async () => {
    await using cache = greedy({ maxThreads: 1, tasksPerThread: 1, maxQueue: 1 });
    await cache.set('warm', { how: 'fine' });
    const began = performance.now();
    const calls = [1, 2, 3].map((index) => cache.set(`q${index}`, { how: 'slow' }));
    await expect(calls[2]).rejects.toMatchObject({
      code: 'ERR_OVERLOADED',
      message: expect.stringContaining('pool.maxQueue'),
    });
    expect(performance.now() - began).toBeLessThan(250);
    await Promise.all(calls.slice(0, 2));
  });

  it('bytes in flight are capped', async () => {
    await using cache = new RedisBackend({
      url: server.url,
      pool: { maxThreads: 2, maxBytesInFlight: 1024 * 1024 },
    });
    const value = Buffer.alloc(700_000, 1);
    let most = 0;
    const calls = Array.from({ length: 20 }, (_, index) => cache.set(`b${index}`, value));
    const timer = setInterval(() => {
      most = Math.max(most, cache.stats().pool.bytesInFlight);
    }, 0);
    await Promise.all(calls);
    clearInterval(timer);
    expect(most).toBeLessThanOrEqual(1024 * 1024);
    expect(cache.stats().writes.bytes).toBe(20);
  });
});

describe('a worker that fails', () => {
  it('trap 20: a heap overflow rejects its own call, and the next works', async () => {
    await using cache = greedy({ maxThreads: 1, maxHeapMb: 32 }, 30_000);
    await expect(cache.set('k', { how: 'heap' })).rejects.toMatchObject({ code: 'ERR_WORKER' });
    await cache.set('k', { how: 'fine' });
    expect(await cache.get('k')).toMatchObject({ how: 'fine' });
  });

  it('trap 17, 18, 19: an exit rejects what the worker held, typed, and the next works', async () => {
    await using cache = greedy({ maxThreads: 1, tasksPerThread: 4 });
    const results = await Promise.allSettled(
      ['fine', 'exit', 'fine', 'fine'].map((how, index) => cache.set(`e${index}`, { how })),
    );
    expect(results[1]).toMatchObject({ status: 'rejected', reason: { code: 'ERR_WORKER' } });
    for (const result of results)
      if (result.status === 'rejected') expect(result.reason.code).toBe('ERR_WORKER');
    await cache.set('k', { how: 'fine' });
    expect(await cache.get('k')).toMatchObject({ how: 'fine' });
  });

  it('trap 17: close() lets what runs and what waits end', async () => {
    const cache = new RedisBackend({
      url: server.url,
      keyPrefix: 'closing:',
      compression: { algorithm: 'brotli', level: 5 },
      pool: { maxThreads: 1, tasksPerThread: 1, maxQueue: 94 },
    });
    const calls = Array.from({ length: 8 }, (_, index) => cache.set(`k${index}`, large));
    await cache.close();
    await Promise.all(calls);
    expect(await raw.exists(...calls.map((_, index) => `closing:k${index}`))).toBe(8);
    await expect(cache.get('k0')).rejects.toMatchObject({ code: 'ERR_CLOSED' });
    expect(cache.stats().pool.threads).toBe(0);
  });

  it('trap 18: what waits for a thread that exits goes on with the next one', async () => {
    await using cache = greedy({ maxThreads: 1, tasksPerThread: 2, maxQueue: 95 }, 10_000);
    const hows = ['exit', ...Array.from({ length: 12 }, () => 'fine')];
    const results = await Promise.allSettled(hows.map((how, index) => cache.set(`s${index}`, { how })));
    const codes = results.map((result) => (result.status === 'rejected' ? result.reason.code : 'done'));
    expect(codes.slice(0, 2)).toContain('ERR_WORKER');
    expect(codes.slice(2)).toEqual(codes.slice(2).map(() => 'done'));
  });

  it('trap 19: a thread that fails while it holds nothing ends nothing else, and is counted', async () => {
    await using cache = greedy({ maxThreads: 1, maxQueue: 96 });
    await cache.set('k', { how: 'fine' });
    await cache.set('k', { how: 'later' });
    await waitUntil('the thread has failed', async () => cache.stats().pool.threadFaults === 1);
    await cache.set('k', { how: 'fine' });
    expect(await cache.get('k')).toMatchObject({ how: 'fine' });
  });

  it('trap 16: a worker that hangs leaves its caller with an error in time, and close() does not wait for it', async () => {
    const cache = greedy({ maxThreads: 1, maxHeapMb: 200 }, 500);
    const began = performance.now();
    await expect(cache.set('k', { how: 'hang' })).rejects.toMatchObject({
      code: 'ERR_TIMEOUT',
      message: expect.stringContaining('outcome is unknown'),
    });
    expect(performance.now() - began).toBeLessThan(900);
    await cache.close();
    expect(performance.now() - began).toBeLessThan(2_000);
  });
});
