import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  CacheManager,
  InMemoryBackend,
  RedisBackend,
  type RedisBackendOptions,
  TieredBackend,
} from '../../dist/index.js';
import { type RunningCluster, startCluster } from '../support/cluster.js';
import { type RunningRedis, startRedis } from '../support/redis-server.js';
import { RespConnection } from '../support/resp-connection.js';

let server: RunningRedis;
let cluster: RunningCluster;
let redis: RespConnection;
beforeAll(async () => {
  server = await startRedis({ ownProcess: true });
  cluster = await startCluster();
  redis = await RespConnection.open(server);
});
afterAll(async () => {
  redis.close();
  await Promise.all([server.stop(), cluster.stop()]);
});

let scopes = 0;
const large = (text: string) => ({ text: text.repeat(200_000) });

const failing = (code: string, message: string) =>
  expect.objectContaining({ name: 'OffloopError', code, message: expect.stringContaining(message) });

function redisOptions(keyPrefix: string): RedisBackendOptions {
  return { url: server.url, keyPrefix };
}

const PLACES: readonly { name: string; open: (keyPrefix: string) => CacheManager }[] = [
  {
    name: 'Redis',
    open: (keyPrefix) =>
      new CacheManager({ backend: new RedisBackend(redisOptions(keyPrefix)), instantClears: true }),
  },
  {
    name: 'a cluster',
    open: (keyPrefix) => {
      const backend = new RedisBackend({ keyPrefix, cluster: { nodes: cluster.startNodes } });
      return new CacheManager({ backend, instantClears: true });
    },
  },
];

describe.each(PLACES)('instant clears in $name', ({ open }) => {
  it('after a plain clear nothing is stored under the generation that is gone with it', async () => {
    const prefix = `instant-${scopes++}:`;
    await using one = open(prefix);
    await Promise.all([one.set('a', 1), one.set('b', 2)]);
    expect(await one.clear(), 'two values and the id of the generation').toBe(3);
    await one.set('a', 3);
    expect(await one.get('a')).toBe(3);
    expect(await one.reclaim(), 'what is left of other generations').toBe(0);
    expect(await one.clear()).toBe(2);
  });

  it('outdate every key for this manager and for others, small and large; what is set later is found', async () => {
    const prefix = `instant-${scopes++}:`;
    await using one = open(prefix);
    await using two = open(prefix);
    await Promise.all([one.set('a', 1), two.set('b', 2), one.set('large', large('x'))]);
    expect(await two.get('a')).toBe(1);
    expect(await two.get('large')).toEqual(large('x'));
    expect(await one.clear({ instant: true })).toBe(0);
    for (const cache of [two, one]) {
      expect(await Promise.all(['a', 'b', 'large'].map((key) => cache.get(key)))).toEqual(
        Array(3).fill(undefined),
      );
      expect(await cache.exists('a')).toBe(false);
      expect(await cache.delete('b')).toBe(false);
    }
    await two.set('a', 'new');
    expect(await one.get('a')).toBe('new');
  });

  it('a get that begins after a clear was acknowledged is never of before, with clears and sets all the time', async () => {
    const prefix = `instant-${scopes++}:`;
    const caches = [open(prefix), open(prefix), open(prefix)];
    const [writer, clearer, reader] = caches as [CacheManager, CacheManager, CacheManager];
    try {
      let [written, cleared] = [0, 0];
      let ended = false;
      const problems: string[] = [];
      const write = async () => {
        while (!ended) {
          const value = ++written;
          await writer.set('k', value);
        }
      };
      const clear = async () => {
        for (let round = 0; round < 40; round += 1) {
          // What was given to the writer before this is dead when the clear is acknowledged, unless it is still under way.
          const upTo = written - 1;
          await clearer.clear({ instant: true });
          cleared = Math.max(cleared, upTo);
          await sleep(15);
        }
        ended = true;
      };
      const read = async () => {
        while (!ended) {
          const least = cleared;
          const value = await reader.get<number>('k');
          if (value !== undefined && value <= least)
            problems.push(`${value} after a clear of up to ${least}`);
        }
      };
      await Promise.all([write(), clear(), read(), read()]);
      expect(problems).toEqual([]);
      expect(cleared).toBeGreaterThan(10);
    } finally {
      await Promise.all(caches.map((cache) => cache.close()));
    }
  });

  it('calls that are not awaited take effect in their order', async () => {
    await using cache = open(`instant-${scopes++}:`);
    const answers = await Promise.all([
      cache.set('k', 1),
      cache.set('k', large('y')),
      cache.set('k', 2),
      cache.get('k'),
      cache.clear({ instant: true }),
      cache.get('k'),
      cache.set('k', 3),
      cache.get('k'),
    ]);
    expect(answers).toEqual([undefined, undefined, undefined, 2, 0, undefined, undefined, 3]);
  });

  it('reclaim removes what is dead and nothing else, and says how much', async () => {
    const prefix = `instant-${scopes++}:`;
    await using other = open(`instant-${scopes++}:`);
    await other.set('other', 1);
    {
      await using cache = open(prefix);
      await Promise.all(Array.from({ length: 1_000 }, (_, n) => cache.set(`k${n}`, n)));
      await cache.clear({ instant: true });
      // Ended at once: the background has hardly begun.
    }
    await using cache = open(prefix);
    await Promise.all(Array.from({ length: 10 }, (_, n) => cache.set(`new${n}`, n)));
    await cache.set('tagged', 1, { tags: ['t'] });
    expect(await cache.reclaim()).toBeGreaterThan(0);
    expect(await cache.reclaim()).toBe(0);
    expect(await Promise.all(Array.from({ length: 10 }, (_, n) => cache.get(`new${n}`)))).toEqual([
      ...Array(10).keys(),
    ]);
    expect(await cache.get('tagged')).toBe(1);
    expect(await other.get('other')).toBe(1);
    // The plain clear counts what is there: ten values, one with a tag, two marks.
    expect(await cache.clear()).toBe(13);
    expect(await cache.get('new1')).toBeUndefined();
  });

  it('tenants have instant clears of their own, and lose everything by one of their parent', async () => {
    await using cache = open(`instant-${scopes++}:`);
    const [a, b] = [cache.forTenant('a'), cache.forTenant('b')];
    const all = [cache, a, b, a.forTenant('b')];
    const fill = () => Promise.all(all.map((each, n) => each.set('k', n)));
    const seen = () => Promise.all(all.map((each) => each.get('k')));
    await fill();
    expect(await seen()).toEqual([0, 1, 2, 3]);
    await a.clear({ instant: true });
    expect(await seen()).toEqual([0, undefined, 2, undefined]);
    await fill();
    await a.reclaim();
    expect(await a.reclaim()).toBe(0);
    expect(await seen()).toEqual([0, 1, 2, 3]);
    await cache.clear({ instant: true });
    expect(await seen()).toEqual(Array(4).fill(undefined));
    await fill();
    await cache.reclaim();
    expect(await seen()).toEqual([0, 1, 2, 3]);
    await b.clear();
    expect(await seen()).toEqual([0, 1, undefined, 3]);
  });
});

