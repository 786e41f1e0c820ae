import type { ChunkSource } from '../redis/chunk-source.js';
import type { Listener, RedisBackendEvents } from '../redis/events.js';
import type { Tracking, TrackingListener } from '../redis/tracking.js';
import type { RedisBackendStats } from '../stats.js';
import type { CacheBackend } from './cache-backend.js';
import { CachedValue } from './cached-value.js';
import type { CallOptions } from './call-options.js';
import { NOTED, type NotedStore } from './noted-store.js';
import { type BackendOrigin, type BytesOptions, type ClearOptions, type GetOptions, type RedisSetOptions, type SetEntry } from './redis-arguments.js';
import { type RedisBackendOptions } from './redis-options.js';
import { SCOPE, type ScopeStore } from './scope-store.js';
/**
 * A cache in Redis for values of any size. Small values travel on one pipelined connection; large ones travel over
 * the connections of worker threads, which compress, check and move them, so that the event loop is not kept
 * waiting. It connects when it is first used.
 *
 * On one key the results are those of the calls in their order, awaited or not. Every method rejects with an
 * `OffloopError`; besides those of `CacheBackend`: `ERR_TIMEOUT`, `ERR_CONNECTION`, `ERR_OVERLOADED`, `ERR_AUTH`,
 * `ERR_UNAVAILABLE`, `ERR_VALUE_TOO_LARGE` and the other codes of `ErrorCode`. Each call takes a `signal`, a `timeoutMs` and,
 * but for `clear`, `retry` (docs/availability.md). Options that a call does not take are `ERR_OPTION`.
 */
export declare class RedisBackend implements CacheBackend {
    #private;
    /**
     * Throws `ERR_OPTION`, `ERR_URL`, `ERR_KEY`, `ERR_COMPRESSION` or `ERR_MISSING_PACKAGE` for options that cannot be
     * used. The second parameter is for `fromConfig` and `withPrefix`.
     */
    constructor(options?: RedisBackendOptions, origin?: BackendOrigin);
    /**
     * A backend by a JSON file that holds the options. `overrides` come before
     * the file, the file before the environment (`OFFLOOP_*`). Throws as the constructor does, and `ERR_OPTION` where
     * the file cannot be read.
     */
    static fromConfig(path: string | URL, overrides?: RedisBackendOptions): RedisBackend;
    /** The value, or `undefined` where there is no such key, or it expired. With `select` and `slice` a part of it alone. */
    get<T = unknown>(key: string, options?: GetOptions): Promise<T | undefined>;
    /**
     * Stores a value, replacing any earlier one and its TTL. Without `ttl` it does not expire. A large value is encoded
     * in slices, with turns of the event loop between them: it must not be changed until the promise resolves, or is
     * refused with `ERR_VALUE` or stored with some of the changes. `snapshot: true` has it encoded before the call returns.
     */
    set(key: string, value: unknown, options?: RedisSetOptions): Promise<void>;
    /** Opens a value without getting it; `undefined` where there is no such key. The handle gives it in parts, forms or a stream. */
    open(key: string, options?: CallOptions): Promise<CachedValue | undefined>;
    /** Stores bytes as they are, as `set` does, with a content type that `open` gives back; `get` gives a Buffer. `ERR_VALUE` for no bytes. */
    setBytes(key: string, bytes: Uint8Array | ArrayBuffer, options?: BytesOptions): Promise<void>;
    /**
     * Stores the bytes of a stream, or of another iterable of chunks, as `setBytes` does. They are held in memory until the last
     * has come; only then the value takes its place in the order of calls on the key, and `timeoutMs` begins. Rejects with
     * `ERR_VALUE` where the source fails. A source that is not read to its end is told to end.
     */
    setStream(key: string, source: ChunkSource, options?: BytesOptions): Promise<void>;
    /**
     * What a function of yours returns for a value: a worker calls the export of the module (a `file:` URL) with it and `args`,
     * and sends the result alone. `undefined` where there is no such key. Rejects with `ERR_MAP` where the function is not
     * there or throws, and with `ERR_VALUE` where arguments or result cannot be sent. No code comes from Redis.
     */
    map<T = unknown>(key: string, module: string | URL, exportName: string, args?: readonly unknown[], options?: CallOptions): Promise<T | undefined>;
    /** Removes a key. `true` where it was there; no error where it was not. */
    delete(key: string, options?: CallOptions): Promise<boolean>;
    /** Whether the key is there and has not expired. */
    exists(key: string, options?: CallOptions): Promise<boolean>;
    /** Seconds that a key has left; `Infinity` where it does not expire, `undefined` where it is not there. */
    ttl(key: string, options?: CallOptions): Promise<number | undefined>;
    /** Gives a key a new TTL, in seconds. `false` where there is no such key. Rejects with `ERR_TTL`. */
    touch(key: string, ttl: number, options?: CallOptions): Promise<boolean>;
    /** The values of some keys, in their order. Rejects as `setMany` does. */
    getMany<T = unknown>(keys: Iterable<string>, options?: CallOptions): Promise<(T | undefined)[]>;
    /**
     * Stores many values, in one pipeline where they are small. `options.ttl` holds for entries without one. Rejects with a `BatchError`
     * that names those that failed, all others stand; and with one `ERR_ABORTED` where the signal fired: any may have been stored.
     */
    setMany(entries: Iterable<SetEntry>, options?: RedisSetOptions): Promise<void>;
    /** Removes many keys. Resolves to how many were there. Rejects as `setMany` does. */
    deleteMany(keys: Iterable<string>, options?: CallOptions): Promise<number>;
    /**
     * Removes the keys that begin with exactly this backend's prefix, by SCAN and UNLINK, and no other; without a prefix it
     * empties the database (`FLUSHDB ASYNC`), or rejects with `ERR_FLUSH_FORBIDDEN` under `allowFlush: false`. Resolves to how many
     * keys went. It has no time limit as a whole, only step by step; calls on the same keys that come after it wait for it.
     */
    clear(options?: ClearOptions): Promise<number>;
    /** A view whose keys have a further prefix. It shares connections, threads and counters, and costs nothing. */
    withPrefix(prefix: string): RedisBackend;
    /** Is told which of its keys change, with and without this process. Made for `TieredBackend`. @internal */
    track(limitMs: number, listener: TrackingListener): Tracking;
    /** Values with notes. @internal */
    get [NOTED](): NotedStore;
    /** For tags and generations. @internal */
    get [SCOPE](): ScopeStore;
    /** What has been done, and what is under way. Views count together with their origin. */
    stats(): RedisBackendStats;
    /** Listens to one of {@link RedisBackendEvents}. */
    on<E extends keyof RedisBackendEvents>(event: E, listener: Listener<E>): this;
    /** Stops listening. */
    off<E extends keyof RedisBackendEvents>(event: E, listener: Listener<E>): this;
    /**
     * Waits for what was called before, then ends connections and threads; calls after it reject with `ERR_CLOSED`, but
     * for `close()` itself. On a view it ends the view alone; on the origin, its views with it.
     */
    close(): Promise<void>;
    [Symbol.asyncDispose](): Promise<void>;
}
