import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { InMemoryBackend, RedisBackend, TieredBackend } from '../../dist/index.js';
import { FreezingProxy } from '../support/freezing-proxy.js';
import { type RedisProcess, startRedisProcess } from '../support/redis-process.js';
import { waitUntil } from '../support/wait-until.js';

let server: RedisProcess;
let url = '';
beforeAll(async () => {
  server = await startRedisProcess();
  url = `redis://127.0.0.1:${server.port}`;
});
afterAll(() => server.stop());

let prefixes = 0;

/** A tiered cache, and a backend that writes the same keys as another process would. */
function pair({
  at = url,
  maxStaleMs = 1_000,
  l2,
}: {
  at?: string;
  maxStaleMs?: number;
  l2?: RedisBackend;
}): {
  cache: TieredBackend;
  other: RedisBackend;
} {
  const keyPrefix = `near-${prefixes++}:`;
  const cache = new TieredBackend({
    l1: new InMemoryBackend(),
    l2: l2 ?? new RedisBackend({ url: at, keyPrefix }),
    nearCache: { maxStaleMs },
  });
  return { cache, other: new RedisBackend({ url, keyPrefix }) };
}

async function tracked(cache: TieredBackend): Promise<void> {
  await waitUntil('Redis tells of changes', async () => cache.stats().trust === 'tracked');
}

