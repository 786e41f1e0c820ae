import { getEventListeners } from 'node:events';
import { setTimeout as sleep, setImmediate as turn } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import {
  BatchError,
  type CallOptions,
  OffloopError,
  RedisBackend,
  type RedisBackendOptions,
} from '../../dist/index.js';
import { recordsOf } from '../support/records.js';
import { type RunningRedis, startRedis } from '../support/redis-server.js';
import { TcpProxy } from '../support/tcp-proxy.js';
import { waitUntil } from '../support/wait-until.js';

let server: RunningRedis;
let raw: Redis;
const open: RedisBackend[] = [];

beforeAll(async () => {
  server = await startRedis({ ownProcess: true });
  raw = new Redis(server.url);
});
afterAll(async () => {
  raw.disconnect();
  await server.stop();
});
beforeEach(async () => {
  await raw.flushdb();
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((backend) => backend.close()));
});

const large = recordsOf(400_000);
/** Keeps the one worker of {@link SLOW} busy for about a second. */
const slow = recordsOf(4_000_000);
const SLOW: RedisBackendOptions = {
  compression: { algorithm: 'brotli', level: 11 },
  pool: { maxThreads: 1, tasksPerThread: 1 },
  timeoutMs: 60_000,
};

function create(options: RedisBackendOptions = {}): RedisBackend {
  const backend = new RedisBackend({ url: server.url, timeoutMs: 10_000, ...options });
  open.push(backend);
  return backend;
}

/** Has the server say nothing until the function is called. */
function stall(): () => void {
  const { pid } = server;
  if (pid === undefined) throw new Error('this test needs a process of its own');
  process.kill(pid, 'SIGSTOP');
  const goOn = (): void => {
    process.kill(pid, 'SIGCONT');
  };
  onTestFinished(goOn);
  return goOn;
}

/** Aborts a call after some ms, with a reason that must not be seen but as the cause. Resolves to its error and its wait since. */
async function abortAfter(
  ms: number,
  call: (options: CallOptions) => Promise<unknown>,
): Promise<{ error: OffloopError; waited: number }> {
  const controller = new AbortController();
  const { signal } = controller;
  const settled = call({ signal }).then(
    () => undefined,
    (error: unknown) => error,
  );
  await sleep(ms);
  const began = performance.now();
  const reason = new Error('canary-reason');
  controller.abort(reason);
  expect(getEventListeners(signal, 'abort'), 'no listener is left').toHaveLength(0);
  const error = await settled;
  const waited = performance.now() - began;
  if (!(error instanceof OffloopError)) throw new Error(`no error of ours: ${error}`);
  expect(error.cause).toBe(reason);
  expect(`${error.stack}${JSON.stringify(error)}`).not.toContain('canary');
  return { error, waited };
}

const CALLS: readonly [string, (cache: RedisBackend, options: CallOptions) => Promise<unknown>][] = [
  ['get "k"', (cache, options) => cache.get('k', options)],
  ['set "k"', (cache, options) => cache.set('k', 'new', { ttl: 60, ...options })],
  ['delete "k"', (cache, options) => cache.delete('k', options)],
  ['exists "k"', (cache, options) => cache.exists('k', options)],
  ['ttl "k"', (cache, options) => cache.ttl('k', options)],
  ['touch "k"', (cache, options) => cache.touch('k', 60, options)],
];
const BATCHES: typeof CALLS = [
  ['getMany', (cache, options) => cache.getMany(['k', 'l'], options)],
  ['setMany', (cache, options) => cache.setMany([{ key: 'k', value: 1 }], { ttl: 60, ...options })],
  ['deleteMany', (cache, options) => cache.deleteMany(['k', 'l'], options)],
  ['getMany', (cache, options) => cache.getMany([], options)],
];

