import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  CacheManager,
  type Factory,
  type FactoryContext,
  InMemoryBackend,
  RedisBackend,
  TieredBackend,
} from '../../dist/index.js';
import { recordsOf } from '../support/records.js';
import { type RunningRedis, startRedis } from '../support/redis-server.js';
import { waitUntil } from '../support/wait-until.js';

let server: RunningRedis;
beforeAll(async () => {
  server = await startRedis();
});
afterAll(() => server.stop());

let prefixes = 0;
function redis(): RedisBackend {
  return new RedisBackend({ url: server.url, keyPrefix: `gos-${prefixes++}:` });
}

const codeOf = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => 'nothing thrown',
    (error: { code?: unknown }) => error.code ?? error,
  );

/** A factory that counts its calls. */
function counting<T>(
  make: (call: number, context: FactoryContext) => T | Promise<T>,
): Factory<T> & { calls: number } {
  const factory = Object.assign((context: FactoryContext) => make(++factory.calls, context), { calls: 0 });
  return factory;
}

const BACKENDS = {
  redis,
  memory: () => new InMemoryBackend(),
  tiered: () => new TieredBackend({ l1: new InMemoryBackend(), l2: redis() }),
};

describe.each(Object.entries(BACKENDS))('over %s', (_, open) => {
  it('makes what is not there, once, and gives it from then on', async () => {
    await using cache = new CacheManager({ backend: open() });
    const factory = counting(async () => ({ id: 1 }));
    expect(await cache.getOrSet('k', factory)).toEqual({ id: 1 });
    expect(await cache.getOrSet('k', factory)).toEqual({ id: 1 });
    expect(await cache.get('k')).toEqual({ id: 1 });
    expect(factory.calls).toBe(1);
    expect(cache.stats()).toMatchObject({
      hits: 2,
      misses: 1,
      factoryCalls: 1,
      factoryErrors: 0,
      failures: 0,
    });
  });

  it('500 callers at once of a large key: one call of the factory, one object for all', async () => {
    await using cache = new CacheManager({ backend: open() });
    const large = recordsOf(1_000_000);
    const factory = counting(async () => large);
    const values = await Promise.all(Array.from({ length: 500 }, () => cache.getOrSet('k', factory)));
    expect(factory.calls).toBe(1);
    expect(new Set(values).size).toBe(1);
    const again = await Promise.all(Array.from({ length: 500 }, () => cache.getOrSet('k', factory)));
    expect(new Set(again).size).toBe(1);
    expect(again[0]).toEqual(large);
    expect(cache.stats().sharedFlights).toBe(998);
  });

  it('what a factory throws reaches every caller as it is, and nothing is stored', async () => {
    await using cache = new CacheManager({ backend: open() });
    const mine = new TypeError('mine');
    const factory = counting(async (call) => {
      if (call === 1) throw mine;
      return 'v';
    });
    const settled = await Promise.allSettled([1, 2, 3].map(() => cache.getOrSet('k', factory)));
    for (const result of settled) expect(result).toEqual({ status: 'rejected', reason: mine });
    expect(await cache.getOrSet('k', factory)).toBe('v');
    expect(cache.stats()).toMatchObject({ factoryCalls: 2, factoryErrors: 1 });
  });

  it('a stale value is given at once while a new one is made in the background', async () => {
    await using cache = new CacheManager({ backend: open() });
    const factory = counting(async (call) => `v${call}`);
    const options = { ttl: 0.05, staleWhileRevalidate: 60 };
    expect(await cache.getOrSet('k', factory, options)).toBe('v1');
    await sleep(80);
    expect(await cache.getOrSet('k', factory, { ...options, ttl: 60 })).toBe('v1');
    await waitUntil('it is made anew', async () => (await cache.get('k')) === 'v2');
    expect(await cache.getOrSet('k', factory, options)).toBe('v2');
    expect(cache.stats()).toMatchObject({ stale: 1, refreshes: 1, factoryCalls: 2 });
  });

  it('a value in grace is given where the factory fails, and not by get', async () => {
    await using cache = new CacheManager({ backend: open() });
    const factory = counting(async (call, { stale }) => {
      if (call === 2) throw new Error(`no more than ${stale}`);
      return `v${call}`;
    });
    const options = { ttl: 0.05, grace: 60, graceBackoff: 0 };
    await cache.getOrSet('k', factory, options);
    await sleep(80);
    expect(await cache.get('k')).toBeUndefined();
    expect(await cache.getOrSet('k', factory, options)).toBe('v1');
    expect(await cache.getOrSet('k', factory, options)).toBe('v3');
    expect(cache.stats()).toMatchObject({ stale: 1, factoryErrors: 1 });
  });

  it('a value in grace is given where the factory is slow, which goes on and is stored', async () => {
    await using cache = new CacheManager({ backend: open() });
    const factory = counting(async (call) => {
      if (call === 2) await sleep(200);
      return `v${call}`;
    });
    const options = { ttl: 0.05, grace: 60, softTimeout: 0.03 };
    await cache.getOrSet('k', factory, options);
    await sleep(80);
    expect(await cache.getOrSet('k', factory, { ...options, ttl: 60 })).toBe('v1');
    await waitUntil('it is stored', async () => (await cache.get('k')) === 'v2');
    expect(factory.calls).toBe(2);
  });

  it('a factory that takes too long is given up, and told so', async () => {
    await using cache = new CacheManager({ backend: open() });
    let told: unknown;
    const factory = ({ signal }: FactoryContext): Promise<string> =>
      new Promise(() => signal.addEventListener('abort', () => (told = signal.reason)));
    const options = { hardTimeout: 0.05, ttl: 0.05, grace: 60 };
    expect(await codeOf(cache.getOrSet('k', factory, options))).toBe('ERR_FACTORY_TIMEOUT');
    expect(told).toMatchObject({ code: 'ERR_FACTORY_TIMEOUT' });
    await cache.getOrSet('g', () => 'old', options);
    await sleep(80);
    expect(await cache.getOrSet('g', factory, options)).toBe('old');
  });

  it('that there is no value is kept for the negative ttl', async () => {
    await using cache = new CacheManager({ backend: open() });
    const factory = counting(async () => undefined);
    expect(await cache.getOrSet('k', factory)).toBeUndefined();
    expect(await cache.getOrSet('k', factory, { negativeTtl: 0.3 })).toBeUndefined();
    expect(factory.calls).toBe(2);
    expect(await cache.getOrSet('k', factory, { negativeTtl: 0.3 })).toBeUndefined();
    expect(factory.calls).toBe(2);
    await sleep(350);
    await cache.getOrSet('k', factory, { negativeTtl: 0.3 });
    expect(factory.calls).toBe(3);
  });

  it('a value is made anew before its time from a fraction of its ttl on', async () => {
    await using cache = new CacheManager({ backend: open() });
    const factory = counting(async (call) => `v${call}`);
    const options = { ttl: 10, earlyRefresh: 0.01 };
    await cache.getOrSet('k', factory, options);
    expect(await cache.getOrSet('k', factory, options)).toBe('v1');
    await sleep(120);
    expect(await cache.getOrSet('k', factory, options)).toBe('v1');
    await waitUntil('it is made anew', async () => (await cache.get('k')) === 'v2');
  });

  it('the ttl may depend on the value, and 0 does not store it', async () => {
    await using cache = new CacheManager({ backend: open() });
    const factory = counting(async (call) => call);
    const ttl = (value: number): number => (value === 1 ? 0 : value === 2 ? 0.05 : Number.POSITIVE_INFINITY);
    for (const expected of [1, 2, 2]) expect(await cache.getOrSet('k', factory, { ttl })).toBe(expected);
    await sleep(80);
    expect(await cache.getOrSet('k', factory, { ttl })).toBe(3);
    expect(await codeOf(cache.getOrSet('bad', factory, { ttl: () => -1 }))).toBe('ERR_TTL');
  });

  it('what was set or removed while a value was made stays', async () => {
    await using cache = new CacheManager({ backend: open() });
    let release = (): void => {};
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    const begun: string[] = [];
    const slow = async ({ key }: FactoryContext): Promise<string> => {
      begun.push(key);
      await gate;
      return 'outdated';
    };
    const calls = ['set', 'deleted', 'cleared'].map((key) => cache.getOrSet(key, slow));
    await waitUntil('they are being made', async () => begun.length === 3);
    await cache.delete('deleted');
    await cache.clear();
    await cache.set('set', 'mine');
    release();
    expect(await Promise.all(calls)).toEqual(['outdated', 'outdated', 'outdated']);
    expect(await Promise.all(['set', 'deleted', 'cleared'].map((key) => cache.get(key)))).toEqual([
      'mine',
      undefined,
      undefined,
    ]);
  });
});

