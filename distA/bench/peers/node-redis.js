import { createClient } from 'redis';
/** `JSON.stringify` into node-redis, `JSON.parse` out of it; it pipelines what is called in one turn by itself. */
export async function open(target) {
    const redis = createClient({ url: target.url });
    // Without a listener an error would end the process; every call rejects with it as well.
    redis.on('error', () => undefined);
    await redis.connect();
    const keyOf = (key) => target.prefix + key;
    const parse = (text) => (text === null ? undefined : JSON.parse(text));
    return {
        name: 'node-redis + JSON',
        set: (key, value) => redis.set(keyOf(key), JSON.stringify(value)),
        get: async (key) => parse(await redis.get(keyOf(key))),
        setMany: (entries) => Promise.all(entries.map(({ key, value }) => redis.set(keyOf(key), JSON.stringify(value)))),
        getMany: async (keys) => (await redis.mGet(keys.map(keyOf))).map(parse),
        close: () => redis.close(),
    };
}