describe('aborted before the call', () => {
  it.each([...CALLS, ...BATCHES])('%s: nothing is sent, not even a connection made', async (name, call) => {
    const cache = create();
    const failure = call(cache, { signal: AbortSignal.abort('canary-reason') });
    await expect(failure).rejects.toMatchObject({
      code: 'ERR_ABORTED',
      message: `${name}: aborted before the call; nothing was sent`,
      cause: 'canary-reason',
    });
    await sleep(20);
    expect(cache.stats()).toMatchObject({ connected: false, operations: 0, errors: { ERR_ABORTED: 1 } });
  });

  it('the value is not looked at', async () => {
    let looks = 0;
    const value = {
      get item() {
        return looks++;
      },
    };
    for (const offload of ['auto', 'always'] as const) {
      const failure = create({ offload }).set('k', value, { signal: AbortSignal.abort() });
      await expect(failure).rejects.toMatchObject({ code: 'ERR_ABORTED' });
    }
    expect(looks).toBe(0);
  });

  it('a signal that is none is ERR_OPTION, and so is an unknown option', async () => {
    const cache = create();
    for (const [, call] of [...CALLS, ...BATCHES]) {
      for (const wrong of [{ signal: {} }, { signal: null }, { signals: 1 }]) {
        await expect(call(cache, wrong as CallOptions)).rejects.toMatchObject({ code: 'ERR_OPTION' });
      }
    }
  });
});

describe('aborted while it waits for its turn on the key', () => {
  it('it is answered at once, never begun, and leaves what is before and after it alone', async () => {
    const cache = create(SLOW);
    const first = cache.set('k', slow);
    await waitUntil('the first is with a worker', async () => cache.stats().pool.running === 1);
    const { error, waited } = await abortAfter(50, (options) => cache.set('k', 'aborted', options));
    expect(waited).toBeLessThan(100);
    expect(error).toMatchObject({ code: 'ERR_ABORTED' });
    expect(error.message).toBe('set "k": aborted before its turn on this key; nothing was sent');
    const after = cache.exists('k');
    expect(cache.stats().writes, 'the first is still under way').toEqual({ inline: 0, bytes: 1, graph: 0 });
    await first;
    expect(await after).toBe(true);
    expect(await cache.get('k')).toEqual(slow);
    expect(cache.stats()).toMatchObject({ sets: 1, errors: { ERR_ABORTED: 1 } });
  });
});

describe('aborted while it waits for a connection', () => {
  it.each(CALLS)('%s is answered at once', async (name, call) => {
    const cache = create({ url: 'redis://127.0.0.1:1' });
    const { error, waited } = await abortAfter(50, (options) => call(cache, options));
    expect(error.message).toBe(`${name}: aborted while it waited for a connection; nothing was sent`);
    expect(error.code).toBe('ERR_ABORTED');
    expect(waited).toBeLessThan(100);
  });

  it('what was aborted is not sent when the connection is there, and others are', async () => {
    const proxy = new TcpProxy(server.port);
    await proxy.up();
    await proxy.down();
    const cache = create({ url: `redis://127.0.0.1:${proxy.port}`, reconnectMaxDelayMs: 100 });
    const kept = [cache.set('before', 1)];
    const { error } = await abortAfter(50, (options) => cache.set('k', 'ghost', options));
    kept.push(cache.set('after', 1));
    expect(error.code).toBe('ERR_ABORTED');
    await proxy.up();
    onTestFinished(() => proxy.down());
    await Promise.all(kept);
    expect(await cache.getMany(['before', 'k', 'after'])).toEqual([1, undefined, 1]);
    expect(cache.stats().sets).toBe(3);
  });

  it('nor where the signal fires as the connection comes', async () => {
    const cache = create();
    const controller = new AbortController();
    cache.on('connect', () => controller.abort());
    const { signal } = controller;
    const calls = [cache.set('k', 1, { signal }), cache.set('l', 1)];
    const [aborted] = await Promise.allSettled(calls);
    expect(aborted).toMatchObject({
      reason: { message: 'set "k": aborted while it waited for a connection; nothing was sent' },
    });
    expect(await raw.keys('*')).toEqual(['l']);
  });

  it('10,000 that wait for it are answered within two seconds', async () => {
    const cache = create({ url: 'redis://127.0.0.1:1' });
    const keys = Array.from({ length: 10_000 }, (_, index) => `k${index}`);
    const { waited } = await abortAfter(50, (options) => cache.getMany(keys, options));
    expect(waited).toBeLessThan(2_000);
  });
});