describe('signals', () => {
  it("a caller's signal ends his own waiting alone", async () => {
    await using cache = new CacheManager({ backend: redis() });
    const leaver = new AbortController();
    const context: { signal?: AbortSignal } = {};
    const factory = async ({ signal }: FactoryContext): Promise<string> => {
      context.signal = signal;
      await sleep(100);
      return 'v';
    };
    const leaving = cache.getOrSet('k', factory, { signal: leaver.signal });
    const staying = cache.getOrSet('k', factory, { signal: new AbortController().signal });
    await waitUntil('it is being made', async () => context.signal !== undefined);
    leaver.abort('closed');
    await expect(leaving).rejects.toMatchObject({ code: 'ERR_ABORTED', cause: 'closed' });
    expect(await staying).toBe('v');
    expect(context.signal?.aborted).toBe(false);
  });

  it('when all have left the factory is told, and who comes then begins anew', async () => {
    await using cache = new CacheManager({ backend: redis() });
    const leavers = [new AbortController(), new AbortController()];
    let told = false;
    const hung = ({ signal }: FactoryContext): Promise<string> =>
      new Promise((_, reject) =>
        signal.addEventListener('abort', () => {
          told = true;
          reject(signal.reason);
        }),
      );
    const calls = leavers.map(({ signal }) => codeOf(cache.getOrSet('k', hung, { signal })));
    await waitUntil('it is being made', async () => cache.stats().factoryCalls === 1);
    for (const leaver of leavers) leaver.abort();
    expect(await Promise.all(calls)).toEqual(['ERR_ABORTED', 'ERR_ABORTED']);
    expect(told).toBe(true);
    expect(await cache.getOrSet('k', () => 'v')).toBe('v');
    const late = cache.getOrSet('k', () => 'v', { signal: AbortSignal.abort('left') });
    await expect(late).rejects.toMatchObject({ code: 'ERR_ABORTED', cause: 'left' });
  });

  it('close ends what is being made', async () => {
    const cache = new CacheManager({ backend: redis() });
    let told = false;
    const hung = ({ signal }: FactoryContext): Promise<string> =>
      new Promise((_, reject) =>
        signal.addEventListener('abort', () => {
          told = true;
          reject(signal.reason);
        }),
      );
    const call = codeOf(cache.getOrSet('k', hung));
    await waitUntil('it is being made', async () => cache.stats().factoryCalls === 1);
    await cache.close();
    expect(await call).toBe('ERR_CLOSED');
    expect(told).toBe(true);
    expect(await codeOf(cache.getOrSet('k', () => 'v'))).toBe('ERR_CLOSED');
  });
});