describe('instant clears', () => {
  it('a mark that was evicted has everything before it gone for good', async () => {
    const prefix = `instant-${scopes++}:`;
    await using cache = new CacheManager({
      backend: new RedisBackend(redisOptions(prefix)),
      instantClears: true,
    });
    await cache.set('k', 1);
    expect(await redis.call('DEL', `${prefix}~offloop:generation`)).toBe(1);
    expect(await cache.get('k')).toBeUndefined();
    await cache.set('l', 2);
    expect(await redis.call('DEL', `${prefix}~offloop:generation`)).toBe(1);
    await using another = new CacheManager({
      backend: new RedisBackend(redisOptions(prefix)),
      instantClears: true,
    });
    expect(await another.get('l')).toBeUndefined();
    expect([await cache.get('k'), await cache.get('l')]).toEqual([undefined, undefined]);
  });

  it('a call costs one command more, in the same round trip', async () => {
    await using cache = new CacheManager({
      backend: new RedisBackend(redisOptions(`instant-${scopes++}:`)),
      instantClears: true,
    });
    await cache.set('k', 1);
    const commands = async () =>
      Number(/total_commands_processed:(\d+)/.exec(String(await redis.call('INFO', 'stats')))?.[1]);
    const before = await commands();
    for (let call = 0; call < 100; call += 1) await cache.get('k');
    // One is the INFO before.
    expect((await commands()) - before).toBe(201);
  });

  it('the background gives the space back, and ends with the manager', async () => {
    const prefix = `instant-${scopes++}:`;
    const cache = new CacheManager({ backend: new RedisBackend(redisOptions(prefix)), instantClears: true });
    await Promise.all(Array.from({ length: 500 }, (_, n) => cache.set(`k${n}`, n)));
    const size = async () => Number(await redis.call('DBSIZE'));
    const before = await size();
    await cache.clear({ instant: true });
    const deadline = Date.now() + 5_000;
    while ((await size()) > before - 500 && Date.now() < deadline) await sleep(10);
    expect(await size()).toBeLessThanOrEqual(before - 500);
    await cache.close();
    await expect(cache.reclaim()).rejects.toEqual(failing('ERR_CLOSED', 'closed'));
  });

  it('a tiered backend sees the clear of another process as soon as a write', async () => {
    const prefix = `instant-${scopes++}:`;
    const open = () =>
      new CacheManager({
        backend: new TieredBackend({ l1: new InMemoryBackend(), l2: new RedisBackend(redisOptions(prefix)) }),
        instantClears: true,
      });
    await using one = open();
    await using two = open();
    for (let round = 0; round < 20; round += 1) {
      await one.set('k', round);
      await sleep(20);
      expect(await two.get('k')).toBe(round);
      await one.clear({ instant: true });
      expect(await one.get('k')).toBeUndefined();
      await sleep(50);
      expect(await two.get('k')).toBeUndefined();
    }
  });

  it.each([
    [{ instantClears: 1 }, 'instantClears must be true or false'],
    [{ instantClears: true }, 'instantClears needs a RedisBackend'],
  ])('a manager in memory with %o is ERR_OPTION', (options, message) => {
    const create = () => new CacheManager({ backend: new InMemoryBackend(), ...(options as object) });
    expect(create).toThrow(failing('ERR_OPTION', message));
  });

  it('without instantClears clear({ instant: true }) and reclaim() are ERR_OPTION', async () => {
    const cache = new CacheManager({ backend: new InMemoryBackend() });
    await cache.set('k', 1);
    await expect(cache.clear({ instant: true })).rejects.toEqual(
      failing('ERR_OPTION', 'without instantClears'),
    );
    await expect(cache.reclaim()).rejects.toEqual(failing('ERR_OPTION', 'without instantClears'));
    await expect(cache.clear({ instant: 'yes' } as object)).rejects.toEqual(
      failing('ERR_OPTION', 'true or false'),
    );
    await expect(cache.clear({ all: true } as object)).rejects.toEqual(
      failing('ERR_OPTION', 'unknown option'),
    );
    expect(await cache.get('k')).toBe(1);
  });
});
