/** The compressions, by their number in the stored frame, which never changes its meaning. */
export declare const COMPRESSION_IDS: {
    readonly none: 0;
    readonly gzip: 1;
    readonly brotli: 2;
    readonly zstd: 3;
};
/** A compression algorithm. */
export type CompressionAlgorithm = 'gzip' | 'brotli' | 'zstd';
/** How values are compressed before they are stored. */
export interface CompressionOptions {
    /** `zstd` needs Node 22.15 or later, else `ERR_COMPRESSION`. */
    readonly algorithm: CompressionAlgorithm;
    /** gzip 1 to 9, brotli 0 to 11, zstd 1 to 22; higher is smaller and slower. @default 1 */
    readonly level?: number;
    /** Values of fewer bytes are stored as they are. Bytes, 0 to 536,870,912. @default 1024 */
    readonly minBytes?: number;
    /** The least fraction of the bytes that must be saved; else they are stored as they are. 0 to 0.99. @default 0.1 */
    readonly minSaving?: number;
}
/** {@link CompressionOptions} checked and with defaults: plain data, which crosses to a worker as it is. */
export interface CompressionSettings {
    readonly algorithm: CompressionAlgorithm;
    readonly id: number;
    readonly level: number;
    readonly minBytes: number;
    readonly minSaving: number;
}
/** Whether this runtime has zstd: Node 22.15 and later do. */
export declare const hasZstd: boolean;
/**
 * Checks the `compression` option. A string is an algorithm with its defaults; `undefined`, `false` and `'none'`
 * mean none. Throws `ERR_OPTION` for what is unknown or out of bounds, `ERR_COMPRESSION` where the runtime does not
 * have the algorithm.
 */
export declare function resolveCompression(option: unknown): CompressionSettings | undefined;
/**
 * The bytes compressed, or `undefined` where it does not pay: fewer than `minBytes`, or not at least `minSaving` of
 * them saved. From 256 KB on a sample of 32 KB decides first whether it is tried at all.
 */
export declare function compressSync(bytes: Uint8Array, settings: CompressionSettings): Uint8Array | undefined;
/**
 * The raw bytes again, in memory of their own where they are few or fill one chunk. `rawLength` is what the frame
 * says, and the caller has checked it against its limit: not a byte more is inflated, and fewer are refused, as is
 * anything after the compressed stream. Throws `ERR_CORRUPT`, and `ERR_COMPRESSION` where the runtime does not have
 * the algorithm or the id is unknown.
 */
export declare function decompressSync(bytes: Uint8Array, algorithmId: number, rawLength: number): Uint8Array;
/** The name of a compression by its number. Throws `ERR_COMPRESSION` where it is not known or not available here. */
export declare function compressionName(id: number): string;
