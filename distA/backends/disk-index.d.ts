/** Where a value lies in the store. */
export interface DiskEntry {
    /** Tells its pieces from those of every other value that the store ever had. */
    readonly id: number;
    readonly pieces: number;
    /** Bytes of its pieces and its key. */
    readonly bytes: number;
    /** By `Date.now()`; undefined where it does not expire. */
    readonly expiresAt: number | undefined;
}
/** Bytes that an entry takes in the store besides its key and its payload, about. */
export declare const RECORD_BYTES = 128;
/** What a store holds, in memory: the least recently used first. */
export declare class DiskIndex {
    #private;
    /** Of all entries, the expired that are still there included. */
    get bytes(): number;
    get count(): number;
    /** An id that no value has had. */
    newId(): number;
    /** That an id is taken. */
    sawId(id: number): void;
    /** The entry, expired or not. */
    find(key: string): DiskEntry | undefined;
    /** The entry, where it has not expired. */
    live(key: string): DiskEntry | undefined;
    /** Makes an entry the last to be evicted. */
    use(key: string): void;
    put(key: string, entry: DiskEntry): void;
    remove(key: string): void;
    /** Keys and entries with a prefix, the least recently used first. */
    withPrefix(prefix: string): Generator<[string, DiskEntry]>;
    /** How many with a prefix have not expired, and their bytes. */
    liveWith(prefix: string): {
        readonly count: number;
        readonly bytes: number;
    };
    /** The keys of the expired. */
    expired(): string[];
    /** The entry that was not used for longest. */
    oldest(): [string, DiskEntry] | undefined;
}
