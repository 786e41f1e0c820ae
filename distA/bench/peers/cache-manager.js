import KeyvRedis from '@keyv/redis';
import { createCache } from 'cache-manager';
import { Keyv } from 'keyv';
/** cache-manager over @keyv/redis, the store that its readme names for Redis. */
export async function open(target) {
    const store = new KeyvRedis(target.url, { namespace: target.prefix, throwOnErrors: true });
    const cache = createCache({
        stores: [new Keyv({ store, namespace: target.prefix, useKeyPrefix: false, throwOnErrors: true })],
    });
    return {
        name: 'cache-manager',
        set: (key, value) => cache.set(key, value),
        get: (key) => cache.get(key),
        setMany: (entries) => cache.mset(entries.map(({ key, value }) => ({ key, value }))),
        getMany: (keys) => cache.mget([...keys]),
        close: async () => {
            await cache.disconnect();
        },
    };
}
