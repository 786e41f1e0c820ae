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
} from '../../dist/index.js';
import { type RunningCluster, startCluster } from '../support/cluster.js';
import { type RunningRedis, startRedis } from '../support/redis-server.js';
import { RespConnection } from '../support/resp-connection.js';

let server: RunningRedis;
let cluster: RunningCluster;
let redis: RespConnection;
let folder: string;
beforeAll(async () => {
  server = await startRedis({ ownProcess: true });
  cluster = await startCluster();
  redis = await RespConnection.open(server);
  folder = mkdtempSync(join(tmpdir(), 'offloop-tags-'));
});
afterAll(async () => {
  redis.close();
  rmSync(folder, { recursive: true, force: true });
  await Promise.all([server.stop(), cluster.stop()]);
});

let places = 0;
const prefixed = () => `tags-${places++}:`;
const large = { text: 'x'.repeat(2_000_000) };
const failing = (code: string, message: string) =>
  expect.objectContaining({ name: 'OffloopError', code, message: expect.stringContaining(message) });

const BACKENDS: readonly { name: string; open: () => CacheBackend }[] = [
  { name: 'Redis', open: () => new RedisBackend({ url: server.url, keyPrefix: prefixed() }) },
  {
    name: 'a cluster',
    open: () => new RedisBackend({ keyPrefix: prefixed(), cluster: { nodes: cluster.startNodes } }),
  },
  { name: 'memory', open: () => new InMemoryBackend() },
  { name: 'disk', open: () => new DiskBackend({ path: join(folder, prefixed().slice(0, -1)) }) },
  {
    name: 'two tiers',
    open: () =>
      new TieredBackend({
        l1: new InMemoryBackend(),
        l2: new RedisBackend({ url: server.url, keyPrefix: prefixed() }),
      }),
  },
];

describe.each(BACKENDS)('tags in $name', ({ open }) => {
  it('invalidate outdates what was stored with the tag, and nothing else', async () => {
    await using cache = new CacheManager({ backend: open() });
    await cache.set('plain', 0);
    await cache.set('user', 1, { tags: ['user:1'] });
    await cache.set('both', 2, { tags: ['user:1', 'list', 'list'] });
    await cache.set('list', 3, { tags: ['list'] });
    await cache.set('large', large, { tags: ['user:1'] });
    const seen = () => Promise.all(['plain', 'user', 'both', 'list', 'large'].map((key) => cache.get(key)));
    expect(await seen()).toEqual([0, 1, 2, 3, large]);
    await cache.invalidate('user:1');
    expect(await seen()).toEqual([0, undefined, undefined, 3, undefined]);
    await cache.set('user', 4, { tags: ['user:1'] });
    await cache.invalidate('no such tag');
    expect(await seen()).toEqual([0, 4, undefined, 3, undefined]);
    await cache.invalidate('list');
    expect(await seen()).toEqual([0, 4, undefined, undefined, undefined]);
  });

  it('calls that are not awaited take effect in their order', async () => {
    await using cache = new CacheManager({ backend: open() });
    const answers = await Promise.all([
      cache.set('k', 1, { tags: ['t'] }),
      cache.set('k', 2),
      cache.get('k'),
      cache.set('k', 3, { tags: ['t'] }),
      cache.get('k'),
      cache.invalidate('t'),
      cache.get('k'),
      cache.set('k', 4, { tags: ['t'] }),
      cache.exists('k'),
      cache.delete('k'),
    ]);
    expect(answers).toEqual([
      undefined,
      undefined,
      2,
      undefined,
      3,
      undefined,
      undefined,
      undefined,
      true,
      true,
    ]);
  });

  it("a tenant's tags are its own", async () => {
    await using cache = new CacheManager({ backend: open() });
    const all = [cache, cache.forTenant('a'), cache.forTenant('b')] as const;
    await Promise.all(all.map((each, n) => each.set('k', n, { tags: ['t'] })));
    await all[1].invalidate('t');
    expect(await Promise.all(all.map((each) => each.get('k')))).toEqual([0, undefined, 2]);
    await all[0].invalidate('t');
    expect(await Promise.all(all.map((each) => each.get('k')))).toEqual([undefined, undefined, 2]);
  });
});

