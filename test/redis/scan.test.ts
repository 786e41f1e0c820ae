import fc from 'fast-check';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { RedisBackend } from '../../dist/index.js';
import { type RunningRedis, startRedis } from '../support/redis-server.js';

let server: RunningRedis;
let raw: Redis;
let cache: RedisBackend;
beforeAll(async () => {
  server = await startRedis();
  raw = new Redis(server.url);
  cache = new RedisBackend({ url: server.url });
});
afterAll(async () => {
  raw.disconnect();
  await cache.close();
  await server.stop();
});
beforeEach(async () => {
  await raw.flushdb();
});

const WILD = ['*', '?', '[', ']', '^', '-', '\\', 'a', 'b', '1', 'é', '😀', ':', '\u0000', '\n'];

it('trap 30: a clear removes exactly the keys that begin with the prefix, whatever glob characters it holds', async () => {
  const text = fc
    .array(fc.constantFrom(...WILD), { minLength: 1, maxLength: 4 })
    .map((parts) => parts.join(''));
  const property = fc.asyncProperty(
    text,
    fc.uniqueArray(text, { minLength: 1, maxLength: 60 }),
    async (prefix, keys) => {
      await raw.flushdb();
      await raw.mset(keys.flatMap((key) => [key, '1']));
      const gone = keys.filter((key) => key.startsWith(prefix));
      expect(await cache.withPrefix(prefix).clear()).toBe(gone.length);
      expect((await raw.keys('*')).sort()).toEqual(keys.filter((key) => !key.startsWith(prefix)).sort());
    },
  );
  await fc.assert(property, { numRuns: 300, seed: 5 });
});

it('the example of the trap: t[1]: leaves t1:other', async () => {
  await raw.mset('t[1]:mine', '1', 't1:other', '1');
  expect(await cache.withPrefix('t[1]:').clear()).toBe(1);
  expect(await raw.keys('*')).toEqual(['t1:other']);
});

async function fill(prefix: string, count: number): Promise<void> {
  const script = 'for i = 1, tonumber(ARGV[2]) do redis.call("SET", ARGV[1] .. i, "x") end';
  await raw.eval(script, 0, prefix, count);
}

it('tells its progress, and counts what it removed', async () => {
  await fill('p:', 20_000);
  await fill('q:', 20_000);
  const seen: number[] = [];
  expect(await cache.withPrefix('p:').clear({ onProgress: ({ removed }) => seen.push(removed) })).toBe(
    20_000,
  );
  expect(seen.length).toBeGreaterThan(10);
  expect(seen.at(-1)).toBe(20_000);
  expect([...seen].sort((a, b) => a - b)).toEqual(seen);
  expect(await raw.dbsize()).toBe(20_000);
});

it('is ended by its signal between two steps', async () => {
  await fill('p:', 20_000);
  const control = new AbortController();
  const cause = new Error('the job was stopped');
  const clearing = cache.withPrefix('p:').clear({
    signal: control.signal,
    onProgress: ({ removed }) => removed > 2_000 && control.abort(cause),
  });
  await expect(clearing).rejects.toMatchObject({ code: 'ERR_ABORTED', outcome: 'unknown', cause });
  const left = await raw.dbsize();
  expect(left).toBeGreaterThan(10_000);
  expect(left).toBeLessThan(18_000);
});

it.each(['p:', ''])(
  'a clear of "%s" whose signal fires before anything is sent removes nothing, and says so',
  async (prefix) => {
    await raw.set('p:k', '1');
    const notApplied = { code: 'ERR_ABORTED', outcome: 'not-applied' };
    const view = cache.withPrefix(prefix);
    await expect(view.clear({ signal: AbortSignal.abort() })).rejects.toMatchObject(notApplied);
    const control = new AbortController();
    const before = view.set('k', 2);
    const clearing = view.clear({ signal: control.signal });
    control.abort();
    await expect(clearing).rejects.toMatchObject(notApplied);
    await before;
    expect(await raw.exists('p:k')).toBe(1);
  },
);

it('what is no signal or no function is refused, and a callback that throws ends the clear', async () => {
  await expect(cache.clear({ signal: 1 as never })).rejects.toMatchObject({ code: 'ERR_OPTION' });
  await expect(cache.clear({ onProgress: 'x' as never })).rejects.toMatchObject({ code: 'ERR_OPTION' });
  await raw.set('p:1', '1');
  const onProgress = (): void => {
    throw new Error('canary');
  };
  const failure = await cache
    .withPrefix('p:')
    .clear({ onProgress })
    .catch((error: unknown) => error);
  expect(failure).toMatchObject({ code: 'ERR_ABORTED', message: expect.not.stringContaining('canary') });
});

it('other clients wait little while a large prefix is cleared, and no foreign key is touched', async () => {
  await fill('p:', 100_000);
  await fill('q:', 100_000);
  const waits: number[] = [];
  let clearing = true;
  const probe = (async () => {
    while (clearing) {
      const began = performance.now();
      await raw.get('q:1');
      waits.push(performance.now() - began);
    }
  })();
  expect(await cache.withPrefix('p:').clear()).toBe(100_000);
  clearing = false;
  await probe;
  waits.sort((a, b) => a - b);
  // The bar is 10 ms on a quiet machine (bench/bars.ts); here the whole suite runs beside it.
  expect(waits[Math.floor(waits.length * 0.99)]).toBeLessThan(30);
  expect(await raw.dbsize()).toBe(100_000);
});
