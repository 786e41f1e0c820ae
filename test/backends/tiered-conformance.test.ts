import { afterAll, beforeAll, describe, it } from 'vitest';
import { describeCacheBackend } from '../../dist/conformance.js';
import { InMemoryBackend, RedisBackend, TieredBackend } from '../../dist/index.js';
import { type RunningRedis, startRedis } from '../support/redis-server.js';

let server: RunningRedis;
beforeAll(async () => {
  server = await startRedis();
});
afterAll(() => server.stop());

let backends = 0;

for (const nearCache of [true, false]) {
  describeCacheBackend({
    name: `TieredBackend over Redis, near cache ${nearCache ? 'on' : 'off'}`,
    create: () =>
      new TieredBackend({
        l1: new InMemoryBackend(),
        l2: new RedisBackend({ url: server.url, keyPrefix: `tiers-${backends++}:` }),
        nearCache,
      }),
    runner: { describe, it },
  });
}

describeCacheBackend({
  name: 'TieredBackend in memory alone',
  create: () => new TieredBackend({ l1: new InMemoryBackend(), l2: new InMemoryBackend() }),
  runner: { describe, it },
});
