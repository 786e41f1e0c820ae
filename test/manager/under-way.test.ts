import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CacheBackend, CacheManager, InMemoryBackend, RedisBackend } from '../../dist/index.js';
import { UnderWay } from '../../dist/manager/under-way.js';
import { BYTES_OF_OWN_KEY, bytesPerCutKey } from '../support/cut-keys.js';
import { type RunningRedis, startRedis } from '../support/redis-server.js';
import { waitUntil } from '../support/wait-until.js';

let server: RunningRedis;
let places = 0;
beforeAll(async () => {
  server = await startRedis();
});
afterAll(async () => {
  await server.stop();
});

const inRedis = () => new RedisBackend({ url: server.url, keyPrefix: `under-way-${places++}:` });
const BACKENDS: readonly { name: string; open: () => CacheBackend }[] = [
  { name: 'Redis', open: inRedis },
  { name: 'memory', open: () => new InMemoryBackend() },
];

/** A factory that goes on until it is told to end, whatever its signal says. */
function held(value: string) {
  let end = (): void => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  return { end, factory: () => ended.then(() => value) };
}

/** A tenant for whom a value with a tag is being made. */
async function making(cache: CacheManager, value: string) {
  const { end, factory } = held(value);
  const tenant = cache.forTenant('a');
  const call = tenant.getOrSet('k', factory, { tags: ['t'] });
  await waitUntil('it is being made', async () => tenant.stats().factoryCalls === 1);
  return { end, call };
}

/** A call of `getOrSet` whose caller has left while the factory runs. */
async function abandoned(cache: CacheManager, key: string, factory: () => Promise<string>): Promise<void> {
  const leaver = new AbortController();
  const calls = cache.stats().factoryCalls;
  const call = cache.getOrSet(key, factory, { signal: leaver.signal }).catch((error) => error.code);
  await waitUntil('it is being made', async () => cache.stats().factoryCalls > calls);
  leaver.abort();
  expect(await call).toBe('ERR_ABORTED');
}

describe.each(BACKENDS)('a factory that nobody waits for, in $name', ({ open }) => {
  it.each([
    ['set', 'SET', (cache: CacheManager) => cache.set('k', 'SET')],
    ['delete', undefined, (cache: CacheManager) => cache.delete('k')],
    ['clear', undefined, (cache: CacheManager) => cache.clear()],
    ['getOrSet', 'NEW', (cache: CacheManager) => cache.getOrSet('k', () => 'NEW')],
  ])('does not overwrite a later %s', async (_, expected, later) => {
    await using cache = new CacheManager({ backend: open() });
    const { end, factory } = held('OLD');
    await abandoned(cache, 'k', factory);
    await later(cache);
    end();
    await sleep(50);
    expect(await cache.get('k')).toBe(expected);
    expect(cache.stats().factoryErrors).toBe(0);
  });
});

