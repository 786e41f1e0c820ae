import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { OrderedCalls } from '../../dist/backends/ordered-calls.js';
import {
  type CacheBackend,
  CacheManager,
  InMemoryBackend,
  RedisBackend,
  TieredBackend,
} from '../../dist/index.js';
import { freePort } from '../support/free-port.js';

it('a call whose turn does not come in time does nothing, and gives its turn on', async () => {
  const calls = new OrderedCalls('store', 40);
  const done: string[] = [];
  const first = calls.run('k', 'write', async () => {
    await sleep(200);
    done.push('first');
  });
  const late = [
    calls.run('k', 'write', () => done.push('write')),
    calls.run('k', 'read', () => done.push('read')),
  ];
  const other = calls.run('other', 'write', () => done.push('other'));
  const message = 'the store: "k": earlier calls on the key did not end within 40 ms';
  await expect(late[0]).rejects.toMatchObject({ code: 'ERR_TIMEOUT', outcome: 'not-applied', message });
  await expect(late[1]).rejects.toMatchObject({ code: 'ERR_TIMEOUT', outcome: undefined });
  await other;
  await sleep(130);
  const next = calls.run('k', 'write', () => done.push('next'));
  await Promise.all([first, next]);
  expect(done).toEqual(['other', 'first', 'next']);
  expect(calls.isIdle).toBe(true);
  await calls.close(() => {});
});

it('without a limit a call waits for its turn for as long as it takes', async () => {
  const calls = new OrderedCalls('store');
  const first = calls.run('k', 'write', () => sleep(150));
  expect(await calls.run('k', 'write', () => 'done')).toBe('done');
  await first;
});

const TIMEOUT_MS = 400;
const MANAGERS: readonly [
  string,
  object,
  (redis: RedisBackend) => ConstructorParameters<typeof CacheManager>[0],
][] = [
  [
    'two tiers',
    {},
    (l2) => ({ backend: new TieredBackend({ l1: new InMemoryBackend(), l2 }) as CacheBackend }),
  ],
  ['sets with tags', { tags: ['t'] }, (backend) => ({ backend })],
  ['instant clears', {}, (backend) => ({ backend, instantClears: true })],
];

it.each(MANAGERS)(
  'while Redis is away calls on one key do not wait one for another: %s',
  async (_, options, of) => {
    const redis = new RedisBackend({ url: `redis://127.0.0.1:${await freePort()}`, timeoutMs: TIMEOUT_MS });
    await using cache = new CacheManager(of(redis));
    const begin = performance.now();
    const sets = await Promise.allSettled(Array.from({ length: 10 }, (_, n) => cache.set('k', n, options)));
    expect(sets.map(({ status }) => status)).toEqual(Array(10).fill('rejected'));
    expect(await cache.getOrSet('k', () => 'made')).toBe('made');
    // One after another they would take ten times the time.
    expect(performance.now() - begin).toBeLessThan(5 * TIMEOUT_MS);
  },
);
