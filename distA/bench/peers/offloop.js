import { RedisBackend } from '../../index.js';
/** Ours, with default options unless the scenario is about one of them. */
export async function open(target) {
    const cache = new RedisBackend({ url: target.url, keyPrefix: target.prefix, ...target.offloop });
    return {
        name: 'Offloop',
        set: (key, value) => cache.set(key, value),
        get: (key) => cache.get(key),
        getPart: (key, { path, slice }) => cache.get(key, { select: path, slice }),
        bytes: async (key) => (await cache.open(key))?.bytes(),
        json: async (key) => (await cache.open(key))?.json(),
        stream: async (key) => {
            const value = await cache.open(key);
            if (value)
                for await (const _ of value.stream())
                    ;
        },
        setMany: (entries) => cache.setMany(entries),
        getMany: (keys) => cache.getMany(keys),
        clear: () => cache.clear(),
        close: () => cache.close(),
    };
}
