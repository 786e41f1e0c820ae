import type { Codec } from '../codec/codec.js';
/** The most milliseconds of one turn of the event loop that large values take, as `sliceMs` of a RedisBackend has it. */
export declare const SLICE_MS = 0.5;
/** A value as bytes, in segments of about 64 KB. */
export interface ValueBytes {
    readonly codec: Codec;
    /** The memory that the segments lie in, one behind the other; no segment lies in two. */
    readonly slabs: readonly Uint8Array[];
    /** Bytes of each segment. */
    readonly lengths: Uint32Array;
    readonly bytes: number;
}
/**
 * Encodes a value: at once where it is small, else in slices with turns of the event loop between them; it must then not be
 * changed before that has ended. Throws, or rejects with, `ERR_VALUE` and the path of what would be lost.
 */
export declare function encodeValue(value: unknown): ValueBytes | Promise<ValueBytes>;
/**
 * A new value of the bytes, which stay as they are: at once where they are few, else in slices. Throws, or rejects with,
 * `ERR_CORRUPT`.
 */
export declare function decodeValue({ codec, slabs, lengths, bytes }: ValueBytes): unknown;
