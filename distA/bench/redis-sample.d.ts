import { type Sample } from './sample.js';
/** What to sample. */
export interface RedisSampleSettings {
    readonly url: string;
    /** Of whole keys, as of SCAN: `myapp:*`. */
    readonly pattern: string;
    /** Values that are read, at most 1 to 256. @default 64 */
    readonly limit?: number;
}
/**
 * Reads some of the values that are cached already: SCAN, TYPE, STRLEN and GET alone, nothing that writes, and no KEYS. What Offloop
 * stored is decoded; other strings are taken as JSON where they are JSON, else as text or bytes. Larger values than 64 MB are
 * left out. Rejects with `ERR_OPTION` where no key matches, else as a backend does.
 */
export declare function sampleRedis({ url, pattern, limit }: RedisSampleSettings): Promise<Sample>;
