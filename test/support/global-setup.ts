import { startRedis } from './redis-server.js';

/**
 * Runs once, before all tests: what takes long the first time (installing a package, pulling an image) happens
 * here and not within the time of some test, and a machine on which no Redis can be had says so once.
 */
export async function setup(): Promise<void> {
  const redis = await startRedis();
  await redis.stop();
}