it.each([
  ['memory', () => new InMemoryBackend({ keep: 'frozen' })],
  ['tiered', () => new TieredBackend({ l1: new InMemoryBackend({ keep: 'frozen' }), l2: redis() })],
])(
  "a first layer that keeps frozen values: what is found is frozen, what was made is the factory's: %s",
  async (_, open) => {
    await using cache = new CacheManager({ backend: open() });
    const made = { id: 1 };
    const make = async () => made;
    const sharing = await Promise.all([cache.getOrSet('k', make), cache.getOrSet('k', make)]);
    expect(sharing.map((value) => value === made)).toEqual([true, true]);
    expect(Object.isFrozen(made)).toBe(false);
    const found = await cache.getOrSet('k', make);
    expect(found).toEqual(made);
    expect(Object.isFrozen(found)).toBe(true);
  },
);

it('a Redis that cannot be reached does not fail a call: the factory is called, and it is counted', async () => {
  const backend = new RedisBackend({ url: 'redis://127.0.0.1:1', timeoutMs: 200 });
  const cache = new CacheManager({ backend });
  const startedAt = performance.now();
  expect(await cache.getOrSet('k', () => 'v')).toBe('v');
  expect(performance.now() - startedAt).toBeLessThan(1_000);
  await waitUntil('the set has failed too', async () => cache.stats().failures === 2);
  await cache.close();
});

it('a value that cannot be stored is ERR_VALUE', async () => {
  await using cache = new CacheManager({ backend: redis() });
  expect(await codeOf(cache.getOrSet('k', () => () => 1))).toBe('ERR_VALUE');
  expect(await codeOf(cache.getOrSet('', () => 1))).toBe('ERR_KEY');
});

it.each([
  [{ ttl: 0 }, 'ERR_TTL'],
  [{ ttl: '1' }, 'ERR_TTL'],
  [{ negativeTtl: -1 }, 'ERR_TTL'],
  [{ unknown: 1 }, 'ERR_OPTION'],
  [{ type: '' }, 'ERR_OPTION'],
  [{ grace: -1 }, 'ERR_OPTION'],
  [{ staleWhileRevalidate: Number.NaN }, 'ERR_OPTION'],
  [{ earlyRefresh: 1 }, 'ERR_OPTION'],
  [{ earlyRefresh: { beta: 0 } }, 'ERR_OPTION'],
  [{ softTimeout: 0 }, 'ERR_OPTION'],
  [{ hardTimeout: 1e9 }, 'ERR_OPTION'],
  [{ signal: {} }, 'ERR_OPTION'],
  [{ ttlJitter: 1 }, 'ERR_OPTION'],
  [{ lease: true }, 'ERR_OPTION'],
  [{ lease: { ttl: 0.01 } }, 'ERR_OPTION'],
  [{ lease: { wait: -1 } }, 'ERR_OPTION'],
  [{ lease: { other: 1 } }, 'ERR_OPTION'],
])('the options %j are %s', async (options, code) => {
  await using cache = new CacheManager({ backend: new InMemoryBackend() });
  expect(await codeOf(cache.getOrSet('k', () => 1, options as object))).toBe(code);
  expect(await codeOf(cache.getOrSet('k', 5 as never))).toBe('ERR_OPTION');
});
