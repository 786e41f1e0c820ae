import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CacheManager, RedisBackend } from '../../dist/index.js';
import { type RunningRedis, startRedis } from '../support/redis-server.js';
import { waitUntil } from '../support/wait-until.js';

/** For what happens at once: far below the second after which who waits for a lease looks for himself. */
const AT_ONCE_MS = 500;
const TAGGED = { tags: ['t'] };

let server: RunningRedis;
let raw: Redis;
let places = 0;
beforeAll(async () => {
  server = await startRedis();
  raw = new Redis(server.url);
});
afterAll(async () => {
  raw.disconnect();
  await server.stop();
});

/** Two managers of the same keys that share nothing but Redis, as two processes do. */
function two(instantClears = false): [CacheManager, CacheManager] {
  const keyPrefix = `changes-${places++}:`;
  const open = () =>
    new CacheManager({ backend: new RedisBackend({ url: server.url, keyPrefix }), instantClears });
  return [open(), open()];
}

/** A factory that goes on until it is told to end. */
function held<T>(value: T) {
  let end = (): void => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  return { end: () => end(), factory: () => ended.then(() => value) };
}

async function isBeingMade(cache: CacheManager): Promise<void> {
  await waitUntil('it is being made', async () => cache.stats().factoryCalls > 0);
}

async function within<T>(limitMs: number, work: Promise<T>): Promise<T> {
  const late = sleep(limitMs).then(() => Promise.reject(new Error(`not within ${limitMs} ms`)));
  return Promise.race([work, late]) as Promise<T>;
}

describe.each([
  ['delete', (cache: CacheManager) => cache.delete('k')],
  ['invalidate', (cache: CacheManager) => cache.invalidate('t')],
  ['clear', (cache: CacheManager) => cache.clear()],
  ['instant clear', (cache: CacheManager) => cache.clear({ instant: true })],
  [
    'set that has expired',
    (cache: CacheManager) => cache.set('k', 'SET', { ttl: 0.02 }).then(() => sleep(40)),
  ],
])('after %s', (name, change) => {
  it.each(['this process', 'another'])('the next getOrSet of %s makes the value at once', async (whose) => {
    const place = places;
    const [cache, other] = two(name === 'instant clear');
    await using _ = cache;
    await using __ = other;
    const { end, factory } = held('OLD');
    const old = cache.getOrSet('k', factory, TAGGED);
    await isBeingMade(cache);
    await change(cache);
    const next = whose === 'another' ? other : cache;
    expect(
      await within(
        AT_ONCE_MS,
        next.getOrSet('k', () => 'NEW', TAGGED),
      ),
    ).toBe('NEW');
    end();
    expect(await old).toBe('OLD');
    expect(await cache.get('k')).toBe('NEW');
    expect(await raw.keys(`offloop:lease:{changes-${place}:*`)).toEqual([]);
    expect([cache.stats(), other.stats()]).toMatchObject([
      { failures: 0, lateWrites: 0 },
      { failures: 0, lateWrites: 0 },
    ]);
  });
});

it('a lease that comes after the change is given back, whenever that was', async () => {
  for (let turns = 0; turns < 6; turns++) {
    const [cache, other] = two();
    await using _ = cache;
    await using __ = other;
    await Promise.all([cache.exists('k'), other.exists('k')]);
    const { end, factory } = held('OLD');
    const old = cache.getOrSet('k', factory);
    for (let turn = 0; turn < turns; turn++) await new Promise(setImmediate);
    await cache.delete('k');
    await isBeingMade(cache);
    expect(
      await within(
        AT_ONCE_MS,
        other.getOrSet('k', () => 'NEW'),
      ),
    ).toBe('NEW');
    end();
    expect(await old).toBe('OLD');
    expect(await cache.get('k')).toBe('NEW');
  }
});

it('who waits in another process finds what was set, however long storing it takes', async () => {
  const [cache, other] = two();
  await using _ = cache;
  await using __ = other;
  const { end, factory } = held({ text: 'OLD' });
  const old = cache.getOrSet('k', factory);
  await isBeingMade(cache);
  const waiting = other.getOrSet('k', () => ({ text: 'NEVER' }));
  await waitUntil('another waits', async () => other.stats().leaseWaits > 0);
  await sleep(50);
  const set = { text: 'SET'.repeat(5_000_000) };
  await cache.set('k', set);
  expect((await within(2_000, waiting)).text.length).toBe(set.text.length);
  expect(other.stats().factoryCalls).toBe(0);
  end();
  await old;
});

it('an outdated factory that ends leaves the lease of the next one alone', async () => {
  const [cache, other] = two();
  await using _ = cache;
  await using __ = other;
  const outdated = held('OLD');
  const old = cache.getOrSet('k', outdated.factory, { lease: { ttl: 0.3 } });
  await isBeingMade(cache);
  await cache.delete('k');
  const next = held('NEW');
  const making = other.getOrSet('k', next.factory);
  await within(AT_ONCE_MS, isBeingMade(other));
  // For longer than the first lease would have lasted.
  await sleep(400);
  outdated.end();
  expect(await old).toBe('OLD');
  const third = cache.getOrSet('k', () => 'THIRD');
  await waitUntil('the third waits', async () => cache.stats().leaseWaits > 0);
  next.end();
  expect(await Promise.all([making, third])).toEqual(['NEW', 'NEW']);
});
