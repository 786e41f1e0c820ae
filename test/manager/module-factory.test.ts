import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  CacheManager,
  InMemoryBackend,
  type ModuleFactory,
  RedisBackend,
  type RedisBackendOptions,
  TieredBackend,
} from '../../dist/index.js';
import { type RunningRedis, startRedis } from '../support/redis-server.js';
import { waitUntil } from '../support/wait-until.js';

const MODULE = new URL('../support/fixtures/factories.mjs', import.meta.url);
const UNLOADED = new URL('../support/fixtures/never-loaded.mjs', import.meta.url);

let server: RunningRedis;
beforeAll(async () => {
  server = await startRedis();
});
afterAll(() => server.stop());

let prefixes = 0;
function redis(options: RedisBackendOptions = {}): RedisBackend {
  return new RedisBackend({
    url: server.url,
    keyPrefix: `module-${prefixes++}:`,
    onCorrupt: 'throw',
    ...options,
  });
}

function factory(name: string, ...args: unknown[]): ModuleFactory {
  return { module: MODULE, export: name, args };
}

const codeOf = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => 'nothing thrown',
    (error: { code?: unknown }) => error.code ?? error,
  );

interface Rows {
  readonly isMainThread: boolean;
  readonly calls: number;
  readonly rows: unknown[];
}

describe.each([
  ['redis', redis],
  ['redis, compressed', () => redis({ compression: 'gzip' })],
  ['redis, sealed', () => redis({ encryption: { keys: { a: Buffer.alloc(32, 1) } } })],
  ['redis, json', () => redis({ codec: 'json' })],
  ['tiered', () => new TieredBackend({ l1: new InMemoryBackend(), l2: redis() })],
])('over %s', (_, open) => {
  it.each([3, 30_000])('a worker makes a value of %d rows, which is stored and given', async (rows) => {
    await using cache = new CacheManager({ backend: open() });
    const made = (await cache.getOrSet('k', factory('list', rows))) as Rows;
    expect(made.isMainThread).toBe(false);
    expect(made.rows).toHaveLength(rows);
    expect(made.rows.at(-1)).toEqual({ id: rows - 1, name: `row ${rows - 1}` });
    expect(await cache.get('k')).toEqual(made);
    expect(await cache.getOrSet('k', factory('list', 1))).toEqual(made);
    expect(cache.stats()).toMatchObject({ factoryCalls: 1, failures: 0, lateWrites: 0 });
  });
});

it('bytes stay bytes, and parts of a made value are got as of any other', async () => {
  const backend = redis();
  await using cache = new CacheManager({ backend });
  const bytes = await cache.getOrSet('bytes', factory('bytes', 700_000));
  expect(bytes).toEqual(Buffer.alloc(700_000, 7));
  expect(await backend.get('bytes')).toEqual(bytes);
  await cache.getOrSet('list', factory('list', 30_000));
  expect(await backend.get('list', { select: ['rows', 20_000] })).toEqual({ id: 20_000, name: 'row 20000' });
});

it('the ttl may depend on the value, and nothing is kept for the negative ttl', async () => {
  const backend = redis();
  await using cache = new CacheManager({ backend });
  await cache.getOrSet('k', factory('list', 5), { ttl: (value) => (value as Rows).rows.length });
  expect(await backend.ttl('k')).toBeGreaterThan(4);
  expect(await backend.ttl('k')).toBeLessThanOrEqual(5);
  expect(await cache.getOrSet('none', factory('nothing'), { negativeTtl: 60 })).toBeUndefined();
  expect(await cache.getOrSet('none', () => 'other')).toBeUndefined();
});

it('what it throws is ERR_MAP, without its message', async () => {
  await using cache = new CacheManager({ backend: redis() });
  const thrown = await cache.getOrSet('k', factory('throws')).catch((error: unknown) => error);
  expect(thrown).toMatchObject({ code: 'ERR_MAP', message: expect.stringContaining('RangeError') });
  expect(String(thrown)).not.toContain('secret');
  expect(await codeOf(cache.getOrSet('k', factory('none')))).toBe('ERR_MAP');
  expect(await codeOf(cache.getOrSet('k', factory('refused')))).toBe('ERR_VALUE');
});

it('it may take longer than the backend gives other calls, and is given up at its hard timeout', async () => {
  await using cache = new CacheManager({ backend: redis({ timeoutMs: 200 }) });
  expect(await cache.getOrSet('k', factory('slow'))).toBe('slow');
  expect(await codeOf(cache.getOrSet('other', factory('slow'), { hardTimeout: 0.05 }))).toBe(
    'ERR_FACTORY_TIMEOUT',
  );
});

/** A manager whose pool, its own by its queue, has one thread, which has started, with room for one task. */
async function ofOneThread(maxQueue: number) {
  const backend = redis({ pool: { maxThreads: 1, tasksPerThread: 1, maxQueue } });
  const manager = new CacheManager({ backend });
  await manager.getOrSet('warm', factory('bytes', 5));
  return { backend, manager };
}

it('a factory that never ends gives its place in the thread back when nobody waits for it', async () => {
  const { backend, manager } = await ofOneThread(81);
  await using cache = manager;
  const hung = cache.getOrSet('k', factory('hangs'), { hardTimeout: 0.05 });
  expect(await codeOf(hung)).toBe('ERR_FACTORY_TIMEOUT');
  const unloaded = cache.getOrSet('u', { module: UNLOADED, export: 'one' }, { hardTimeout: 0.05 });
  expect(await codeOf(unloaded)).toBe('ERR_FACTORY_TIMEOUT');
  const leaver = new AbortController();
  const left = codeOf(cache.getOrSet('other', factory('hangs'), { signal: leaver.signal }));
  await waitUntil('it is in the thread', async () => backend.stats().pool.running === 1);
  leaver.abort();
  expect(await left).toBe('ERR_ABORTED');
  expect(await cache.getOrSet('next', factory('bytes', 5))).toHaveLength(5);
  expect(backend.stats().pool).toMatchObject({ running: 0, queued: 0 });
});

it('a factory that computes without end is ended with its thread when nobody waits for it', async () => {
  const { backend, manager } = await ofOneThread(82);
  await using cache = manager;
  const endless = cache.getOrSet('k', factory('computes'), { hardTimeout: 0.05 });
  expect(await codeOf(endless)).toBe('ERR_FACTORY_TIMEOUT');
  expect(await cache.getOrSet('next', factory('bytes', 5))).toHaveLength(5);
  expect(backend.stats().pool).toMatchObject({ running: 0, hungThreads: 1 });
});

it.each([
  ['no module', { export: 'list' }],
  ['a module that is no file', { module: 'https://example.com/x.mjs', export: 'list' }],
  ['no export', { module: MODULE, export: '' }],
  ['arguments that are no list', { module: MODULE, export: 'list', args: 5 }],
  ['something else', { module: MODULE, export: 'list', other: 1 }],
  ['null', null],
])('%s is ERR_OPTION', async (_, given) => {
  await using cache = new CacheManager({ backend: redis() });
  expect(await codeOf(cache.getOrSet('k', given as never))).toBe('ERR_OPTION');
});

it('a backend without workers refuses it', async () => {
  await using cache = new CacheManager({ backend: new InMemoryBackend() });
  expect(await codeOf(cache.getOrSet('k', factory('list', 1)))).toBe('ERR_OPTION');
});
