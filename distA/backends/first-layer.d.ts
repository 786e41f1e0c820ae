import type { CacheBackend, SetOptions } from './cache-backend.js';
import { type NotedValue } from './noted-store.js';
/**
 * The first layer of a tiered cache: it may be without any of its entries, so nothing that it fails with is the caller's
 * error. Where an entry could not be removed it is not trusted again before a clear of it has succeeded.
 */
export declare class FirstLayer {
    #private;
    constructor(backend: CacheBackend);
    /** Whether it keeps notes. */
    get keepsNotes(): boolean;
    /** Calls of it that failed. */
    get failures(): number;
    /** The value; undefined where there is none, or none that can be trusted. */
    get(key: string): Promise<NotedValue | undefined>;
    /** Keeps a value that belongs to nobody else. */
    adopt(key: string, found: NotedValue, options: SetOptions): Promise<void>;
    /** Keeps a value that its caller goes on using. */
    put(key: string, { value, note }: NotedValue, options: SetOptions): Promise<void>;
    /** Removes a key; what is called after it does not see it any more. */
    remove(key: string): void;
    /** Removes everything; what is called after it sees none of it any more. */
    drop(): void;
    close(): Promise<void>;
}
