import type { CacheBackend } from './cache-backend.js';
/** Where a backend has its {@link ScopeStore}. @internal */
export declare const SCOPE: unique symbol;
/**
 * What tags and generations need of a backend: marks, which are small keys that hold a random id, and a sweep of what an
 * id no longer stands for. @internal
 */
export interface ScopeStore {
    /** The id of a mark; undefined where it is not there. */
    read(key: string): Promise<string | undefined>;
    /**
     * The id of a mark, which is made where it is not there: of all who do that at the same time, one wins. It is kept for
     * so many milliseconds at least, unless it is evicted; `undefined` stands for ever.
     */
    claim(key: string, ttlMs: number | undefined): Promise<string>;
    /** Removes a mark: what holds its id is outdated from when this has resolved, since no id is given twice. */
    drop(key: string): Promise<void>;
    /** Undefined where the backend cannot be swept. */
    readonly sweep: ((options: SweepOptions) => Sweep) | undefined;
}
/** What a sweep removes, and what it spares. */
export interface SweepOptions {
    /** It removes keys that begin with this. */
    readonly prefix: string;
    /** Asked after keys have been found and before they are removed: those that begin with the answer stay. */
    readonly spared: () => Promise<string>;
}
/** A removal of many keys, in steps that other clients do not feel. */
export interface Sweep {
    /** Keys removed so far. */
    readonly removed: number;
    /** Does one step. Resolves to whether there is more to do. */
    step(): Promise<boolean>;
}
/** What a backend has for tags and generations: its own, else what can be made of its `get` and `set`. */
export declare function scopeOf(backend: CacheBackend): ScopeStore;
/**
 * Marks of a backend that belongs to one process and is bounded: they take their place among its entries, and make room
 * as those do. Calls on one mark by one process are in order; two processes could both make it.
 */
export declare class PlainScope implements ScopeStore {
    #private;
    readonly sweep: undefined;
    constructor(backend: CacheBackend);
    readonly read: (key: string) => Promise<string | undefined>;
    claim(key: string): Promise<string>;
    readonly drop: (key: string) => Promise<void>;
}
