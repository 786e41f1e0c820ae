import { Redis } from 'ioredis';
/** An ioredis connection with auto-pipelining, ready to be used; the form every ioredis peer is measured in. */
export async function connectIoredis(target) {
    const redis = new Redis(target.url, { enableAutoPipelining: true, lazyConnect: true });
    await redis.connect();
    return redis;
}
/** The replies of a pipeline; throws the first that is an error, as a failed write must not count as a fast one. */
export function repliesOf(results) {
    return (results ?? []).map(([error, reply]) => {
        if (error)
            throw error;
        return reply;
    });
}
