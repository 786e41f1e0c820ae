import { afterAll, beforeAll, it } from 'vitest';
import { InMemoryBackend, RedisBackend, TieredBackend } from '../../dist/index.js';
import { expectProgramOrder } from '../support/random-calls.js';
import { type RunningRedis, startRedis } from '../support/redis-server.js';

let server: RunningRedis;
beforeAll(async () => {
  server = await startRedis();
});
afterAll(() => server.stop());

const OPERATIONS = 5_000;
const TIMEOUT = { timeout: 120_000 };
const TITLE = `${OPERATIONS} random operations, not awaited, answer as a Map in program order`;

function redis(prefix: string): RedisBackend {
  return new RedisBackend({
    url: server.url,
    keyPrefix: prefix,
    inlineLimitBytes: 8_192,
    timeoutMs: 60_000,
  });
}

it(`InMemoryBackend: ${TITLE}`, TIMEOUT, async () => {
  await using bytes = new InMemoryBackend();
  await using frozen = new InMemoryBackend({ keep: 'frozen' });
  await using shared = new InMemoryBackend({ keep: 'shared' });
  await expectProgramOrder([bytes, frozen, shared], OPERATIONS);
});

it(`TieredBackend with a near cache: ${TITLE}`, TIMEOUT, async () => {
  await using cache = new TieredBackend({ l1: new InMemoryBackend(), l2: redis('near:') });
  await expectProgramOrder([cache], OPERATIONS);
});

it(`TieredBackend without a near cache: ${TITLE}`, TIMEOUT, async () => {
  await using cache = new TieredBackend({
    l1: new InMemoryBackend(),
    l2: redis('tiered:'),
    nearCache: false,
  });
  await expectProgramOrder([cache], OPERATIONS);
});

it(`TieredBackend in memory alone: ${TITLE}`, TIMEOUT, async () => {
  await using cache = new TieredBackend({ l1: new InMemoryBackend(), l2: new InMemoryBackend() });
  await expectProgramOrder([cache], OPERATIONS);
});
