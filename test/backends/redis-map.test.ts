import { getEventListeners } from 'node:events';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { RedisBackend, type RedisBackendOptions } from '../../dist/index.js';
import { recordsOf } from '../support/records.js';
import { type RunningRedis, startRedis } from '../support/redis-server.js';
import { waitUntil } from '../support/wait-until.js';

let server: RunningRedis;
beforeAll(async () => {
  server = await startRedis();
});
afterAll(() => server.stop());

const FUNCTIONS = new URL('../support/fixtures/map-functions.mjs', import.meta.url);
const items = recordsOf(2_000_000);
const sum = items.reduce((total, item) => total + (item as { id: number }).id, 0);

function create(options: RedisBackendOptions = {}): RedisBackend {
  return new RedisBackend({ url: server.url, ...options });
}

it('a function of the caller runs in a worker on the value, and its result comes back', async () => {
  await using cache = create();
  await cache.set('large', { items });
  await cache.set('small', { items: items.slice(0, 3) });
  expect(await cache.map('large', FUNCTIONS, 'total', ['id'])).toBe(sum);
  expect(await cache.map('small', FUNCTIONS.href, 'total', ['id'])).toBe(3);
  expect(await cache.map('large', FUNCTIONS, 'where')).toBe(false);
  expect(await cache.map('large', FUNCTIONS, 'pick', [10, 2_000])).toEqual({
    rows: items.slice(10, 2_000),
    kept: new Map([['n', 1n]]),
  });
  expect(await cache.map('large', FUNCTIONS, 'nothing')).toBe(undefined);
  expect(await cache.map('missing', FUNCTIONS, 'total', ['id'])).toBe(undefined);
  expect(cache.stats()).toMatchObject({ hits: 5, misses: 1 });
});

it('trap 33: a thread requires no ES module, as Node 20 and 22 end the process where it is ended meanwhile', async () => {
  await using cache = create();
  await cache.set('k', 1);
  expect(await cache.map('k', FUNCTIONS, 'required')).toEqual(['worker-entry.cjs']);
});

it('it comes after what was called before it on the key', async () => {
  await using cache = create();
  const calls = [cache.set('k', { items }), cache.map('k', FUNCTIONS, 'total', ['id'])] as const;
  expect((await Promise.all(calls))[1]).toBe(sum);
});

it.each([
  ['throws', /"throws" threw TypeError$/],
  ['missing', /is no function that the module exports/],
  ['notAFunction', /is no function that the module exports/],
  ['toString', /is no function that the module exports/],
])('the export %s is ERR_MAP, without what it said', async (name, message) => {
  await using cache = create();
  await cache.set('k', 1);
  await expect(cache.map('k', FUNCTIONS, name)).rejects.toMatchObject({
    code: 'ERR_MAP',
    message: expect.stringMatching(message),
  });
});

it('a module that is not there, or fails to load, is ERR_MAP and says which; one that is no file is ERR_OPTION', async () => {
  await using cache = create();
  await cache.set('k', 1);
  const causes = [
    ['nowhere.mjs', 'it is missing'],
    ['imports-nowhere.mjs', 'it fails to load (ERR_MODULE_NOT_FOUND)'],
    ['throws-at-once.mjs', 'it fails to load (Error)'],
  ] as const;
  for (const [file, cause] of causes) {
    const module = new URL(`../support/fixtures/${file}`, import.meta.url);
    const message = `map: "x" is in a module that cannot be imported, ${module.href}: ${cause}`;
    await expect(cache.map('k', module, 'x')).rejects.toMatchObject({ code: 'ERR_MAP', message });
  }
  for (const module of ['node:fs', 'data:text/javascript,1', './x.js', 'http://localhost/x.js', 7]) {
    await expect(cache.map('k', module as string, 'x')).rejects.toMatchObject({ code: 'ERR_OPTION' });
  }
  await expect(cache.map('k', FUNCTIONS, '')).rejects.toMatchObject({ code: 'ERR_OPTION' });
  await expect(cache.map('k', FUNCTIONS, 'where', 'x' as never)).rejects.toMatchObject({
    code: 'ERR_OPTION',
  });
});