/** Gets a key until it has the value. Answers when the last get began that did not, in ms from the call. */
async function staleFor(cache: TieredBackend, key: string, value: unknown): Promise<number> {
  const start = performance.now();
  let last = 0;
  await waitUntil('the new value is seen', async () => {
    for (let turn = 0; turn < 50; turn += 1) {
      const began = performance.now() - start;
      if ((await cache.get(key)) === value) return true;
      last = began;
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    return false;
  });
  return last;
}

type Log = readonly [key: string, at: number, version: number][];

it('two processes: a get that begins 50 ms after a set was acknowledged never sees an older value', {
  timeout: 60_000,
}, async () => {
  const lists = ['a', 'b'].map((name) => Array.from({ length: 30 }, (_, index) => `${name}${index}`));
  const program = fileURLToPath(new URL('../support/fixtures/tiered-process.mjs', import.meta.url));
  const outputs = await Promise.all(
    lists.map(async (own) => {
      const input = JSON.stringify({ url, own, keys: lists.flat(), rounds: 5_000 });
      const { stdout } = await promisify(execFile)(process.execPath, [program, input], {
        maxBuffer: 1 << 28,
      });
      return JSON.parse(stdout) as { writes: Log; reads: Log; stats: Record<string, unknown> };
    }),
  );
  const written = new Map<string, { at: number; version: number }[]>();
  for (const [key, at, version] of outputs.flatMap(({ writes }) => writes))
    written.set(key, [...(written.get(key) ?? []), { at, version }]);
  const reads = outputs.flatMap((output) => output.reads);
  const outdated = reads.filter(([key, startedAt, version]) => {
    const due = written.get(key)?.findLast(({ at }) => at <= startedAt - 50)?.version ?? 0;
    return version < due;
  });
  expect(outputs.flatMap(({ writes }) => writes)).toHaveLength(10_000);
  expect(reads.length).toBeGreaterThan(10_000);
  for (const { stats } of outputs) {
    expect(stats.trust).toBe('tracked');
    expect(Number(stats.l1Hits)).toBeGreaterThan(5_000);
    expect(Number(stats.invalidations)).toBeGreaterThan(5_000);
  }
  expect(outdated).toEqual([]);
});

describe('what another process does is seen', () => {
  it('a set, a delete and an expiry', async () => {
    const { cache, other } = pair({});
    await tracked(cache);
    await other.set('k', 1);
    await waitUntil('it is told', async () => cache.stats().invalidations >= 1);
    expect([await cache.get('k'), await cache.get('k')]).toEqual([1, 1]);
    expect(cache.stats()).toMatchObject({ l1Hits: 1, l2Hits: 1 });
    await other.set('k', 2);
    expect(await staleFor(cache, 'k', 2)).toBeLessThan(50);
    await other.delete('k');
    expect(await staleFor(cache, 'k', undefined)).toBeLessThan(50);
    await other.set('k', 3, { ttl: 0.2 });
    expect(await cache.get('k')).toBe(3);
    await new Promise((resolve) => setTimeout(resolve, 230));
    expect(await cache.get('k')).toBeUndefined();
    await Promise.all([cache.close(), other.close()]);
  });

  it('FLUSHDB, and a clear of the prefix', async () => {
    const { cache, other } = pair({});
    await tracked(cache);
    for (const empty of [() => server.call('FLUSHDB'), () => other.clear()]) {
      await other.set('k', 1);
      expect(await cache.get('k')).toBe(1);
      await empty();
      expect(await staleFor(cache, 'k', undefined)).toBeLessThan(50);
    }
    await Promise.all([cache.close(), other.close()]);
  });

  it('by a view too, of its own prefix alone', async () => {
    const origin = new RedisBackend({ url, keyPrefix: 'origin:' });
    const cache = new TieredBackend({ l1: new InMemoryBackend(), l2: origin.withPrefix('v*[1]:') });
    await tracked(cache);
    await origin.set('v*[1]:é', 1);
    expect(await cache.get('é')).toBe(1);
    const { invalidations } = cache.stats();
    await origin.set('other', 1);
    await origin.set('v*[1]:é', 2);
    expect(await staleFor(cache, 'é', 2)).toBeLessThan(50);
    expect(cache.stats().invalidations).toBe(invalidations + 1);
    await cache.close();
    await origin.close();
  });

  it('a value that was read before a change, and came after it was told, is not kept', async () => {
    let release = (): void => {};
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    let isRead = false;
    class Slow extends RedisBackend {
      override async get<T>(key: string): Promise<T | undefined> {
        const value = await super.get<T>(key);
        if (!isRead) {
          isRead = true;
          await gate;
        }
        return value;
      }
    }
    const { cache, other } = pair({ l2: new Slow({ url, keyPrefix: `near-${prefixes}:` }) });
    await tracked(cache);
    await other.set('k', 'old');
    await waitUntil('it is told', async () => cache.stats().invalidations >= 1);
    const early = cache.get('k');
    await waitUntil('it is read', async () => isRead);
    await other.set('k', 'new');
    await waitUntil('it is told', async () => cache.stats().invalidations >= 2);
    // Nor does a get that begins now wait for the one that began before.
    expect(await cache.get('k')).toBe('new');
    await other.set('k', 'newest');
    await waitUntil('it is told', async () => cache.stats().invalidations >= 3);
    release();
    expect(await early).toBe('old');
    expect(await cache.get('k')).toBe('newest');
    await Promise.all([cache.close(), other.close()]);
  });
});

describe('without word from Redis', () => {
  it('a lost connection drops the first layer at once, and it is used again when it is back', async () => {
    const { cache, other } = pair({});
    await tracked(cache);
    await other.set('k', 1);
    await waitUntil('it is told', async () => cache.stats().invalidations >= 1);
    expect(await cache.get('k')).toBe(1);
    await Promise.all([server.call('CLIENT', 'KILL', 'TYPE', 'PUBSUB'), other.set('k', 2)]);
    expect(await staleFor(cache, 'k', 2)).toBeLessThan(50);
    await tracked(cache);
    expect(cache.stats().trackingLosses).toBe(1);
    await cache.get('k');
    const { l1Hits } = cache.stats();
    expect(await cache.get('k')).toBe(2);
    expect(cache.stats().l1Hits).toBe(l1Hits + 1);
    await Promise.all([cache.close(), other.close()]);
  });

  it('a connection that hangs is found out within maxStaleMs, and replaced', async () => {
    const proxy = new FreezingProxy(server.port);
    await proxy.up();
    const { cache, other } = pair({ at: `redis://127.0.0.1:${proxy.port}`, maxStaleMs: 400 });
    await tracked(cache);
    await other.set('k', 1);
    await waitUntil('it is told', async () => cache.stats().invalidations >= 1);
    expect(await cache.get('k')).toBe(1);
    expect(proxy.freeze('TRACKING')).toBe(1);
    await other.set('k', 2);
    const stale = await staleFor(cache, 'k', 2);
    expect(stale).toBeGreaterThan(50);
    expect(stale).toBeLessThan(400);
    await tracked(cache);
    expect(cache.stats().trackingLosses).toBe(1);
    await Promise.all([cache.close(), other.close()]);
    await proxy.down();
  });

  it('where Redis refuses to tell, an entry counts for maxStaleMs', async () => {
    await server.call('ACL', 'SETUSER', 'deaf', 'on', '>secret', '~*', 'resetchannels', '+@all');
    const { cache, other } = pair({ at: `redis://deaf:secret@127.0.0.1:${server.port}`, maxStaleMs: 300 });
    await waitUntil('it is refused', async () => cache.stats().trust === 'bounded');
    await other.set('k', 1);
    expect([await cache.get('k'), await cache.get('k')]).toEqual([1, 1]);
    expect(cache.stats().l1Hits).toBe(1);
    await other.set('k', 2);
    const stale = await staleFor(cache, 'k', 2);
    expect(stale).toBeGreaterThan(50);
    expect(stale).toBeLessThan(300);
    await Promise.all([cache.close(), other.close()]);
  });
});

it('without the right to PTTL a get gives what Redis has, and nothing is kept; each time counts as a failure of the first layer', async () => {
  await server.call('ACL', 'SETUSER', 'timeless', 'on', '>secret', '~*', 'allchannels', '+@all', '-pttl');
  const { cache, other } = pair({ at: `redis://timeless:secret@127.0.0.1:${server.port}` });
  await tracked(cache);
  await other.set('k', 1);
  expect([await cache.get('k'), await cache.get('k')]).toEqual([1, 1]);
  expect(cache.stats()).toMatchObject({ l1Hits: 0, l2Hits: 2, l1Failures: 2 });
  await Promise.all([cache.close(), other.close()]);
});
