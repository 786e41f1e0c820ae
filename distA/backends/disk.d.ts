import type { CacheBackend, SetOptions } from './cache-backend.js';
import { type DiskBackendOptions } from './disk-options.js';
import { NOTED, type NotedStore } from './noted-store.js';
/**
 * A cache on this machine's disk, in LevelDB by the optional package `classic-level`, bounded by bytes and by entries. It
 * opens its directory when it is first used, and has what was there when the process last ended, in whatever way.
 *
 * Large values are encoded and decoded in slices, with turns of the event loop between them; the store reads and writes on other
 * threads. Where room is needed, expired entries go first, then those that were not used for longest since the start.
 * Bytes that are not those that were stored count as a miss. Besides the errors of `CacheBackend`: `ERR_DISK`,
 * `ERR_MISSING_PACKAGE`, and `ERR_VALUE_TOO_LARGE` for an entry over `maxBytes`.
 */
export declare class DiskBackend implements CacheBackend {
    #private;
    /** Throws `ERR_OPTION`. The second parameter is for `withPrefix`. */
    constructor(options?: DiskBackendOptions, origin?: {
        readonly parent: DiskBackend;
        readonly prefix: string;
    });
    /** How many entries there are, without the expired. Walks all of them. */
    size(): Promise<number>;
    /** The bytes of keys and encoded values, without the expired. Walks all entries. */
    bytes(): Promise<number>;
    /** The value, or `undefined` where there is no such key or it expired. `null` is a value. */
    get<T = unknown>(key: string): Promise<T | undefined>;
    /**
     * Stores a value, replacing any earlier one together with its TTL. A large one must not be changed until the promise
     * resolves. What is acknowledged survives the end of the process.
     */
    set(key: string, value: unknown, options?: SetOptions): Promise<void>;
    /** Removes a key. `true` where it was there; no error where it was not. */
    delete(key: string): Promise<boolean>;
    /** Whether the key is there and has not expired. Does not count as a use. */
    exists(key: string): Promise<boolean>;
    /** Seconds that a key has left; `Infinity` where it does not expire, `undefined` where it is not there. */
    ttl(key: string): Promise<number | undefined>;
    /** Removes the keys that begin with this backend's prefix, and no other. Resolves to how many went, without the expired. */
    clear(): Promise<number>;
    /** Values with notes. @internal */
    get [NOTED](): NotedStore;
    /** A view whose keys have a further prefix. It shares everything; closing it does nothing. */
    withPrefix(prefix: string): DiskBackend;
    /** Waits for what was called before, then closes the store. Calling it again is harmless. On a view it only waits. */
    close(): Promise<void>;
    /** The same as `close()`, for `await using`. */
    [Symbol.asyncDispose](): Promise<void>;
}
