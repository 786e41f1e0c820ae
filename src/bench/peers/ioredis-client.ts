import { Redis } from 'ioredis';
import type { PeerTarget } from './peer.js';

/** A client of ioredis. */
export type IoredisClient = Redis;

/** ioredis checks by INFO, which a server may not have under that name; that it has loaded its data has been seen before a run. */
export const NO_READY_CHECK = { enableReadyCheck: false } as const;

/** An ioredis connection with auto-pipelining, ready to be used; the form every ioredis peer is measured in. */
export async function connectIoredis(target: Pick<PeerTarget, 'url'>): Promise<Redis> {
  const redis = new Redis(target.url, {
    enableAutoPipelining: true,
    lazyConnect: true,
    ...NO_READY_CHECK,
    // A call fails after 20 attempts; with the library's pauses, which grow to 2 s, each would take most of a minute.
    retryStrategy: (times) => Math.min(50 * times, 250),
  });
  return connected(redis);
}

/** The client when it is ready. One that cannot be is ended: it would go on to connect anew, and keep the process. */
export async function connected(redis: Redis): Promise<Redis> {
  // Without a listener ioredis writes each to the console; every call rejects with it as well.
  redis.on('error', () => undefined);
  try {
    await redis.connect();
    return redis;
  } catch (error) {
    redis.disconnect();
    throw error;
  }
}

/** Ends a connection. Where the server has gone it rejects, and does not go on to connect anew. */
export async function closeIoredis(redis: Redis): Promise<void> {
  try {
    await redis.quit();
  } finally {
    redis.disconnect();
  }
}

/** The replies of a pipeline; throws the first that is an error, as a failed write must not count as a fast one. */
export function repliesOf(results: [error: Error | null, reply: unknown][] | null): unknown[] {
  return (results ?? []).map(([error, reply]) => {
    if (error) throw error;
    return reply;
  });
}
