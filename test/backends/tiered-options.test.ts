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
