import { BentoCache, bentostore } from 'bentocache';
import { redisDriver } from 'bentocache/drivers/redis';
import { Redis } from 'ioredis';
/** bentocache with its Redis driver as the only layer: the memory layer would answer gets without Redis. */
export async function open(target) {
    const redis = new Redis(target.url, { lazyConnect: true });
    await redis.connect();
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
        close: () => bento.disconnectAll(),
    };
}
