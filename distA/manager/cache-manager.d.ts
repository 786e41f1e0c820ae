import type { Factory, GetOrSetOptions, ModuleFactory } from './get-or-set-options.js';
import type { CacheKeyBuilder } from './key-builder.js';
import { type CacheManagerOptions, type ManagedClearOptions, type ManagedSetOptions } from './manager-options.js';
import { type CacheManagerStats } from './manager-stats.js';
import type { SchemaOptions, StandardSchema } from './standard-schema.js';
import { Tags } from './tags.js';
import type { TtlPolicy } from './ttl-policy.js';
import { TypedCache } from './typed-cache.js';
/**
 * A cache with a policy: a backend, plus how keys are made and how long values live. Keys are used as given;
 * `keyBuilder` makes them from content. Rejects with what the backend rejects with.
 */
export declare class CacheManager implements AsyncDisposable {
    #private;
    /** What makes keys from content. */
    readonly keyBuilder: CacheKeyBuilder;
    /** How long values live that are set without a TTL. */
    readonly ttlPolicy: TtlPolicy;
    /**
     * The second parameter is for views of a manager.
     * @throws OffloopError `ERR_OPTION` for an unknown option, a missing backend, or a part of the wrong kind.
     */
    constructor(options: CacheManagerOptions, origin?: {
        readonly tags?: Tags;
    });
    /** The value, or `undefined` where there is no such key, or it expired or was invalidated. `null` is a value. */
    get<T = unknown>(key: string): Promise<T | undefined>;
    /**
     * Stores a value for the call's TTL, else for the policy's for the type.
     * Rejects with `ERR_OPTION` for an unknown option, a type or tags that are none, else as the backend does.
     */
    set(key: string, value: unknown, options?: ManagedSetOptions): Promise<void>;
    /**
     * The value, or what the factory makes of it, which is stored. Callers who ask for one key at the same time share one fetch, one
     * decoding and one call of the factory, and get the same object; with a `RedisBackend`, alone or as the second layer of a
     * `TieredBackend`, one process at a time calls it. See docs/get-or-set.md.
     *
     * Rejects with what the factory throws, as it is; with `ERR_FACTORY_TIMEOUT`, `ERR_ABORTED`, `ERR_OPTION`, `ERR_TTL` and
     * `ERR_KEY`; with `ERR_VALUE` for a value that cannot be stored; and with `ERR_CLOSED`. A backend that fails or does not
     * answer does not fail the call: the factory is called, and `stats().failures` counts it.
     */
    getOrSet<T>(key: string, factory: Factory<T> | ModuleFactory, options?: GetOrSetOptions<T>): Promise<T>;
    /** What has been done since it was made. */
    stats(): CacheManagerStats;
    /** Removes a key. `true` where it was there; no error where it was not. */
    delete(key: string): Promise<boolean>;
    /** Whether the key is there and has not expired; one that was invalidated by a tag still is. */
    exists(key: string): Promise<boolean>;
    /**
     * Outdates every value that was stored with this tag, by one command: when it has resolved no `get` finds one, in whatever
     * process. Rejects with `ERR_OPTION` for what is no tag.
     */
    invalidate(tag: string): Promise<void>;
    /**
     * Removes every key of the backend, those that other managers set too, and those of tenants. Resolves to how many went.
     * With `instant` it takes one command and resolves to 0: no `get` that is called after it finds what was there before, and
     * the keys go in the background. Rejects with `ERR_OPTION` for that without `instantClears`.
     */
    clear(options?: ManagedClearOptions): Promise<number>;
    /**
     * Removes what instant clears left behind, also those of processes that have ended, at the pace of the background. Resolves
     * to how many keys went. Rejects with `ERR_OPTION` without `instantClears`.
     */
    reclaim(): Promise<number>;
    /**
     * A manager of a tenant's own keys and tags, with the same policies: no two ids share a key, whatever characters they hold.
     * Its `clear` removes its own keys alone, its `close` ends it alone. Throws `ERR_KEY` for an id that is no non-empty,
     * well-formed string, and `ERR_OPTION` where the backend has no views.
     */
    forTenant(id: string): CacheManager;
    /**
     * A cache of values of one schema, of any library that speaks Standard Schema: what does not pass when it is read is a miss. See
     * docs/schemas.md. Tags and TTLs are those of this manager. Throws `ERR_OPTION` for what is no schema, or no version.
     */
    schema<Input, Output>(schema: StandardSchema<Input, Output>, options?: SchemaOptions): TypedCache<Input, Output>;
    /** Closes the backend. Calling it again is harmless. */
    close(): Promise<void>;
    /** The same as `close()`, for `await using`. */
    [Symbol.asyncDispose](): Promise<void>;
}
