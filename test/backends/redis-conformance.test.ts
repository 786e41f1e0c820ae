import { afterAll, beforeAll, describe, it } from 'vitest';
import { describeCacheBackend } from '../../dist/conformance.js';
import { RedisBackend, type RedisBackendOptions } from '../../dist/index.js';
import { type RunningRedis, startRedis } from '../support/redis-server.js';

let server: RunningRedis;
beforeAll(async () => {
  server = await startRedis();
});
afterAll(() => server.stop());

let backends = 0;

/** Settings under which every backend must pass: each takes its values another way. */
const SETTINGS: readonly { name: string; options: RedisBackendOptions; richTypes: boolean }[] = [
  { name: 'RedisBackend, default options', options: {}, richTypes: true },
  {
    name: 'RedisBackend, all by workers',
    options: { offload: 'always', compression: 'gzip' },
    richTypes: true,
  },
  { name: 'RedisBackend, codec json', options: { codec: 'json' }, richTypes: false },
];

for (const { name, options, richTypes } of SETTINGS) {
  describeCacheBackend({
    name,
    // A prefix of its own for each: what a test leaves behind is not seen by the next.
    create: () => new RedisBackend({ url: server.url, keyPrefix: `conformance-${backends++}:`, ...options }),
    runner: { describe, it },
    features: { richTypes },
  });
}
