import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { InMemoryBackend } from '../../dist/backends/memory.js';
import { CacheManager } from '../../dist/manager/cache-manager.js';

const closed = { name: 'OffloopError', code: 'ERR_CLOSED', message: 'the cache manager was closed' };
const CALLS: readonly [name: string, outcome: string | undefined, (cache: CacheManager) => unknown][] = [
  ['get', undefined, (cache) => cache.get('k')],
  ['exists', undefined, (cache) => cache.exists('k')],
  ['set', 'not-applied', (cache) => cache.set('k', 2)],
  ['a set with tags', 'not-applied', (cache) => cache.set('k', 2, { tags: ['t'] })],
  ['delete', 'not-applied', (cache) => cache.delete('k')],
  ['invalidate', 'not-applied', (cache) => cache.invalidate('t')],
  ['clear', 'not-applied', (cache) => cache.clear()],
  ['an instant clear', 'not-applied', (cache) => cache.clear({ instant: true })],
  ['reclaim', 'not-applied', (cache) => cache.reclaim()],
  ['getOrSet', undefined, (cache) => cache.getOrSet('k', () => 2)],
  ['forTenant', undefined, (cache) => cache.forTenant('a')],
  ['schema', undefined, (cache) => cache.schema(z.number())],
];
const VIEWS: readonly [name: string, (cache: CacheManager) => CacheManager][] = [
  ['a manager', (cache) => cache],
  ['a tenant', (cache) => cache.forTenant('a')],
];

describe.each(VIEWS)('close of %s', (_name, viewOf) => {
  it.each(CALLS)(
    '%s in the same turn after it is ERR_CLOSED, and changes nothing',
    async (_, outcome, call) => {
      const backend = new Unending();
      const view = viewOf(new CacheManager({ backend }));
      await view.set('k', 1);
      const keys = backend.size;
      const closing = view.close();
      await expect((async () => call(view))()).rejects.toMatchObject({ ...closed, outcome });
      await closing;
      expect(backend.size).toBe(keys);
    },
  );

  it('what was called before it ends as it would without it, whatever steps that takes', async () => {
    const backend = new Unending();
    const view = viewOf(new CacheManager({ backend }));
    await view.set('tagged', 1, { tags: ['t'] });
    const before = [
      view.set('k', 2, { tags: ['t'] }),
      view.get('tagged'),
      view.get('k'),
      view.exists('k'),
      view.delete('tagged'),
    ];
    await view.close();
    expect(await Promise.all(before)).toEqual([undefined, 1, 2, true, true]);
  });
});

it('a manager ends its views, and what they were asked before ends properly', async () => {
  const cache = new CacheManager({ backend: new InMemoryBackend() });
  const tenant = cache.forTenant('a');
  const typed = cache.schema(z.number(), { version: '1' });
  await tenant.set('k', 1, { tags: ['t'] });
  await typed.set('k', 1);
  const before = [tenant.get('k'), tenant.set('l', 2, { tags: ['t'] }), typed.get('k'), typed.set('l', 2)];
  const closing = cache.close();
  for (const call of [tenant.get('k'), tenant.getOrSet('k', () => 2), typed.get('k'), typed.delete('k')])
    await expect(call).rejects.toMatchObject(closed);
  expect(await Promise.all(before)).toEqual([1, undefined, 1, undefined]);
  await closing;
});

it('a view that is closed ends alone, and so does a tenant within it', async () => {
  await using cache = new CacheManager({ backend: new InMemoryBackend() });
  const tenant = cache.forTenant('a');
  const inner = tenant.forTenant('b');
  const closing = tenant.close();
  await Promise.all([cache.set('k', 1), inner.set('k', 2), cache.forTenant('a').set('k', 3)]);
  await closing;
  expect(await Promise.all([cache.get('k'), inner.get('k'), cache.forTenant('a').get('k')])).toEqual([
    1, 2, 3,
  ]);
});

/** Shows what a manager that has ended still does to it. */
class Unending extends InMemoryBackend {
  override async close() {}
}
