import { expect, it } from 'vitest';
import { InMemoryBackend, TieredBackend } from '../../dist/index.js';
import { thrownBy } from '../support/error-code.js';

it.each([0, -1, Number.NaN, '5', null])('l1Ttl: %j is ERR_TTL, by its own name', async (l1Ttl) => {
  await using l1 = new InMemoryBackend();
  await using l2 = new InMemoryBackend();
  const options = { l1, l2, l1Ttl: l1Ttl as number };
  const { code, message } = thrownBy(() => new TieredBackend(options));
  expect([code, message]).toEqual(['ERR_TTL', expect.stringMatching(/^l1Ttl must be a number of seconds/)]);
});

it('without options it says that none were given', () => {
  const { code, message } = thrownBy(() => Reflect.construct(TieredBackend, []));
  expect([code, message]).toEqual([
    'ERR_OPTION',
    'TieredBackend: options must be an object, received undefined',
  ]);
});

it('a call that takes no options refuses what it is given, and does nothing', async () => {
  await using cache = new TieredBackend({ l1: new InMemoryBackend(), l2: new InMemoryBackend() });
  await cache.set('k', 1);
  for (const call of ['get', 'delete', 'exists', 'ttl'] as const) {
    const message = `${call} takes no options, received an object`;
    const called = Reflect.apply(cache[call], cache, ['k', { select: [0] }]) as Promise<unknown>;
    await expect(called).rejects.toMatchObject({ code: 'ERR_OPTION', message });
  }
  const cleared = Reflect.apply(cache.clear, cache, [{}]) as Promise<unknown>;
  await expect(cleared).rejects.toMatchObject({ code: 'ERR_OPTION' });
  expect(await cache.get('k')).toBe(1);
});