describe.each(BACKENDS)('several who wait for one value, in $name', ({ open }) => {
  it('a caller who leaves takes nothing from what goes on in the background: a later set wins, and there is one factory', async () => {
    await using cache = new CacheManager({ backend: open() });
    const how = { ttl: 60, grace: 60, softTimeout: 0.05, lease: false } as const;
    await cache.getOrSet('k', () => 'FIRST', { ...how, ttl: 0.02 });
    await sleep(40);
    const { end, factory } = held('OLD');
    expect(await cache.getOrSet('k', factory, how)).toBe('FIRST');
    const leaver = new AbortController();
    const leaving = cache.getOrSet('k', factory, { ...how, softTimeout: 60, signal: leaver.signal });
    setTimeout(() => leaver.abort(), 20);
    await expect(leaving).rejects.toMatchObject({ code: 'ERR_ABORTED' });
    expect(await cache.getOrSet('k', () => 'SECOND', how)).toBe('FIRST');
    expect(cache.stats().factoryCalls).toBe(2);
    await cache.set('k', 'SET');
    end();
    await sleep(50);
    expect(await cache.get('k')).toBe('SET');
  });

  it('one who leaves does not end what another waits for who came after an invalidation', async () => {
    await using cache = new CacheManager({ backend: open() });
    const { end, factory } = held('MADE');
    const leaver = new AbortController();
    const leaving = cache.getOrSet('k', factory, { signal: leaver.signal }).catch((error) => error.code);
    await waitUntil('it is being made', async () => cache.stats().factoryCalls === 1);
    await cache.invalidate('of something else');
    const staying = cache.getOrSet('k', () => 'ANOTHER').catch((error) => error.code);
    await sleep(50);
    leaver.abort();
    expect(await leaving).toBe('ERR_ABORTED');
    end();
    expect(await staying).toBe('MADE');
  });

  it('a set or delete while the marks of a long-lived value are prolonged wins', async () => {
    await using cache = new CacheManager({ backend: open() });
    for (const [later, expected] of [
      [(key: string) => cache.set(key, 'SET'), 'SET'],
      [(key: string) => cache.delete(key), undefined],
    ] as const) {
      for (let turns = 0; turns < 8; turns++) {
        const key = `${expected}-${turns}`;
        let begin = (): void => {};
        const begun = new Promise<void>((resolve) => {
          begin = resolve;
        });
        const factory = () => {
          begin();
          return 'OLD';
        };
        const call = cache.getOrSet(key, factory, { ttl: 7 * 86_400, tags: [key] });
        await begun;
        for (let turn = 0; turn < turns; turn++) await Promise.resolve();
        if (turns > 3) await new Promise(setImmediate);
        await Promise.all([later(key), call]);
        expect(await cache.get(key)).toBe(expected);
      }
    }
  });

  it('what is set or removed while a stale value is looked for is not refreshed', async () => {
    await using cache = new CacheManager({ backend: open() });
    const how = { ttl: 60, staleWhileRevalidate: 60 };
    for (const later of [() => cache.set('k', 'SET'), () => cache.delete('k')]) {
      await cache.getOrSet('k', () => 'FIRST', { ...how, ttl: 0.02 });
      await sleep(40);
      const looking = cache.getOrSet('k', () => 'REFRESHED', how);
      await Promise.all([later(), looking]);
      await sleep(50);
      expect(await cache.get('k')).not.toBe('REFRESHED');
      await cache.delete('k');
    }
  });
});

it('close tells who is looking for a value too, and gives leases back', async () => {
  for (const delay of [0, 50]) {
    const keyPrefix = `closing-${places++}:`;
    const cache = new CacheManager({ backend: new RedisBackend({ url: server.url, keyPrefix }) });
    await cache.set('other', 1);
    const call = cache.getOrSet('k', () => new Promise(() => {})).catch((error) => error.code);
    if (delay > 0) await sleep(delay);
    await cache.close();
    expect(await call).toBe('ERR_CLOSED');
    await using next = new CacheManager({ backend: new RedisBackend({ url: server.url, keyPrefix }) });
    const begin = performance.now();
    expect(await next.getOrSet('k', () => 'MADE')).toBe('MADE');
    expect(performance.now() - begin).toBeLessThan(3_000);
  }
});

it('places of keys that were superseded while they were looked for are not kept', async () => {
  const underWay = new UnderWay();
  const domain = { underWay, prefix: '', tagPrefix: '' };
  await using cache = new CacheManager({ backend: new InMemoryBackend() }, { domain });
  for (let round = 0; round < 30; round++) {
    const calls = Array.from({ length: 100 }, (_, at) => cache.getOrSet(`${round}-${at}`, async () => at));
    await cache.invalidate('t');
    await Promise.all(calls);
  }
  expect(underWay.places.size).toBeLessThanOrEqual(1_100);
});

