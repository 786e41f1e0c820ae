import { afterAll, beforeAll, expect, it } from 'vitest';
import { RedisBackend } from '../../dist/index.js';
import { expectProgramOrder, valueFor } from '../support/random-calls.js';
import { type RunningRedis, startRedis } from '../support/redis-server.js';

let server: RunningRedis;
beforeAll(async () => {
  server = await startRedis();
});
afterAll(() => server.stop());

const OPERATIONS = 20_000;

it(`${OPERATIONS} random operations, not awaited, answer as a Map in program order`, {
  timeout: 300_000,
}, async () => {
  await using plain = new RedisBackend({ url: server.url, inlineLimitBytes: 8_192, timeoutMs: 60_000 });
  await using packed = new RedisBackend({
    url: server.url,
    inlineLimitBytes: 8_192,
    timeoutMs: 60_000,
    compression: 'gzip',
    pool: { maxThreads: 2 },
  });
  await expectProgramOrder([plain, packed], OPERATIONS);
  const { writes, reads } = plain.stats();
  expect(Math.min(writes.inline, writes.bytes, reads.inline, reads.fetch)).toBeGreaterThan(100);
});

it('close comes after all that was called before it', async () => {
  const cache = new RedisBackend({ url: server.url, keyPrefix: 'close:' });
  const calls = Array.from({ length: 200 }, (_, index) => cache.set(`k${index}`, valueFor(index, index % 4)));
  await cache.close();
  expect(await Promise.all(calls)).toEqual(calls.map(() => undefined));
  await using again = new RedisBackend({ url: server.url, keyPrefix: 'close:' });
  expect(await again.clear()).toBe(200);
});
