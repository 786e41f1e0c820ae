import { expect, test } from 'vitest';
import { connectIoredis } from '../../dist/bench/peers/ioredis-client.js';
import { bench } from '../../dist/bench.js';
import { startRedis } from '../support/redis-server.js';

test('a key of the name that redis-benchmark writes stays as it was', async () => {
  const server = await startRedis();
  const redis = await connectIoredis({ url: server.url });
  try {
    await redis.set('key:__rand_int__', 'mine');
    const { results } = await bench({
      url: server.url,
      scenarios: ['get'],
      sizes: ['32KB'],
      peers: [],
      quick: true,
      durationMs: 10,
    });
    expect(await redis.get('key:__rand_int__')).toBe('mine');
    expect(results[0]?.notes).toEqual([
      expect.stringMatching(/^redis-benchmark left out: a key .* is there/),
    ]);
    expect(await redis.keys('*')).toEqual(['key:__rand_int__']);
  } finally {
    redis.disconnect();
    await server.stop();
  }
});
