import type { CacheManager } from './cache-manager.js';
import type { Factory, GetOrSetOptions } from './get-or-set-options.js';
import type { ManagedSetOptions } from './manager-options.js';
import type { StandardSchema } from './standard-schema.js';
/** What a {@link TypedCache} has done since it was made. */
export interface TypedCacheStats {
    /** Stored values that did not pass the schema, and so counted as a miss. */
    readonly invalid: number;
}
/**
 * A cache of values of one schema. A value is checked before it is stored, which rejects with `ERR_VALUE` where it does not pass, and
 * whenever it is read: what does not pass then is a miss, and is counted. What is stored is what was given, and what a read gives
 * is what the schema makes of that: defaults and transformations are done anew each time. Made by `schema` of a `CacheManager`.
 */
export declare class TypedCache<Input, Output> {
    #private;
    /** Use `schema` of a `CacheManager`. @internal */
    constructor(schema: StandardSchema<Input, Output>, manager: CacheManager);
    /** The value; `undefined` where there is none, or none that passes. */
    get(key: string): Promise<Output | undefined>;
    /** Stores a value. Rejects with `ERR_VALUE` where it does not pass, else as `set` of the manager. */
    set(key: string, value: Input, options?: ManagedSetOptions): Promise<void>;
    /**
     * As `getOrSet` of the manager. A stored value that does not pass is made anew; what the factory makes is checked before it is
     * stored, and rejects with `ERR_VALUE` where it does not pass.
     */
    getOrSet(key: string, factory: Factory<Input>, options?: GetOrSetOptions<Input>): Promise<Output>;
    /** Removes a key. `true` where it was there; no error where it was not. */
    delete(key: string): Promise<boolean>;
    /** Whether the key is there and has not expired; nothing is checked. */
    exists(key: string): Promise<boolean>;
    /** What has been done since it was made. */
    stats(): TypedCacheStats;
}
