import KeyvRedis from '@keyv/redis';
import { Keyv } from 'keyv';
/** Keyv over @keyv/redis, as its readme sets it up, with errors thrown so that none counts as a fast call. */
export async function open(target) {
    const store = new KeyvRedis(target.url, { namespace: target.prefix, throwOnErrors: true });
    const keyv = new Keyv({ store, namespace: target.prefix, useKeyPrefix: false, throwOnErrors: true });
    return {
        name: 'keyv',
        set: (key, value) => keyv.set(key, value),
        get: (key) => keyv.get(key),
        setMany: (entries) => keyv.setMany(entries.map(({ key, value }) => ({ key, value }))),
        getMany: (keys) => keyv.getMany([...keys]),
        close: () => keyv.disconnect(),
    };
}