it('a factory that never ends gives its lease back when nobody waits for it', async () => {
  const backend = inRedis();
  await using cache = new CacheManager({ backend });
  await using other = new CacheManager({ backend });
  await abandoned(cache, 'k', held('OLD').factory);
  const startedAt = performance.now();
  expect(await other.getOrSet('k', () => 'NEW')).toBe('NEW');
  expect(performance.now() - startedAt).toBeLessThan(2_000);
  expect(await cache.get('k')).toBe('NEW');
});

it('getOrSet comes after a set with tags that was called before it', async () => {
  await using cache = new CacheManager({ backend: inRedis() });
  const set = cache.set('k', 'SET', { tags: ['t'] });
  expect(await cache.getOrSet('k', () => 'FACTORY')).toBe('SET');
  await set;
  expect(await cache.get('k')).toBe('SET');
});

it('many callers with one signal leave one listener on it', async () => {
  await using cache = new CacheManager({ backend: new InMemoryBackend() });
  const warnings: Error[] = [];
  const listener = (warning: Error) => warnings.push(warning);
  process.on('warning', listener);
  const { signal } = new AbortController();
  const calls = Array.from({ length: 30 }, (_, n) => cache.getOrSet(`k${n}`, () => sleep(5, n), { signal }));
  expect(await Promise.all(calls)).toEqual(calls.map((_, n) => n));
  await new Promise(setImmediate);
  process.off('warning', listener);
  expect(warnings).toEqual([]);
});

describe.each(BACKENDS)('two views of one tenant, in $name', ({ open }) => {
  it('share fetch, decoding and factory', async () => {
    await using cache = new CacheManager({ backend: open() });
    let made = 0;
    const make = async () => {
      made += 1;
      await sleep(50);
      return { made };
    };
    const calls = Array.from({ length: 100 }, () =>
      cache.forTenant('acme').getOrSet('k', make, { lease: false }),
    );
    const values = await Promise.all(calls);
    expect(made).toBe(1);
    expect(new Set(values).size).toBe(1);
    expect(await cache.forTenant('other').getOrSet('k', () => 'own')).toBe('own');
    expect(await cache.getOrSet('k', () => 'own')).toBe('own');
  });

  it.each([
    ['set of the other', 'SET', (cache: CacheManager) => cache.forTenant('a').set('k', 'SET')],
    ['clear of the other', undefined, (cache: CacheManager) => cache.forTenant('a').clear()],
    ['clear of the manager', undefined, (cache: CacheManager) => cache.clear()],
    ['tag of the other', undefined, (cache: CacheManager) => cache.forTenant('a').invalidate('t')],
  ])('a %s outdates what is being made', async (_, expected, later) => {
    await using cache = new CacheManager({ backend: open() });
    const { end, call } = await making(cache, 'OLD');
    await later(cache);
    end();
    expect(await call).toBe('OLD');
    expect(await cache.forTenant('a').get('k')).toBe(expected);
  });

  it.each([
    ['a key of the manager', (cache: CacheManager) => cache.set('k', 'other')],
    ['a key of another tenant', (cache: CacheManager) => cache.forTenant('b').set('k', 'other')],
    ['a tag of the manager', (cache: CacheManager) => cache.invalidate('t')],
    ['a tag of another tenant', (cache: CacheManager) => cache.forTenant('b').invalidate('t')],
    ['the end of the other', (cache: CacheManager) => cache.forTenant('a').close()],
  ])('%s is not theirs', async (_, later) => {
    await using cache = new CacheManager({ backend: open() });
    const { end, call } = await making(cache, 'MADE');
    await later(cache);
    end();
    expect(await call).toBe('MADE');
    expect(await cache.forTenant('a').get('k')).toBe('MADE');
  });
});

it('a key that is cut out of a long text does not keep that once it has been got', async () => {
  await using cache = new CacheManager({ backend: new InMemoryBackend() });
  expect(await bytesPerCutKey((key) => cache.getOrSet(key, () => 1))).toBeLessThan(BYTES_OF_OWN_KEY);
});
