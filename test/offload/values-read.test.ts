import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CachedValue, RedisBackend } from '../../dist/index.js';
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

// Opened once: what is alive at a collection and comes with a reply of ioredis is kept until a full one.
test.each([
  ['get', async () => () => cache.get('large')],
  ['bytes()', async () => bytesOf(await cache.open('large'))],
])('what %s gave is freed by young collections once nobody has it', async (_, opened) => {
  const read = await opened();
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

function bytesOf(handle: CachedValue | undefined): () => Promise<Buffer> {
  if (!handle) throw new Error('there is no value');
  return () => handle.bytes();
}
