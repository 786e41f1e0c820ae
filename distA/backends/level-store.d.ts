/** One change of a batch, all of which come to pass or none. */
export type StoreChange = {
    readonly type: 'put';
    readonly key: string;
    readonly value: Uint8Array;
} | {
    readonly type: 'del';
    readonly key: string;
};
/**
 * LevelDB by the optional package `classic-level`, which brings binaries for all platforms and is loaded when the first
 * store is opened. Reads and writes run on libuv's threads. Errors are ours: `ERR_MISSING_PACKAGE` and `ERR_DISK`.
 */
export declare class LevelStore {
    #private;
    private constructor();
    /** Opens the store in a directory, or makes one there. No other process may have it open. */
    static open(path: string): Promise<LevelStore>;
    /** The values of some keys, in their order. */
    read(keys: string[]): Promise<(Uint8Array | undefined)[]>;
    /** Resolves when the system has the changes: the end of the process does not lose them, that of the machine may. */
    write(changes: StoreChange[]): Promise<void>;
    /** Removes the keys from one to before another. */
    remove(from: string, to: string): Promise<void>;
    /** The entries from one key to before another, in the order of keys. */
    entries(from: string, to: string): AsyncGenerator<[string, Uint8Array]>;
    close(): Promise<void>;
}
