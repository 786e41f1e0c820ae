import type { StalePolicy } from './freshness.js';
/** What a factory is called with. */
export interface FactoryContext {
    /** The key that the value is for. */
    readonly key: string;
    /** Fires when nobody waits for the value any more, at `hardTimeout`, and when the cache is closed. */
    readonly signal: AbortSignal;
    /** The value that is not fresh any more, where one is at hand: it is given only with `grace` or `staleWhileRevalidate`. */
    readonly stale: unknown;
    /**
     * A number that grows with each lease on the key, to tell another store by (fencing); undefined without a lease.
     */
    readonly fence: number | undefined;
}
/** Makes a value; `undefined` for none. What it throws or rejects with reaches the callers as it is. */
export type Factory<T> = (context: FactoryContext) => T | Promise<T>;
/**
 * A function of a module that a worker of the backend's pool calls with `args`: neither computing nor encoding touches the event loop,
 * which decodes the value alone. Of a `RedisBackend`, alone or as the second layer.
 */
export interface ModuleFactory {
    /** A `file:` URL. */
    readonly module: string | URL;
    /** The name that the function is exported under. */
    readonly export: string;
    /**
     * What it is called with; what structured clone takes.
     * @default []
     */
    readonly args?: readonly unknown[] | undefined;
}
/** How long the right to make a value is held; times in seconds. */
export interface LeaseOptions {
    /**
     * How long others wait for a holder who is no more, 0.1 to 3600. It is prolonged while the factory runs.
     * @default 10
     */
    readonly ttl?: number | undefined;
    /**
     * How long to wait for another process, 0 to 3600. After that the factory is called here, and what it makes is given, and not
     * stored.
     * @default 60
     */
    readonly wait?: number | undefined;
}
/** Options of one `getOrSet`. Times are in seconds, and fractions count. */
export interface GetOrSetOptions<T = unknown> {
    /**
     * How long the value is fresh: above 0, at most 100 years, or `Infinity`; or a function of the value. A function may answer 0: the
     * value is not stored.
     * @default what the policy has for the type
     */
    readonly ttl?: number | ((value: T) => number) | undefined;
    /**
     * What is cached, for the policy: a non-empty string.
     * @default 'response'
     */
    readonly type?: string | undefined;
    /**
     * How long a value is kept beyond its TTL, to be given where the factory fails, or is slower than `softTimeout`. 0 or more.
     * @default 0
     */
    readonly grace?: number | undefined;
    /**
     * How long beyond its TTL a value is given at once while a new one is made in the background. 0 or more.
     * @default 0
     */
    readonly staleWhileRevalidate?: number | undefined;
    /**
     * Makes a new value in the background before the TTL ends: from this fraction of it on (above 0, below 1), or by chance with
     * `{ beta }` (above 0; 1 is usual, more is earlier).
     * @default never
     */
    readonly earlyRefresh?: number | {
        readonly beta: number;
    } | undefined;
    /**
     * Gives a value in grace after this time, while the factory goes on in the background. Above 0.
     * @default none: waits for the factory
     */
    readonly softTimeout?: number | undefined;
    /**
     * Gives up the factory after this time: `ERR_FACTORY_TIMEOUT`, or the value in grace. Above 0.
     * @default none
     */
    readonly hardTimeout?: number | undefined;
    /** Ends this caller's waiting alone, with `ERR_ABORTED`. */
    readonly signal?: AbortSignal | undefined;
    /**
     * Shortens each TTL by a random part of up to this fraction, so that what was stored together does not end together. 0 to below 1.
     * @default 0
     */
    readonly ttlJitter?: number | undefined;
    /**
     * How long it is kept that there is no value: `null` or `undefined` from the factory. Above 0, or `Infinity`.
     * @default none: `null` is a value as any other, and `undefined` is not stored
     */
    readonly negativeTtl?: number | undefined;
    /**
     * That one process at a time makes the value of a key, where the backend can see to that; `false`: one call at a time in each
     * process.
     * @default {}
     */
    readonly lease?: LeaseOptions | false | undefined;
    /**
     * Names under which the value can be invalidated together with others, as of `set`. They are stamped before the factory begins: what
     * is invalidated while it runs outdates what it makes.
     * @default none
     */
    readonly tags?: readonly string[] | undefined;
}
/** How a value is got, made and kept. Times in ms but for the TTLs. */
export interface Policy extends StalePolicy {
    readonly ttl: number | ((value: unknown) => number) | undefined;
    readonly type: string;
    readonly softMs: number | undefined;
    readonly hardMs: number | undefined;
    readonly signal: AbortSignal | undefined;
    readonly ttlJitter: number;
    readonly negativeTtl: number | undefined;
    /** Undefined where no lease is wanted. */
    readonly lease: {
        readonly ttlMs: number;
        readonly waitMs: number;
    } | undefined;
    readonly tags: readonly string[];
}
/** The options of a call with their defaults. Throws `ERR_OPTION` or `ERR_TTL`. */
export declare function policyOf(options: GetOrSetOptions<never> | undefined): Policy;
/** Refuses, with `ERR_TTL`, what is no TTL of a manager. */
export declare function assertTtl(ttl: unknown, name: string): asserts ttl is number;
