import type { CacheBackend, SetOptions } from './cache-backend.js';
import { NOTED, type NotedStore } from './noted-store.js';
import { type Prefixed, PrefixView } from './prefix-view.js';
import { SCOPE, type ScopeStore } from './scope-store.js';
import { type TieredBackendOptions } from './tiered-options.js';
import type { TieredBackendStats } from './tiered-stats.js';
/**
 * Two layers: a small fast one, as a rule in memory, before a large one, as a rule Redis. A get asks the first, then the
 * second, and keeps what it finds there in the first; callers who ask for one key at the same time cause one read of it. A
 * write goes to the second layer, and to the first where no other process could have changed the key meanwhile.
 *
 * With a `RedisBackend` as the second layer the first is kept right across processes (docs/near-cache.md). What the second
 * layer rejects with, this rejects with; the first layer's failures are counted, and nobody else's.
 */
export declare class TieredBackend implements CacheBackend, Prefixed {
    #private;
    /** @throws OffloopError `ERR_OPTION` for an unknown option or one out of its bounds, `ERR_TTL` for `l1Ttl`. */
    constructor(options: TieredBackendOptions);
    /** The value, or `undefined` where there is no such key or it expired. `null` is a value. */
    get<T = unknown>(key: string): Promise<T | undefined>;
    /**
     * Stores a value in the second layer, replacing any earlier one together with its TTL, and in the first. The value must not
     * be changed until the promise resolves. Rejects as the second layer does.
     */
    set(key: string, value: unknown, options?: SetOptions): Promise<void>;
    /** Values with notes. @internal */
    get [NOTED](): NotedStore | undefined;
    /** Removes a key from both layers. `true` where it was there; no error where it was not. */
    delete(key: string): Promise<boolean>;
    /** Whether the second layer has the key, and it has not expired. */
    exists(key: string): Promise<boolean>;
    /** Removes every key of both layers. Resolves to how many went from the second. */
    clear(): Promise<number>;
    /** Removes the keys of both layers that begin with a prefix, and no other of the second. @internal */
    clearPrefix(prefix: string): Promise<number>;
    /** Resolves when what was called before on keys with this prefix has ended. @internal */
    settle(prefix: string): Promise<void>;
    /** A view whose keys have a further prefix. Throws `ERR_OPTION` where the second layer gives none. @internal */
    withPrefix(prefix: string): PrefixView;
    /** For tags and generations: marks are read by the first layer, as values are, and made in the second. @internal */
    get [SCOPE](): ScopeStore;
    /** What has been done, and how far the first layer is trusted now. */
    stats(): TieredBackendStats;
    /** Waits for what was called before, then closes both layers. Calling it again is harmless. */
    close(): Promise<void>;
    /** The same as `close()`, for `await using`. */
    [Symbol.asyncDispose](): Promise<void>;
}
