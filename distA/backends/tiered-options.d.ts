import type { CacheBackend } from './cache-backend.js';
import { RedisBackend } from './redis.js';
/** Options of a `TieredBackend`. */
export interface TieredBackendOptions {
    /** The first layer, as a rule an `InMemoryBackend`: asked first, and bounded. Nobody else may use it. */
    readonly l1: CacheBackend;
    /** The second layer, as a rule a `RedisBackend`: what it has is what is right. */
    readonly l2: CacheBackend;
    /**
     * Seconds that an entry stays in the first layer at most, above 0: less where the entry itself has less left.
     * @default 300
     */
    readonly l1Ttl?: number | undefined;
    /**
     * Keeps the first layer right across processes: Redis tells what changes (docs/near-cache.md). `l2` must be a `RedisBackend`.
     * Without it another process's write is seen when `l1Ttl` is over.
     * @default true where `l2` is a RedisBackend
     */
    readonly nearCache?: boolean | NearCacheOptions | undefined;
}
/** Options of the near cache. */
export interface NearCacheOptions {
    /**
     * The longest that a changed value may still be answered, in ms, 20 to 3,600,000, where Redis does not tell of changes: the
     * connection hangs, or it refuses to. Within it the connection is asked four times for a sign of life.
     * @default 1000
     */
    readonly maxStaleMs?: number | undefined;
}
/** The options with every default filled in. */
export interface ResolvedTieredOptions {
    readonly l1: CacheBackend;
    readonly l2: CacheBackend;
    readonly l1TtlMs: number;
    /** Undefined without a near cache. */
    readonly near: {
        readonly redis: RedisBackend;
        readonly maxStaleMs: number;
    } | undefined;
}
/** Fills in and checks. Throws `ERR_OPTION` and `ERR_TTL`. */
export declare function resolveTieredOptions(options: TieredBackendOptions): ResolvedTieredOptions;
