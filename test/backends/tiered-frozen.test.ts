import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  CacheManager,
  InMemoryBackend,
  type MemoryKeep,
  RedisBackend,
  TieredBackend,
} from '../../dist/index.js';
import { type RedisProcess, startRedisProcess } from '../support/redis-process.js';
import { waitUntil } from '../support/wait-until.js';

let server: RedisProcess;
beforeAll(async () => {
  server = await startRedisProcess();
});
afterAll(() => server.stop());

interface Rows {
  readonly rows: { readonly id: number }[];
}

const rows = (count: number): Rows => ({ rows: Array.from({ length: count }, (_, id) => ({ id })) });
const isFrozen = (value: Rows | undefined): boolean =>
  value !== undefined && [value, value.rows, ...value.rows].every(Object.isFrozen);

let prefixes = 0;
const redis = (): RedisBackend =>
  new RedisBackend({ url: `redis://127.0.0.1:${server.port}`, keyPrefix: `frozen-${prefixes++}:` });
const near = (keep: MemoryKeep): TieredBackend =>
  new TieredBackend({ l1: new InMemoryBackend({ keep }), l2: redis() });

/** What gets give: two at the same time, each right after a set of the same process. */
async function afterSets(cache: TieredBackend | CacheManager, times: number): Promise<(Rows | undefined)[]> {
  const got: (Rows | undefined)[] = [];
  for (let turn = 0; turn < times; turn++) {
    await cache.set('k', rows(3));
    got.push(...(await Promise.all([cache.get<Rows>('k'), cache.get<Rows>('k')])));
  }
  return got;
}

describe('with a first layer that keeps frozen values every get gives one', () => {
  it.each([
    ['of the backend', (cache: TieredBackend) => cache],
    ['of a manager', (cache: TieredBackend) => new CacheManager({ backend: cache })],
  ])('right after a set of the same process, of which Redis tells: %s', async (_, of) => {
    await using cache = near('frozen');
    await waitUntil('Redis tells of changes', async () => cache.stats().trust === 'tracked');
    const got = await afterSets(of(cache), 200);
    expect(got.filter((value) => !isFrozen(value))).toEqual([]);
  });

  it('while Redis does not tell of changes', async () => {
    await using l2 = redis();
    await l2.set('k', rows(3));
    await using cache = new TieredBackend({ l1: new InMemoryBackend({ keep: 'frozen' }), l2 });
    const got = cache.get<Rows>('k');
    expect(cache.stats().trust).toBe('none');
    expect(isFrozen(await got)).toBe(true);
  });

  it('of a value that it has no room for', async () => {
    await using l2 = new InMemoryBackend();
    await using cache = new TieredBackend({
      l1: new InMemoryBackend({ keep: 'frozen', maxBytes: 1_000 }),
      l2,
    });
    await l2.set('k', rows(20_000));
    const got = await Promise.all([cache.get<Rows>('k'), cache.get<Rows>('k')]);
    expect(got.map(isFrozen)).toEqual([true, true]);
  });

  it('where the second layer cannot tell how long the value may be kept', async () => {
    class Timeless extends InMemoryBackend {
      override ttl(): Promise<never> {
        return Promise.reject(new Error('it cannot tell'));
      }
    }
    await using l2 = new Timeless();
    await using cache = new TieredBackend({ l1: new InMemoryBackend({ keep: 'frozen' }), l2 });
    await l2.set('k', rows(3));
    const got = await Promise.all([cache.get<Rows>('k'), cache.get<Rows>('k')]);
    expect(got.map(isFrozen)).toEqual([true, true]);
  });
});

it("with a first layer that keeps bytes every get gives the caller's own", async () => {
  await using cache = near('bytes');
  await waitUntil('Redis tells of changes', async () => cache.stats().trust === 'tracked');
  const got = await afterSets(cache, 50);
  expect(got.filter((value) => Object.isFrozen(value))).toEqual([]);
  expect(new Set(got).size).toBe(got.length);
});
