import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { CacheManager, type GetOrSetOptions, InMemoryBackend } from '../../dist/index.js';
import { policyOf } from '../../dist/manager/get-or-set-options.js';
import { Pauses } from '../../dist/manager/pauses.js';
import { waitUntil } from '../support/wait-until.js';

/** A cache that holds a value no longer fresh, and a factory that fails until it is mended. */
async function withStale(options: GetOrSetOptions) {
  const cache = new CacheManager({ backend: new InMemoryBackend() });
  const source = { calls: 0, isBroken: true };
  const factory = async (): Promise<string> => {
    source.calls++;
    await sleep(5);
    if (source.isBroken) throw new Error('no source');
    return 'new';
  };
  await cache.getOrSet('k', () => 'old', { ...options, ttl: 0.03 });
  await sleep(50);
  const read = (more?: GetOrSetOptions) => cache.getOrSet<string>('k', factory, { ...options, ...more });
  return { cache, source, read, [Symbol.asyncDispose]: () => cache.close() };
}

describe('after a factory has failed', () => {
  it('a value in grace is given at once for the pause, and the factory is called after it', async () => {
    await using stale = await withStale({ grace: 60, graceBackoff: 0.2 });
    const { cache, source, read } = stale;
    for (let i = 0; i < 20; i++) expect(await read()).toBe('old');
    expect(source.calls).toBe(1);
    expect(cache.stats()).toMatchObject({ stale: 20, backoffs: 19, factoryErrors: 1 });
    await sleep(220);
    source.isBroken = false;
    expect(await read()).toBe('new');
  });

  it('the pause is 10 s where none is given', async () => {
    for (const options of [undefined, {}]) expect(policyOf(options).backoffMs).toBe(10_000);
    await using stale = await withStale({ grace: 60 });
    await stale.read();
    await stale.read();
    expect(stale.source.calls).toBe(1);
    await sleep(5);
    await stale.read({ graceBackoff: 0.001 });
    expect(stale.source.calls).toBe(2);
  });

  it('0 calls the factory each time', async () => {
    await using stale = await withStale({ grace: 60, graceBackoff: 0 });
    for (let i = 0; i < 3; i++) expect(await stale.read()).toBe('old');
    expect(stale.source.calls).toBe(3);
  });

  it.each([
    ['staleWhileRevalidate', { staleWhileRevalidate: 60 }],
    ['softTimeout', { grace: 60, softTimeout: 0.001 }],
    ['hardTimeout', { grace: 60, hardTimeout: 0.002 }],
  ])('no refresh is begun within the pause: %s', async (_, options) => {
    await using stale = await withStale(options);
    const { cache, source, read } = stale;
    expect(await read()).toBe('old');
    await waitUntil('it has failed', async () => cache.stats().factoryErrors === 1);
    for (let i = 0; i < 5; i++) expect(await read()).toBe('old');
    await sleep(20);
    expect(source.calls).toBe(1);
  });

  it('no early refresh is begun within the pause', async () => {
    await using cache = new CacheManager({ backend: new InMemoryBackend() });
    await cache.getOrSet('k', () => 'old', { ttl: 60 });
    let calls = 0;
    const fail = (): string => {
      calls++;
      throw new Error('no source');
    };
    await sleep(10);
    for (let i = 0; i < 5; i++) {
      expect(await cache.getOrSet('k', fail, { earlyRefresh: 0.000_01 })).toBe('old');
      await sleep(5);
    }
    expect(calls).toBe(1);
    expect(cache.stats()).toMatchObject({ backoffs: 4 });
  });

  it('without a value at hand the factory is called, and what it throws is told', async () => {
    await using stale = await withStale({ grace: 60 });
    const { source, read } = stale;
    await read();
    await expect(read({ grace: 0 })).rejects.toThrow('no source');
    await expect(read({ grace: 0 })).rejects.toThrow('no source');
    expect(source.calls).toBe(3);
  });

  const CHANGES: Record<string, (cache: CacheManager) => Promise<unknown>> = {
    'a delete': (cache) => cache.delete('k'),
    'an invalidate': (cache) => cache.invalidate('t'),
    'a clear': (cache) => cache.clear(),
    'a set that has expired': (cache) => cache.set('k', 'set', { ttl: 0.01 }).then(() => sleep(30)),
    'a set that fails': (cache) => cache.set('k', () => 'no data').catch(() => {}),
  };
  it.each(Object.entries(CHANGES))('it ends with %s', async (_, change) => {
    await using stale = await withStale({ grace: 60, tags: ['t'] });
    const { cache, source, read } = stale;
    await read();
    await change(cache);
    source.isBroken = false;
    expect(await read()).toBe('new');
  });

  it('a value that another has made since is not under the pause', async () => {
    const backend = new InMemoryBackend();
    await using cache = new CacheManager({ backend });
    const other = new CacheManager({ backend });
    const options = { ttl: 0.03, grace: 60 };
    const fail = (): never => {
      throw new Error('no source');
    };
    await cache.getOrSet('k', () => 'old', options);
    await sleep(50);
    expect(await cache.getOrSet<unknown>('k', fail, options)).toBe('old');
    await other.getOrSet('k', () => 'other', options);
    await sleep(50);
    expect(await cache.getOrSet('k', () => 'new', options)).toBe('new');
  });

  it('what a factory made that was not stored ends the pause too', async () => {
    await using stale = await withStale({ grace: 60 });
    const { source, read } = stale;
    await read();
    source.isBroken = false;
    const unstored = { graceBackoff: 0, ttl: () => 0 };
    expect(await read(unstored)).toBe('new');
    expect(await read(unstored)).toBe('new');
    expect(await read()).toBe('new');
    expect(source.calls).toBe(4);
  });

  it('one that was outdated while it ran begins no pause', async () => {
    await using stale = await withStale({ grace: 60 });
    const { cache, source, read } = stale;
    const call = read();
    await waitUntil('it is being made', async () => source.calls === 1);
    await cache.delete('k');
    expect(await call).toBe('old');
    source.isBroken = false;
    expect(await read()).toBe('new');
  });

  it('a pause that is no time from 0 on is refused', async () => {
    await using cache = new CacheManager({ backend: new InMemoryBackend() });
    for (const graceBackoff of [-1, Number.NaN, Number.POSITIVE_INFINITY])
      await expect(cache.getOrSet('k', () => 1, { graceBackoff })).rejects.toMatchObject({
        code: 'ERR_OPTION',
        message: expect.stringContaining('graceBackoff'),
      });
  });
});

it('of more keys than 1,000 those are known that failed last', () => {
  const pauses = new Pauses();
  const stale = { value: 1, note: undefined };
  pauses.begin('first', stale);
  pauses.begin('second', stale);
  pauses.begin('first', stale);
  for (let i = 0; i < 999; i++) pauses.begin(`k${i}`, stale);
  expect(pauses.holds('first', stale, 60_000)).toBe(true);
  expect(pauses.holds('second', stale, 60_000)).toBe(false);
});
