import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { InMemoryBackend, TieredBackend } from '../../dist/index.js';

it.each([
  ['a tiered cache', (store: InMemoryBackend) => new TieredBackend({ l1: new InMemoryBackend(), l2: store })],
  ['a view', (store: InMemoryBackend) => store.withPrefix('v:')],
])('an entry stays no longer than it has left in the second layer: %s', async (_name, secondOf) => {
  const second = secondOf(new InMemoryBackend());
  await using cache = new TieredBackend({ l1: new InMemoryBackend(), l2: second });
  await second.set('k', 1, { ttl: 0.05 });
  expect(await cache.get('k')).toBe(1);
  await sleep(80);
  expect(await cache.get('k')).toBeUndefined();
});
