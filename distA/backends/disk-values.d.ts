import type { CodecRegistry } from '../codec/registry.js';
import { type DiskEntry, type DiskIndex } from './disk-index.js';
import type { ValueBytes } from './value-bytes.js';
/** A value that is stored, and what is stored beside it. */
export interface NotedBytes extends ValueBytes {
    readonly note: Uint8Array | undefined;
}
/**
 * Values in a store. A value lies there in pieces, each a frame with a checksum, under an id of its own; the record of the
 * key names the id, and is written with the last piece, in one batch with the removal of the earlier value. So a key has
 * the earlier value or the later one, whenever the process ends. A mark tells the next start which pieces to remove.
 */
export declare class DiskValues {
    #private;
    private constructor();
    /** Opens a directory and fills the index: one small record a key is read. */
    static open(path: string, index: DiskIndex, registry: CodecRegistry): Promise<DiskValues>;
    /** The bytes of a value. Throws `ERR_CORRUPT` where they are not those that were stored. */
    read(entry: DiskEntry): Promise<NotedBytes>;
    /** Stores a value under a key, instead of the one that is there. */
    write(key: string, value: NotedBytes, expiresAt: number | undefined): Promise<void>;
    /** Removes keys, each with its value. */
    remove(keys: readonly string[]): Promise<void>;
    close(): Promise<void>;
}
/** What a value under a key counts for. */
export declare function bytesOf(key: string, { bytes, lengths, note }: NotedBytes): number;
