import { closeIoredis, connectIoredis, repliesOf } from './ioredis-client.js';
import type { Peer, PeerTarget } from './peer.js';

/** What most services do: `JSON.stringify` into ioredis, `JSON.parse` out of it. The baseline of every ratio. */
export async function open(target: PeerTarget): Promise<Peer> {
  const redis = await connectIoredis(target);
  const keyOf = (key: string) => target.prefix + key;
  const parse = (text: string | null | undefined) =>
    typeof text === 'string' ? JSON.parse(text) : undefined;
  return {
    name: 'ioredis + JSON',
    set: (key, value) => redis.set(keyOf(key), JSON.stringify(value)),
    get: async (key) => parse(await redis.get(keyOf(key))),
    setMany: async (entries) => {
      const pipeline = redis.pipeline();
      for (const { key, value } of entries) pipeline.set(keyOf(key), JSON.stringify(value));
      return repliesOf(await pipeline.exec());
    },
    getMany: async (keys) => (await redis.mget(keys.map(keyOf))).map(parse),
    // The first thing that one writes, and what many libraries still run.
    clear: async () => {
      const keys = await redis.keys(`${target.prefix}*`);
      return keys.length === 0 ? 0 : redis.del(keys);
    },
    close: () => closeIoredis(redis),
  };
}
