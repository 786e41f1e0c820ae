import type { RedisBackend } from './redis.js';
/** How far the first layer can be trusted now. */
export type Trust = 
/** It is told of every change. */
'tracked'
/** Nobody tells it: an entry counts for `maxStaleMs` from when it was read. */
 | 'bounded'
/** It is not asked, and nothing is put into it. */
 | 'none';
/** What a {@link NearCache} tells. */
export interface NearCacheListener {
    /** These keys may have other values now; undefined for all of them. */
    invalidated(keys: readonly string[] | undefined): void;
}
/**
 * Keeps a first layer right across processes: Redis tells which keys have changed, and while it does not, nothing of the
 * first layer is handed out. Where it refuses to tell, an entry counts for a bounded time.
 */
export declare class NearCache {
    #private;
    readonly maxStaleMs: number;
    constructor(redis: RedisBackend, maxStaleMs: number, listener: NearCacheListener);
    get trust(): Trust;
    /** Keys that Redis told of, and how often it stopped to. */
    get counts(): {
        readonly invalidations: number;
        readonly losses: number;
    };
    close(): void;
}
