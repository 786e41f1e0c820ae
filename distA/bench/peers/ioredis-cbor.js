import { Decoder, Encoder } from 'cbor-x';
import { connectIoredis, repliesOf } from './ioredis-client.js';
/** cbor-x with its record extension, on the main thread, into ioredis: the fastest thing without a worker. */
export async function open(target) {
    const redis = await connectIoredis(target);
    const encoder = new Encoder({ useRecords: true });
    const decoder = new Decoder({ useRecords: false, mapsAsObjects: true });
    const keyOf = (key) => target.prefix + key;
    const decode = (bytes) => (bytes ? decoder.decode(bytes) : undefined);
    return {
        name: 'ioredis + cbor-x',
        set: (key, value) => redis.set(keyOf(key), encoder.encode(value)),
        get: async (key) => decode(await redis.getBuffer(keyOf(key))),
        setMany: async (entries) => {
            const pipeline = redis.pipeline();
            for (const { key, value } of entries)
                pipeline.set(keyOf(key), encoder.encode(value));
            return repliesOf(await pipeline.exec());
        },
        getMany: async (keys) => (await redis.mgetBuffer(keys.map(keyOf))).map(decode),
        close: async () => {
            await redis.quit();
        },
    };
}