describe('aborted while a custom codec is loaded', () => {
  it('nothing is encoded and nothing sent', async () => {
    const module = fileURLToPath(new URL('../support/fixtures/plain-codec.mjs', import.meta.url));
    const cache = create({ codecs: [{ name: 'mine', id: 77, module }], codec: 'mine' });
    const controller = new AbortController();
    const call = cache.set('k', { a: 1 }, { signal: controller.signal });
    controller.abort();
    await expect(call).rejects.toMatchObject({ code: 'ERR_ABORTED' });
    expect(await cache.exists('k')).toBe(false);
    expect(cache.stats().sets).toBe(0);
  });
});

describe('a large value, aborted while', () => {
  it('it waits for a worker: nothing is stored', async () => {
    const cache = create(SLOW);
    const busy = cache.set('busy', slow);
    await waitUntil('the worker is busy', async () => cache.stats().pool.running === 1);
    const { error, waited } = await abortAfter(50, (options) => cache.set('k', large, options));
    expect(error.message).toBe('set "k": aborted while it waited for a worker; nothing was sent');
    expect(waited).toBeLessThan(100);
    await busy;
    expect(await cache.exists('k')).toBe(false);
    expect(await raw.keys('*')).toEqual(['busy']);
  });

  it('it is about to be given to a free worker: nothing is stored', async () => {
    const cache = create({ sliceMs: 1_000 });
    await cache.set('warm', large);
    const controller = new AbortController();
    const call = cache.set('k', large, { signal: controller.signal });
    controller.abort();
    await expect(call).rejects.toMatchObject({
      message: 'set "k": aborted while it waited for a worker; nothing was sent',
    });
    expect(await cache.exists('k')).toBe(false);
    expect(cache.stats().pool).toMatchObject({ running: 0, queued: 0, bytesInFlight: 0 });
  });

  it('a worker has it: the outcome is unknown, and what comes after it on the key still does', async () => {
    const cache = create(SLOW);
    const { error, waited } = await abortAfter(200, (options) => cache.set('k', slow, options));
    expect(error.message).toBe('set "k": aborted while a worker had it; the outcome is unknown');
    expect(waited).toBeLessThan(100);
    expect(cache.stats()).toMatchObject({ operations: 0, pool: { running: 1, threadFaults: 0 } });
    const after = cache.set('k', 'after');
    await cache.set('other', 'does not wait');
    expect(cache.stats().pool.running, 'the worker still has it').toBe(1);
    await after;
    expect(cache.stats().pool.running).toBe(0);
    expect(await cache.get('k')).toBe('after');
  });

  it('a worker fetches it: it is dropped, and neither decoded nor counted', async () => {
    const cache = create();
    await cache.set('k', recordsOf(8_000_000));
    const controller = new AbortController();
    const call = cache.get('k', { signal: controller.signal });
    while (cache.stats().pool.running === 0) await turn();
    await turn();
    controller.abort();
    await expect(call).rejects.toMatchObject({ message: 'get "k": aborted while a worker had it' });
    await cache.set('k', 1);
    expect(cache.stats()).toMatchObject({ hits: 0, misses: 0, bytesRead: 0, reads: { fetch: 0 } });
  });
});

