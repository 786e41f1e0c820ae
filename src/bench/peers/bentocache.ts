import { BentoCache, bentostore } from 'bentocache';
import { redisDriver } from 'bentocache/drivers/redis';
import { Redis } from 'ioredis';
import { connected, NO_READY_CHECK } from './ioredis-client.js';
import type { Peer, PeerTarget } from './peer.js';

/** bentocache with its Redis driver as the only layer: the memory layer would answer gets without Redis. */
export async function open(target: PeerTarget): Promise<Peer> {
  const redis = await connected(new Redis(target.url, { lazyConnect: true, ...NO_READY_CHECK }));
  const bento = new BentoCache({
    default: 'redis',
    prefix: target.prefix,
    suppressL2Errors: false,
    stores: { redis: bentostore().useL2Layer(redisDriver({ connection: redis })) },
  });
  return {
    name: 'bentocache',
    set: (key, value) => bento.setForever({ key, value }),
    get: (key) => bento.get({ key }),
    close: async () => {
      try {
        await bento.disconnectAll();
      } finally {
        redis.disconnect();
      }
    },
  };
}
