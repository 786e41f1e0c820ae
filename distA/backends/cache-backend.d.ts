/** Options of one `set`. */
export interface SetOptions {
    /**
     * Time to live in seconds; fractions count, to the millisecond. More than 0, at most {@link MAX_TTL_SECONDS}.
     * @default none: the value does not expire
     */
    readonly ttl?: number | undefined;
}
/** The longest TTL: 100 years of 365 days, in seconds. */
export declare const MAX_TTL_SECONDS = 3153600000;
/**
 * What every backend is: a key-value cache with a TTL.
 *
 * Every method rejects with an `OffloopError`: `ERR_KEY` for a key that is no non-empty, well-formed string, and
 * `ERR_CLOSED` after `close()`.
 */
export interface CacheBackend extends AsyncDisposable {
    /** The value, or `undefined` where there is no such key or it expired. `null` is a value. */
    get<T = unknown>(key: string): Promise<T | undefined>;
    /**
     * Stores a value, replacing any earlier one together with its TTL.
     * Rejects with `ERR_TTL` for a TTL out of bounds and `ERR_VALUE` for `undefined` and for what cannot be kept.
     */
    set(key: string, value: unknown, options?: SetOptions): Promise<void>;
    /** Removes a key. `true` where it was there; no error where it was not. */
    delete(key: string): Promise<boolean>;
    /** Whether the key is there and has not expired. */
    exists(key: string): Promise<boolean>;
    /** Removes every key of this backend, and no other. Resolves to how many went. */
    clear(): Promise<number>;
    /** Waits for what was called before, then releases everything. Calling it again is harmless. */
    close(): Promise<void>;
}
