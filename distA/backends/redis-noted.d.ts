import type { MadeValue, Maker } from '../redis/made-values.js';
import type { Store } from '../redis/store.js';
import type { KeyLeases, NotedGetOptions, NotedSetOptions, NotedStore, NotedValue } from './noted-store.js';
/** Values with notes in Redis: the note lies in the value's frame. */
export declare class RedisNoted implements NotedStore {
    #private;
    readonly leases: KeyLeases;
    readonly make: (maker: Maker, signal: AbortSignal) => Promise<MadeValue | undefined>;
    /** @param physical the whole key in Redis; throws where the key is none, or the backend was closed */
    constructor(store: Store, physical: (key: string) => string);
    getNoted(key: string, options: NotedGetOptions): Promise<NotedValue | undefined>;
    setNoted(key: string, value: unknown, options: NotedSetOptions): Promise<boolean>;
}
