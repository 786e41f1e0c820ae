import { availableParallelism } from 'node:os';
import { Piscina } from 'piscina';
import { closeIoredis, connectIoredis } from './ioredis-client.js';
import type { Peer, PeerTarget } from './peer.js';

/**
 * The pool that one writes first: the value goes to a worker and comes back as bytes, the bytes of a get go to a
 * worker and come back as the value, and ioredis stays on the main thread.
 */
export async function open(target: PeerTarget): Promise<Peer> {
  const redis = await connectIoredis(target);
  const pool = new Piscina({
    filename: new URL('./worker-pool-thread.js', import.meta.url).href,
    minThreads: 1,
    maxThreads: availableParallelism(),
    idleTimeout: 60_000,
  });
  return {
    name: 'plain worker pool',
    set: async (key, value) => {
      const bytes: Uint8Array = await pool.run(value, { name: 'encode' });
      return redis.set(target.prefix + key, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    },
    get: async (key) => {
      const reply = await redis.getBuffer(target.prefix + key);
      if (!reply) return undefined;
      const bytes = ownBytes(reply);
      return pool.run(bytes, { name: 'decode', transferList: [bytes.buffer] });
    },
    close: async () => {
      await pool.close();
      await closeIoredis(redis);
    },
  };
}

/** Small replies are views of the socket's chunk: transferring that would take other replies along. */
function ownBytes(reply: Buffer): Uint8Array<ArrayBuffer> {
  const { buffer, byteOffset, byteLength } = reply;
  return buffer instanceof ArrayBuffer && byteOffset === 0 && byteLength === buffer.byteLength
    ? new Uint8Array(buffer)
    : new Uint8Array(reply);
}