describe('tags', () => {
  it('hold across managers that were there before and that come after', async () => {
    const backend = () => new RedisBackend({ url: server.url, keyPrefix: 'across:' });
    await using one = new CacheManager({ backend: backend() });
    {
      await using two = new CacheManager({ backend: backend() });
      await Promise.all([one.set('a', 1, { tags: ['t'] }), two.set('b', 2, { tags: ['t'] })]);
      expect([await two.get('a'), await one.get('b')]).toEqual([1, 2]);
      await two.invalidate('t');
      expect([await one.get('a'), await one.get('b')]).toEqual([undefined, undefined]);
      await two.set('b', 3, { tags: ['t'] });
    }
    await using three = new CacheManager({ backend: backend() });
    expect([await three.get('a'), await three.get('b')]).toEqual([undefined, 3]);
  });

  it('a mark that was evicted outdates its values, and none comes back', async () => {
    const prefix = prefixed();
    await using cache = new CacheManager({
      backend: new RedisBackend({ url: server.url, keyPrefix: prefix }),
    });
    await cache.set('k', 1, { tags: ['t'] });
    expect(await redis.call('DEL', `${prefix}~offloop:tag:t`)).toBe(1);
    expect(await cache.get('k')).toBeUndefined();
    await cache.set('l', 2, { tags: ['t'] });
    expect([await cache.get('k'), await cache.get('l')]).toEqual([undefined, 2]);
  });

  it('a mark is one small key that lives at least as long as what is stamped with it', async () => {
    const prefix = prefixed();
    await using cache = new CacheManager({
      backend: new RedisBackend({ url: server.url, keyPrefix: prefix }),
    });
    const left = async () => Number(await redis.call('PTTL', `${prefix}~offloop:tag:t`)) / 1000;
    await cache.set('a', 1, { tags: ['t'], ttl: 5 });
    const short = await left();
    expect(short).toBeGreaterThan(5);
    expect(short).toBeLessThan(4 * 86_400);
    await cache.set('b', 1, { tags: ['t'], ttl: 30 * 86_400 });
    expect(await left()).toBeGreaterThan(30 * 86_400);
    await cache.set('c', 1, { tags: ['t'], ttl: 5 });
    expect(await left()).toBeGreaterThan(30 * 86_400);
    await cache.set('d', 1, { tags: ['t'], ttl: Infinity });
    expect(await left()).toBeGreaterThan(3_000_000_000);
    for (let n = 0; n < 100; n += 1) await cache.set(`k${n}`, n, { tags: ['t'] });
    expect(Number(await redis.call('STRLEN', `${prefix}~offloop:tag:t`))).toBeLessThan(100);
    expect(await cache.get('a')).toBe(1);
  });

  it('a read without tags costs one command, with three tags four, in two round trips', async () => {
    const backend = new RedisBackend({ url: server.url, keyPrefix: prefixed() });
    await using cache = new CacheManager({ backend });
    await cache.set('plain', 1);
    await cache.set('tagged', 1, { tags: ['a', 'b', 'c'] });
    const commands = async () =>
      Number(/total_commands_processed:(\d+)/.exec(String(await redis.call('INFO', 'stats')))?.[1]);
    const cost = async (key: string) => {
      const before = await commands();
      await cache.get(key);
      return (await commands()) - before - 1;
    };
    expect([await cost('plain'), await cost('tagged')]).toEqual([1, 4]);
  });

  it('a value that was invalidated is not fetched', async () => {
    const backend = new RedisBackend({ url: server.url, keyPrefix: prefixed() });
    await using cache = new CacheManager({ backend });
    await cache.set('k', large, { tags: ['t'] });
    await cache.invalidate('t');
    const sent = async () =>
      Number(/total_net_output_bytes:(\d+)/.exec(String(await redis.call('INFO', 'stats')))?.[1]);
    const fresh = new RedisBackend({ url: server.url, keyPrefix: `tags-${places - 1}:` });
    await using another = new CacheManager({ backend: fresh });
    const before = await sent();
    expect(await another.get('k')).toBeUndefined();
    expect((await sent()) - before).toBeLessThan(200_000);
  });

  it('with instant clears: both work, and neither undoes the other', async () => {
    const prefix = prefixed();
    const open = () =>
      new CacheManager({
        backend: new RedisBackend({ url: server.url, keyPrefix: prefix }),
        instantClears: true,
      });
    await using one = open();
    await using two = open();
    await one.set('k', 1, { tags: ['t'] });
    expect(await two.get('k')).toBe(1);
    await two.invalidate('t');
    expect(await one.get('k')).toBeUndefined();
    await one.set('k', 2, { tags: ['t'] });
    await two.clear({ instant: true });
    expect(await one.get('k')).toBeUndefined();
    await one.set('k', 3, { tags: ['t'] });
    expect(await two.get('k')).toBe(3);
    await sleep(50);
    expect(await two.get('k')).toBe(3);
  });

  it('what cannot be a tag is ERR_OPTION, and names that take too much too', async () => {
    await using cache = new CacheManager({ backend: new InMemoryBackend() });
    await expect(cache.invalidate('')).rejects.toEqual(failing('ERR_OPTION', 'invalidate: a tag must be'));
    const many = Array.from({ length: 300 }, (_, n) => `tag ${n}`);
    await expect(cache.set('k', 1, { tags: many })).rejects.toEqual(
      failing('ERR_OPTION', 'over the limit of 4096'),
    );
    expect(await cache.exists('k')).toBe(false);
  });

  it('a backend that keeps no notes takes no tags', async () => {
    const inner = new InMemoryBackend();
    const calls = ['get', 'set', 'delete', 'exists', 'clear', 'close'] as const;
    const foreign = Object.fromEntries(
      calls.map((name) => [name, (inner[name] as () => unknown).bind(inner)]),
    );
    const cache = new CacheManager({ backend: foreign as unknown as CacheBackend });
    await cache.set('k', 1);
    expect(await cache.get('k')).toBe(1);
    await expect(cache.set('k', 2, { tags: ['t'] })).rejects.toEqual(failing('ERR_OPTION', 'keeps notes'));
    expect(() => cache.forTenant('a')).toThrow(failing('ERR_OPTION', 'withPrefix()'));
  });
});
