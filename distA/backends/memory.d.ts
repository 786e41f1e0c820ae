import type { CacheBackend, SetOptions } from './cache-backend.js';
import { NOTED, type NotedStore, type NotedValue } from './noted-store.js';
import { type Prefixed, PrefixView } from './prefix-view.js';
/** What an {@link InMemoryBackend} keeps of a value, and so what its callers share. */
export type MemoryKeep = 'bytes' | 'frozen' | 'shared';
/** Options of {@link InMemoryBackend}. */
export interface InMemoryBackendOptions {
    /**
     * The most entries, 1 to 16,777,215 (what a JavaScript Map holds). Room for them is reserved at once, some 50
     * bytes each.
     * @default 10000
     */
    readonly maxEntries?: number | undefined;
    /**
     * The most bytes of memory that the entries take, 1 to `Number.MAX_SAFE_INTEGER`: keys, values, and 600 bytes an entry for
     * what the engine needs besides. Decoded values are estimated by what V8 takes for each of their parts.
     * @default 67108864 (64 MiB)
     */
    readonly maxBytes?: number | undefined;
    /**
     * `bytes`: the encoded value, of which every get makes a new one: nothing is shared. `frozen`: one decoded value for all
     * callers, a copy of what was set, whose objects and arrays are frozen; Maps, Sets, Dates and binary data in it cannot be, and
     * must not be changed. `shared`: the very value that was set, as it is: whoever changes it changes it for all.
     * @default 'bytes'
     */
    readonly keep?: MemoryKeep | undefined;
}
/**
 * A cache in this process, bounded by entries and by bytes; the least recently used entry makes room.
 *
 * By default values are kept as bytes, in the codec that `auto` takes for them, and every `get` makes a new value of them, so
 * a caller shares nothing with the cache or with other callers, as it would be with Redis; `keep` chooses otherwise. Large
 * values are encoded, decoded and frozen in slices, with turns of the event loop between them.
 */
export declare class InMemoryBackend implements CacheBackend, Prefixed {
    #private;
    /** @throws OffloopError `ERR_OPTION` for an unknown option or one out of its bounds. */
    constructor(options?: InMemoryBackendOptions);
    /** How many entries there are, without the expired. Walks all of them. 0 once closed. */
    get size(): number;
    /** The bytes that the entries take, without the expired. Walks all entries. 0 once closed. */
    get bytes(): number;
    /** The value, or `undefined` where there is no such key or it expired. `null` is a value. */
    get<T = unknown>(key: string): Promise<T | undefined>;
    /**
     * Stores a value, replacing any earlier one together with its TTL. A large one must not be changed until the promise
     * resolves. Rejects with `ERR_TTL`, with `ERR_VALUE` and the path of what cannot be kept, with `ERR_OPTION` for an unknown
     * option, and with `ERR_VALUE_TOO_LARGE` for an entry over `maxBytes`; what was under the key then stays.
     */
    set(key: string, value: unknown, options?: SetOptions): Promise<void>;
    /** As `set`, of a value that is the cache's from now on. @internal */
    adopt(key: string, { value, note }: NotedValue, options?: SetOptions): Promise<void>;
    /** Values with notes. @internal */
    get [NOTED](): NotedStore;
    /** Removes a key. `true` where it was there; no error where it was not. */
    delete(key: string): Promise<boolean>;
    /** Whether the key is there and has not expired. Does not count as a use. */
    exists(key: string): Promise<boolean>;
    /** Seconds that a key has left; `Infinity` where it does not expire, `undefined` where it is not there. */
    ttl(key: string): Promise<number | undefined>;
    /** Removes every key. Resolves to how many went, without the expired. */
    clear(): Promise<number>;
    /** Removes the keys that begin with a prefix, and no other. @internal */
    clearPrefix(prefix: string): Promise<number>;
    /** Resolves when what was called before on keys with this prefix has ended. @internal */
    settle(prefix: string): Promise<void>;
    /** A view whose keys have a further prefix. @internal */
    withPrefix(prefix: string): PrefixView;
    /** Waits for what was called before, and lets go of everything. Calling it again is harmless. */
    close(): Promise<void>;
    /** The same as `close()`, for `await using`. */
    [Symbol.asyncDispose](): Promise<void>;
}
