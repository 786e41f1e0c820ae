import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CacheBackend } from '../../dist/backends/cache-backend.js';
import { type NotedStore, notedStoreOf } from '../../dist/backends/noted-store.js';
import { noteBytes } from '../../dist/frame/note.js';
import {
  DiskBackend,
  InMemoryBackend,
  RedisBackend,
  type RedisBackendOptions,
  TieredBackend,
} from '../../dist/index.js';
import { recordsOf } from '../support/records.js';
import { type RunningRedis, startRedis } from '../support/redis-server.js';

const SMALL = { id: 1, name: 'small' };
const LARGE = recordsOf(1_500_000);
const NOTE = Buffer.from('fresh until noon');
const LONGEST = Buffer.alloc(4096, 7);

let server: RunningRedis;
let directory: string;
beforeAll(async () => {
  server = await startRedis();
  directory = await mkdtemp(join(tmpdir(), 'offloop-noted-'));
});
afterAll(async () => {
  await server.stop();
  await rm(directory, { recursive: true, force: true });
});

const codeOf = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => 'nothing thrown',
    (error: { code?: unknown }) => error.code,
  );

let prefixes = 0;
function redis(options: RedisBackendOptions = {}): RedisBackend {
  return new RedisBackend({
    url: server.url,
    keyPrefix: `noted-${prefixes++}:`,
    onCorrupt: 'throw',
    ...options,
  });
}

function storeOf(backend: CacheBackend): NotedStore {
  const store = notedStoreOf(backend);
  if (!store) throw new Error('the backend keeps no notes');
  return store;
}

const KEYS = { keys: { a: Buffer.alloc(32, 1) } };
const BACKENDS: Record<string, () => CacheBackend> = {
  redis: () => redis(),
  'redis, all on main': () => redis({ offload: 'never' }),
  'redis, all by workers': () => redis({ offload: 'always' }),
  'redis, compressed': () => redis({ compression: 'gzip' }),
  'redis, sealed': () => redis({ encryption: KEYS }),
  'redis, json': () => redis({ codec: 'json' }),
  memory: () => new InMemoryBackend(),
  'memory, shared': () => new InMemoryBackend({ keep: 'shared' }),
  disk: () => new DiskBackend({ path: join(directory, 'disk') }),
  'tiered, near cache': () => new TieredBackend({ l1: new InMemoryBackend(), l2: redis() }),
  'tiered, no near cache': () =>
    new TieredBackend({ l1: new InMemoryBackend(), l2: new InMemoryBackend(), nearCache: false }),
};

describe.each(Object.entries(BACKENDS))('%s', (_, open) => {
  it.each([
    ['small', SMALL],
    ['large', LARGE],
    ['a string', 'x'.repeat(300_000)],
    ['null', null],
  ])('a %s value comes back with its note, and without it by get', async (_name, value) => {
    await using cache = open();
    const store = storeOf(cache);
    for (const note of [NOTE, LONGEST]) {
      await store.setNoted('k', value, { note, ttl: 60 });
      // The second time a large one is known to be large; a first layer has it.
      for (let time = 0; time < 3; time++) {
        const found = await store.getNoted('k', {});
        expect(found?.value).toEqual(value);
        expect(found?.note && Buffer.from(noteBytes(found.note)).equals(note)).toBe(true);
      }
      expect(await cache.get('k')).toEqual(value);
    }
  });

  it('a value that is set without a note has none, and loses an earlier one', async () => {
    await using cache = open();
    const store = storeOf(cache);
    await store.setNoted('k', SMALL, { note: NOTE });
    await cache.set('k', LARGE);
    expect(await store.getNoted('k', {})).toMatchObject({ value: LARGE, note: undefined });
    await store.setNoted('k', SMALL, {});
    expect(await store.getNoted('k', {})).toMatchObject({ value: SMALL, note: undefined });
    expect(await store.getNoted('none', {})).toBeUndefined();
  });
});

it('a large value in Redis whose note is not wanted is not fetched', async () => {
  await using writer = redis({ keyPrefix: 'early:' });
  await using reader = redis({ keyPrefix: 'early:' });
  await storeOf(writer).setNoted('k', LARGE, { note: NOTE });
  expect(await storeOf(reader).getNoted('k', { accept: () => false })).toBeUndefined();
  const { bytesRead, reads } = reader.stats();
  expect({ bytesRead, fetches: reads.fetch + reads.graph + reads.unpack }).toEqual({
    bytesRead: 0,
    fetches: 0,
  });
});

it('a note stays beside its value when a disk is opened again', async () => {
  const path = join(directory, 'again');
  {
    await using disk = new DiskBackend({ path });
    await storeOf(disk).setNoted('k', LARGE, { note: NOTE });
  }
  await using disk = new DiskBackend({ path });
  const found = await storeOf(disk).getNoted('k', {});
  expect(found?.note && Buffer.from(noteBytes(found.note)).equals(NOTE)).toBe(true);
});

it('handles, parts and bytes of a value with a note are those of the value', async () => {
  await using cache = redis();
  await storeOf(cache).setNoted('k', LARGE, { note: NOTE });
  const handle = await cache.open('k');
  expect(await handle?.value()).toEqual(LARGE);
  expect(await handle?.at([1])).toEqual(LARGE[1]);
  expect(await cache.get('k', { select: [2] })).toEqual(LARGE[2]);
  expect(JSON.parse((await handle?.json())?.toString() ?? '')).toEqual(LARGE);
});

it('a backend that is closed says so, and a key that is none', async () => {
  const cache = redis();
  const store = storeOf(cache);
  expect(await codeOf(store.getNoted('', {}))).toBe('ERR_KEY');
  expect(await codeOf(store.setNoted('k', undefined, {}))).toBe('ERR_VALUE');
  expect(await codeOf(store.setNoted('k', 1, { ttl: -1 }))).toBe('ERR_TTL');
  await cache.close();
  expect(await codeOf(store.getNoted('k', {}))).toBe('ERR_CLOSED');
});

it('a class that has a get or a set of its own keeps no notes: they would go past it', async () => {
  class Own extends InMemoryBackend {
    override get<T>(key: string): Promise<T | undefined> {
      return super.get(key);
    }
  }
  class Other extends InMemoryBackend {}
  expect(notedStoreOf(new Own())).toBeUndefined();
  expect(notedStoreOf(new Other())).toBeDefined();
});
