import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CacheManager, RedisBackend } from '../../dist/index.js';
import { type RunningCluster, startCluster } from '../support/cluster.js';
import { type RunningRedis, startRedis } from '../support/redis-server.js';

let server: RunningRedis;
let cluster: RunningCluster;
beforeAll(async () => {
  server = await startRedis();
  cluster = await startCluster();
});
afterAll(async () => {
  await Promise.all([server.stop(), cluster.stop()]);
});

let places = 0;
const PLACES = [
  { name: 'Redis', place: () => ({ url: server.url }) },
  { name: 'a cluster', place: () => ({ cluster: { nodes: cluster.startNodes } }) },
];
const large = (text: string) => ({ text: text.repeat(300_000) });

/** A factory that waits for a word, and counts. */
function held(value: unknown) {
  let tell = (): void => {};
  const told = new Promise<void>((resolve) => {
    tell = resolve;
  });
  const counts = { calls: 0 };
  return {
    counts,
    tell: () => tell(),
    factory: async () => {
      counts.calls += 1;
      await told;
      return value;
    },
  };
}

describe.each(PLACES)('what is being made in $name', ({ place }) => {
  const open = (keyPrefix: string, instantClears: boolean) =>
    new CacheManager({ backend: new RedisBackend({ ...place(), keyPrefix }), instantClears });

  it.each([true, false])(
    'is outdated by an invalidation, by this process or another; instant clears: %s',
    async (instantClears) => {
      const prefix = `made-${places++}:`;
      await using one = open(prefix, instantClears);
      await using two = open(prefix, instantClears);
      for (const invalidator of [one, two]) {
        for (const [old, fresh] of [
          ['old', 'new'],
          [large('o'), large('n')],
        ] as const) {
          await one.delete('k');
          const work = held(old);
          const waiting = one.getOrSet('k', work.factory, { tags: ['t'] });
          while (work.counts.calls === 0) await sleep(1);
          await invalidator.invalidate('t');
          work.tell();
          expect(await waiting).toEqual(old);
          expect(await one.get('k')).toBeUndefined();
          expect(await two.getOrSet('k', () => fresh, { tags: ['t'] })).toEqual(fresh);
          expect(await one.getOrSet('k', () => 'never', { tags: ['t'] })).toEqual(fresh);
          await one.invalidate('t');
          expect(await two.get('k')).toBeUndefined();
        }
      }
    },
  );

  it('is outdated by an instant clear, by this process or another, with a lease and without', async () => {
    const prefix = `made-${places++}:`;
    await using one = open(prefix, true);
    await using two = open(prefix, true);
    for (const clearer of [one, two]) {
      for (const lease of [undefined, false] as const) {
        for (const old of ['old', large('o')]) {
          const work = held(old);
          const waiting = one.getOrSet('k', work.factory, { lease });
          while (work.counts.calls === 0) await sleep(1);
          await clearer.clear({ instant: true });
          work.tell();
          expect(await waiting).toEqual(old);
          expect([await one.get('k'), await two.get('k')]).toEqual([undefined, undefined]);
          expect(await two.getOrSet('k', () => 'new', { lease })).toBe('new');
          expect(await one.get('k')).toBe('new');
          await one.clear({ instant: true });
        }
      }
    }
  });

  it('is made once for all, with instant clears and tenants', async () => {
    const prefix = `made-${places++}:`;
    await using one = open(prefix, true);
    await using two = open(prefix, true);
    for (const [a, b] of [
      [one, two],
      [one.forTenant('a'), two.forTenant('a')],
    ] as const) {
      const work = held(large('x'));
      const all = [a, b].flatMap((cache) =>
        Array.from({ length: 20 }, () => cache.getOrSet('k', work.factory)),
      );
      setTimeout(work.tell, 100);
      const values = await Promise.all(all);
      expect(values.every((value) => (value as { text: string }).text.length === 300_000)).toBe(true);
      expect(work.counts.calls).toBe(1);
      expect(await b.get('k')).toEqual(large('x'));
    }
  });

  it('a value in grace is not given after an invalidation', async () => {
    await using cache = open(`made-${places++}:`, false);
    const how = { tags: ['t'], ttl: 0.05, grace: 60 };
    await cache.getOrSet('k', () => 'old', how);
    await sleep(80);
    const failing = () => Promise.reject(new Error('down'));
    expect(await cache.getOrSet('k', failing, how)).toBe('old');
    await cache.invalidate('t');
    await expect(cache.getOrSet('k', failing, how)).rejects.toThrow('down');
  });
});

it('a backend that is away does not fail a getOrSet with tags', async () => {
  const backend = new RedisBackend({ url: 'redis://127.0.0.1:1', timeoutMs: 200 });
  await using cache = new CacheManager({ backend });
  expect(await cache.getOrSet('k', () => 1, { tags: ['t'] })).toBe(1);
  await using instant = new CacheManager({
    backend: new RedisBackend({ url: 'redis://127.0.0.1:1', timeoutMs: 200 }),
    instantClears: true,
  });
  expect(await instant.getOrSet('k', () => 2, { tags: ['t'] })).toBe(2);
});
