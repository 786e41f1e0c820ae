import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type CacheBackend,
  CacheManager,
  DiskBackend,
  InMemoryBackend,
  RedisBackend,
  TieredBackend,
  TtlPolicy,
} from '../../dist/index.js';
import { type RunningRedis, startRedis } from '../support/redis-server.js';
import { waitUntil } from '../support/wait-until.js';

let server: RunningRedis;
let folder: string;
beforeAll(async () => {
  server = await startRedis();
  folder = mkdtempSync(join(tmpdir(), 'offloop-tenants-'));
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await server.stop();
});

let places = 0;
const failing = (code: string, message: string) =>
  expect.objectContaining({ name: 'OffloopError', code, message: expect.stringContaining(message) });

const inRedis = (prefix = `tenants-${places++}:`) => new RedisBackend({ url: server.url, keyPrefix: prefix });
const BACKENDS: readonly { name: string; open: () => CacheBackend }[] = [
  { name: 'Redis', open: () => inRedis() },
  { name: 'memory', open: () => new InMemoryBackend() },
  { name: 'disk', open: () => new DiskBackend({ path: join(folder, `${places++}`) }) },
  { name: 'two tiers', open: () => new TieredBackend({ l1: new InMemoryBackend(), l2: inRedis() }) },
  {
    name: 'two tiers in memory',
    open: () => new TieredBackend({ l1: new InMemoryBackend(), l2: new InMemoryBackend() }),
  },
];

/** Ids that look like each other's keys, patterns, escapes and separators. */
const IDS = [
  'a',
  'a:',
  'a:b',
  'b',
  '*',
  '?',
  '[ab]',
  '\\',
  '%',
  '%3A',
  'a%3A',
  'é',
  '😀',
  '~offloop:tenant:a:',
  '.',
  "'",
  ' ',
];

describe.each(BACKENDS)('tenants in $name', ({ open }) => {
  it('no two share a key, whatever their ids hold, nested or not', async () => {
    await using cache = new CacheManager({ backend: open() });
    const tenants = IDS.map((id) => cache.forTenant(id));
    const nested = IDS.map((id) => cache.forTenant('a').forTenant(id));
    const all = [cache, ...tenants, ...nested];
    await Promise.all(all.map((each, n) => each.set('k', n)));
    expect(await Promise.all(all.map((each) => each.get('k')))).toEqual(all.map((_, n) => n));
    // The same id is the same tenant.
    expect(await cache.forTenant('*').get('k')).toBe(1 + IDS.indexOf('*'));
  });

  it('clear of one removes its own keys alone', async () => {
    await using cache = new CacheManager({ backend: open() });
    const tenants = IDS.map((id) => cache.forTenant(id));
    await Promise.all([cache, ...tenants].map((each, n) => each.set('k', n)));
    for (const [index, tenant] of tenants.entries()) {
      expect(await tenant.clear()).toBe(1);
      const there = await Promise.all([cache, ...tenants].map((each) => each.exists('k')));
      expect(there).toEqual([true, ...tenants.map((_, n) => n > index)]);
    }
    await cache.forTenant('a').set('k', 1);
    await cache.forTenant('a').forTenant('b').set('k', 1);
    await cache.forTenant('b').set('k', 1);
    expect(await cache.forTenant('a').clear()).toBe(2);
    expect(await cache.clear()).toBe(2);
    expect(await cache.forTenant('b').exists('k')).toBe(false);
  });

  it("a key of the manager's cannot reach into a tenant", async () => {
    await using cache = new CacheManager({ backend: open() });
    await cache.forTenant('a').set('k', 1);
    const within = '~offloop:tenant:a:k';
    for (const call of [cache.get(within), cache.set(within, 2), cache.delete(within), cache.exists(within)])
      await expect(call).rejects.toEqual(failing('ERR_KEY', 'may not begin with ~offloop:'));
    expect(await cache.forTenant('a').get('k')).toBe(1);
  });

  it('closing a tenant ends it alone', async () => {
    await using cache = new CacheManager({ backend: open() });
    const tenant = cache.forTenant('a');
    await tenant.set('k', 1);
    await tenant.close();
    await tenant.close();
    expect(await cache.forTenant('a').get('k')).toBe(1);
    await cache.set('k', 2);
    expect(await cache.get('k')).toBe(2);
  });
});

describe('forTenant', () => {
  it.each(['', '\ud83d', 5, null, undefined])('%j is ERR_KEY', (id) => {
    const cache = new CacheManager({ backend: new InMemoryBackend() });
    expect(() => cache.forTenant(id as string)).toThrow(failing('ERR_KEY', 'the id of a tenant must be'));
  });

  it('a tenant has the policies of its manager', async () => {
    const backend = inRedis('policies:');
    const ttlPolicy = new TtlPolicy({ default: 50, byType: { embedding: 20 } });
    await using cache = new CacheManager({ backend, ttlPolicy });
    const tenant = cache.forTenant('a');
    expect([tenant.ttlPolicy, tenant.keyBuilder]).toEqual([cache.ttlPolicy, cache.keyBuilder]);
    await tenant.set('k', 1, { type: 'embedding' });
    expect(await backend.ttl('~offloop:tenant:a:k')).toBeCloseTo(20, 0);
  });
});

it.each(BACKENDS)('a refresh outlasts the view of the request that began it, on $name', async ({ open }) => {
  await using cache = new CacheManager({ backend: open() });
  let made = 0;
  const request = async (): Promise<unknown> => {
    await using tenant = cache.forTenant('acme');
    return await tenant.getOrSet(
      'x',
      async () => {
        await sleep(10);
        return ++made;
      },
      { ttl: 0.1, staleWhileRevalidate: 60 },
    );
  };
  expect(await request()).toBe(1);
  await sleep(150);
  expect(await request()).toBe(1);
  // The one that the request before began is stored although its view is closed by now.
  await waitUntil('it is stored', async () => (await cache.forTenant('acme').get('x')) === 2);
  const closed = cache.forTenant('acme');
  await closed.close();
  await expect(closed.get('x')).rejects.toEqual(failing('ERR_CLOSED', ''));
});
