import type { CacheBackend, SetOptions } from './cache-backend.js';
import { NOTED, type NotedStore } from './noted-store.js';
import { SCOPE, type ScopeStore } from './scope-store.js';
/** A backend that can give a part of its keys away. @internal */
export interface Prefixed {
    /** A view whose keys have a further prefix: its `clear` removes those alone, and its `close` closes nothing else. */
    withPrefix(prefix: string): CacheBackend;
}
/** What a {@link PrefixView} needs of the backend behind it. */
interface PrefixHost extends CacheBackend {
    /** Removes the keys that begin with a prefix. Resolves to how many went. */
    clearPrefix(prefix: string): Promise<number>;
    /** Resolves when what was called before on keys with this prefix has ended. */
    settle(prefix: string): Promise<void>;
}
/** The view of a backend that keeps its keys in this process. It shares everything, and costs nothing. */
export declare class PrefixView implements CacheBackend, Prefixed {
    #private;
    constructor(host: PrefixHost, prefix: string);
    get<T = unknown>(key: string): Promise<T | undefined>;
    set(key: string, value: unknown, options?: SetOptions): Promise<void>;
    delete(key: string): Promise<boolean>;
    exists(key: string): Promise<boolean>;
    clear(): Promise<number>;
    withPrefix(prefix: string): PrefixView;
    /** Values with notes. @internal */
    get [NOTED](): NotedStore | undefined;
    /** For tags and generations. @internal */
    get [SCOPE](): ScopeStore;
    close(): Promise<void>;
    [Symbol.asyncDispose](): Promise<void>;
}
/** Whether a backend can give a part of its keys away. */
export declare function isPrefixed<T extends CacheBackend>(backend: T): backend is T & Prefixed;
export {};
