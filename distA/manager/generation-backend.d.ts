import type { CacheBackend, SetOptions } from '../backends/cache-backend.js';
import { NOTED, type NotedStore } from '../backends/noted-store.js';
import { type Prefixed, PrefixView } from '../backends/prefix-view.js';
import { SCOPE, type ScopeStore, type Sweep } from '../backends/scope-store.js';
/**
 * A backend whose keys belong to a generation: giving it another one clears all of them at once. A mark in the store holds
 * the id of the present generation. Each call asks for it beside its own command, in one turn: where it is another than the
 * one that was taken for granted, the call is made again under that. So no call that begins after a clear was acknowledged
 * finds what was there before, in whatever process. Where the mark is gone (evicted, or flushed) there is a new generation:
 * what was there before never comes back.
 */
export declare class GenerationBackend implements CacheBackend, Prefixed {
    #private;
    constructor(base: CacheBackend & Prefixed);
    /** The id of the generation of now, as far as this process knows; undefined before the first call. */
    get presentId(): string | undefined;
    get<T = unknown>(key: string): Promise<T | undefined>;
    set(key: string, value: unknown, options?: SetOptions): Promise<void>;
    delete(key: string): Promise<boolean>;
    exists(key: string): Promise<boolean>;
    /** Removes all keys, one by one, of every generation. */
    clear(): Promise<number>;
    /** Ends the generation: one command, however many keys there are. They are there until a sweep, and nobody finds them. */
    clearAtOnce(): Promise<void>;
    /** Removes, step by step, the keys of all generations but the present one. */
    sweep(): Promise<Sweep>;
    /** The id of the present generation, which is made where there is none. */
    presentOf(): Promise<string>;
    clearPrefix(prefix: string): Promise<number>;
    settle(prefix: string): Promise<void>;
    withPrefix(prefix: string): PrefixView;
    /** Values with notes. */
    get [NOTED](): NotedStore | undefined;
    /** Marks that end with the generation: those of what lies within. */
    get [SCOPE](): ScopeStore;
    /** Closes the backend behind it. */
    close(): Promise<void>;
    [Symbol.asyncDispose](): Promise<void>;
}
