/** Milliseconds after a write of this process during which its key is read from a master. */
export declare const OWN_WRITES_MS = 1000;
/** Keys that this process has written lately: replicas may not have them yet. */
export declare class RecentWrites {
    #private;
    /** A write of the key has ended, whatever came of it. */
    note(key: string): void;
    /** Any key may have been written. */
    noteAll(): void;
    has(key: string): boolean;
}
