import { closeIoredis, connectIoredis } from './ioredis-client.js';
import type { Peer, PeerTarget } from './peer.js';

/** A limit, no cache: ioredis moving the JSON text's bytes with no codec at all. What it gives back is bytes. */
export async function open(target: PeerTarget): Promise<Peer> {
  const redis = await connectIoredis(target);
  const encoded = new WeakMap<object, Buffer>();
  const bytesOf = (value: unknown): Buffer => {
    if (typeof value !== 'object' || value === null) return Buffer.from(JSON.stringify(value));
    const known = encoded.get(value);
    if (known) return known;
    const bytes = Buffer.from(JSON.stringify(value));
    encoded.set(value, bytes);
    return bytes;
  };
  return {
    name: 'ioredis, bytes alone',
    // Encoded at the first call, which is the warm-up's.
    set: (key, value) => redis.set(target.prefix + key, bytesOf(value)),
    get: (key) => redis.getBuffer(target.prefix + key),
    bytes: (key) => redis.getBuffer(target.prefix + key),
    close: () => closeIoredis(redis),
  };
}
