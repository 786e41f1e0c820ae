import { afterAll, beforeAll, expect, test } from 'vitest';
import { RedisBackend } from '../../dist/index.js';
import { youngCollection } from '../../dist/offload/young-collection.js';
import { collectGarbage } from '../support/collect-garbage.js';
import { type RunningRedis, startRedis } from '../support/redis-server.js';

const BYTES = 300_000;
const READS = 60;

let server: RunningRedis;
let cache: RedisBackend;
beforeAll(async () => {
  server = await startRedis();
  cache = new RedisBackend({ url: server.url });
  await cache.set('large', Buffer.alloc(BYTES, 1));
});
afterAll(async () => {
  await cache.close();
  await server.stop();
});

test.each([
  ['get', () => cache.get('large')],
  ['bytes()', async () => (await cache.open('large'))?.bytes()],
])('what %s gave is freed by young collections once nobody has it', async (_, read) => {
  for (let warm = 0; warm < 20; warm += 1) await read();
  collectGarbage();
  const before = process.memoryUsage().external;
  let most = 0;
  for (let count = 1; count <= READS; count += 1) {
    await read();
    if (count % 5 === 0) youngCollection.collect();
    most = Math.max(most, process.memoryUsage().external - before);
  }
  // Five of them lie between two collections, and what these found alive stays for one more.
  expect(most).toBeLessThan(10 * BYTES);
});