describe('aborted after it was sent', () => {
  it.each(CALLS)('%s is answered at once, and the connection is kept', async (name, call) => {
    const cache = create();
    await cache.set('k', 'old');
    const events: string[] = [];
    cache.on('disconnect', () => events.push('disconnect'));
    const goOn = stall();
    const { error, waited } = await abortAfter(50, (options) => call(cache, options));
    const writes = /^(set|delete|touch)/.test(name);
    const outcome = writes ? '; the outcome is unknown' : '';
    expect(error.message).toBe(`${name}: aborted before Redis answered${outcome}`);
    expect(error).toMatchObject({ code: 'ERR_ABORTED' });
    expect(waited).toBeLessThan(100);
    const after = cache.exists('k');
    goOn();
    expect(await after).toBe(!name.startsWith('delete'));
    expect(events).toEqual([]);
    expect(cache.stats()).toMatchObject({ operations: 0, hits: 0, misses: 0, errors: { ERR_ABORTED: 1 } });
  });

  it('what comes after it on the key still does: small over large, and large over small', async () => {
    const cache = create();
    await cache.get('k');
    for (const [first, second] of [
      [large, 'small'],
      ['small', large],
    ]) {
      const goOn = stall();
      await abortAfter(50, (options) => cache.set('k', first, options));
      const after = cache.set('k', second);
      await sleep(50);
      goOn();
      await after;
      expect(await cache.get('k')).toEqual(second);
      await sleep(50);
      expect(await cache.get('k')).toEqual(second);
    }
  });

  it('a connection that does not answer is still found out when the time of the aborted is up', async () => {
    const cache = create({ timeoutMs: 400 });
    await cache.set('k', 'old');
    const events: string[] = [];
    cache.on('disconnect', () => events.push('disconnect'));
    stall();
    const { error } = await abortAfter(50, (options) => cache.get('k', options));
    expect(error.code).toBe('ERR_ABORTED');
    await sleep(200);
    expect(events).toEqual([]);
    await sleep(300);
    expect(events).toEqual(['disconnect']);
    expect(cache.stats().errors, 'and nobody is told twice').toEqual({ ERR_ABORTED: 1 });
  });
});

describe('batches', () => {
  const entries = Array.from({ length: 1_000 }, (_, index) => ({ key: `k${index}`, value: index }));
  const keys = entries.map(({ key }) => key);
  const unknown = '; the outcome of the others is unknown';

  it.each([
    ['getMany', '', (cache: RedisBackend, options: CallOptions) => cache.getMany(keys, options)],
    ['setMany', unknown, (cache: RedisBackend, options: CallOptions) => cache.setMany(entries, options)],
    ['deleteMany', unknown, (cache: RedisBackend, options: CallOptions) => cache.deleteMany(keys, options)],
  ])('%s rejects with one ERR_ABORTED, at once', async (name, outcome, call) => {
    const cache = create();
    await cache.get('k');
    stall();
    const { error, waited } = await abortAfter(50, (options) => call(cache, options));
    expect(error).not.toBeInstanceOf(BatchError);
    expect(error.code).toBe('ERR_ABORTED');
    expect(error.message).toBe(`${name}: aborted with 0 of 1000 entries done${outcome}`);
    expect(waited).toBeLessThan(300);
  });

  it('what was done by then is said, and entries that fail besides do not make a BatchError of it', async () => {
    const cache = create(SLOW);
    const { error } = await abortAfter(400, (options) =>
      cache.setMany(
        [...entries, { key: 'bad', value: () => 1 }, { key: 'slow', value: slow, ttl: 5 }],
        options,
      ),
    );
    expect(error).not.toBeInstanceOf(BatchError);
    expect(error.message).toBe(`setMany: aborted with 1000 of 1002 entries done${unknown}`);
    expect(await cache.getMany(['k0', 'k999'])).toEqual([0, 999]);
  });

  it('a signal that fires after the last answer changes nothing', async () => {
    const cache = create();
    const controller = new AbortController();
    const { signal } = controller;
    await cache.setMany(entries, { signal });
    const failure = cache.setMany(
      [
        { key: 'a', value: 1 },
        { key: 'b', value: () => 1 },
      ],
      { signal },
    );
    failure.catch(() => controller.abort());
    await expect(failure).rejects.toBeInstanceOf(BatchError);
    expect(await raw.dbsize()).toBe(1_001);
  });
});

it('10,000 operations with one signal, on many backends, put one listener on it and leave none', async () => {
  const warnings: Error[] = [];
  const listener = (warning: Error): number => warnings.push(warning);
  process.on('warning', listener);
  onTestFinished(() => {
    process.off('warning', listener);
  });
  const { signal } = new AbortController();
  const caches = Array.from({ length: 20 }, () => create());
  const keys = Array.from({ length: 250 }, (_, index) => `k${index}`);
  const calls = caches.flatMap((cache) => [
    cache.setMany(
      keys.map((key) => ({ key, value: 1 })),
      { signal },
    ),
    ...keys.map((key) => cache.get(key, { signal })),
  ]);
  expect(getEventListeners(signal, 'abort')).toHaveLength(1);
  await Promise.all(calls);
  expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  await sleep(10);
  expect(warnings).toEqual([]);
});
