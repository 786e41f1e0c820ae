import type { CacheBackend } from '../backends/cache-backend.js';
import { GenerationBackend } from './generation-backend.js';
import { CacheKeyBuilder } from './key-builder.js';
import type { SchemaOptions, StandardSchema } from './standard-schema.js';
import { TtlPolicy } from './ttl-policy.js';
/** Options of {@link CacheManager}. */
export interface CacheManagerOptions {
    /** Where values are kept. The manager's `close()` closes it. */
    readonly backend: CacheBackend;
    /**
     * What makes keys from content.
     * @default new CacheKeyBuilder()
     */
    readonly keyBuilder?: CacheKeyBuilder | undefined;
    /**
     * How long values live that are set without a TTL.
     * @default new TtlPolicy()
     */
    readonly ttlPolicy?: TtlPolicy | undefined;
    /**
     * Whether `clear({ instant: true })` can be had: one command, however many keys there are. Each call then asks for the
     * present generation besides, in the same round trip (docs/tags-and-clears.md). Managers that share keys must agree on it.
     * Needs a `RedisBackend`, or a `TieredBackend` over one.
     * @default false
     */
    readonly instantClears?: boolean | undefined;
}
/** Options of one `set` of a {@link CacheManager}. */
export interface ManagedSetOptions {
    /**
     * Time to live in seconds, as of the backend; `Infinity` means for ever.
     * @default what the policy has for the type
     */
    readonly ttl?: number | undefined;
    /**
     * What is cached, for the policy: a non-empty string.
     * @default 'response'
     */
    readonly type?: string | undefined;
    /**
     * Names under which the value can be invalidated together with others: non-empty, well-formed strings. Their names take
     * 4,096 bytes together at most, some 20 for each included. Needs a backend of ours.
     * @default none
     */
    readonly tags?: readonly string[] | undefined;
}
/** Options of one `clear` of a {@link CacheManager}. */
export interface ManagedClearOptions {
    /**
     * Whether the keys are outdated by one command, and removed in the background. Needs `instantClears`.
     * @default false
     */
    readonly instant?: boolean | undefined;
}
/** The options of a manager with every default filled in. */
export interface ResolvedManagerOptions {
    readonly backend: CacheBackend;
    readonly keyBuilder: CacheKeyBuilder;
    readonly ttlPolicy: TtlPolicy;
    /** What the backend is used by, where it has instant clears. */
    readonly generations: GenerationBackend | undefined;
}
/** Fills in and checks. Throws `ERR_OPTION`. */
export declare function resolveManagerOptions(options: CacheManagerOptions): ResolvedManagerOptions;
/** The TTL in seconds, `Infinity` for ever, and the tags of a set. Throws `ERR_OPTION`. */
export declare function readSetOptions(options: ManagedSetOptions, policy: TtlPolicy): {
    readonly ttl: number;
    readonly tags: readonly string[];
};
/** Whether a clear is to be instant. Throws `ERR_OPTION`. */
export declare function isInstant(options: ManagedClearOptions | undefined): boolean;
/** The version of a schema; undefined for none. Throws `ERR_OPTION`, also for what is no schema. */
export declare function versionOf(schema: StandardSchema<unknown, unknown>, options: SchemaOptions | undefined): string | undefined;