it('arguments that cannot be cloned, and results that cannot be stored, are ERR_VALUE', async () => {
  await using cache = create();
  await cache.set('k', 1);
  await expect(cache.map('k', FUNCTIONS, 'where', [() => 1])).rejects.toMatchObject({ code: 'ERR_VALUE' });
  await expect(cache.map('k', FUNCTIONS, 'refused')).rejects.toMatchObject({ code: 'ERR_VALUE' });
});

it('arguments are copied at the call, and a throwing accessor in them is ERR_VALUE', async () => {
  await using cache = create();
  await cache.set('k', 1);
  const throwing = {
    get secret() {
      throw new Error('secret-in-a-value');
    },
  };
  const refused = cache.map('k', FUNCTIONS, 'second', [throwing]);
  await expect(refused).rejects.toMatchObject({
    code: 'ERR_VALUE',
    message: expect.not.stringContaining('secret'),
  });
  const given = { id: 1 };
  const mapped = cache.map('k', FUNCTIONS, 'second', [given]);
  given.id = 2;
  expect(await mapped).toEqual({ id: 1 });
});

it('a result over the limits is ERR_VALUE, and the stored value none that cannot be read', async () => {
  await using cache = create({ limits: { maxDepth: 5 } });
  await cache.set('k', 1);
  let nested: unknown = 1;
  for (let level = 0; level < 10; level++) nested = [nested];
  await expect(cache.map('k', FUNCTIONS, 'second', [nested])).rejects.toMatchObject({ code: 'ERR_VALUE' });
  expect(cache.stats()).toMatchObject({ misses: 0, corrupt: 0 });
});

it.each(['hangs', 'loops'])('an aborted map gives its place back: %s', async (name) => {
  await using cache = create({ timeoutMs: 20_000, pool: { maxThreads: 1, maxQueue: 11 } });
  await cache.set('k', { items });
  await cache.map('k', FUNCTIONS, 'nothing');
  const calls = Array.from({ length: 8 }, () =>
    cache.map('k', FUNCTIONS, name, [], { signal: AbortSignal.timeout(100) }),
  );
  for (const call of calls) await expect(call).rejects.toMatchObject({ code: 'ERR_ABORTED' });
  const start = performance.now();
  // Where the thread had to be ended it is done again on another one.
  expect(await cache.get('k')).toEqual({ items });
  expect(performance.now() - start).toBeLessThan(8_000);
});

it('calls with one signal share their listeners on it, and leave none', async () => {
  await using cache = create();
  await cache.set('k', 1);
  const { signal } = new AbortController();
  const calls = Array.from({ length: 30 }, () => cache.map('k', FUNCTIONS, 'nothing', [], { signal }));
  let most = 0;
  const looking = setInterval(() => {
    most = Math.max(most, getEventListeners(signal, 'abort').length);
  }, 1);
  await Promise.all(calls);
  clearInterval(looking);
  expect(most).toBeLessThanOrEqual(2);
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});

it('a function that never ends is ERR_TIMEOUT, and a signal ends the wait for it', async () => {
  await using cache = create({ timeoutMs: 300, pool: { maxThreads: 1, maxQueue: 11 } });
  await cache.set('k', 1);
  // A thread's start and its first connection take longer than that on a busy machine.
  await cache.map('k', FUNCTIONS, 'nothing', [], { timeoutMs: 20_000 });
  await expect(cache.map('k', FUNCTIONS, 'hangs')).rejects.toMatchObject({ code: 'ERR_TIMEOUT' });
  const unloaded = new URL('../support/fixtures/never-loaded.mjs', import.meta.url);
  await expect(cache.map('k', unloaded, 'one')).rejects.toMatchObject({ code: 'ERR_TIMEOUT' });
  const signal = AbortSignal.timeout(50);
  await expect(cache.map('k', FUNCTIONS, 'hangs', [], { signal })).rejects.toMatchObject({
    code: 'ERR_ABORTED',
  });
  expect(await cache.get('k')).toBe(1);
  // Neither holds its place in the thread, which would keep the process alive too.
  await waitUntil('nothing is under way', async () => cache.stats().pool.running === 0);
});
