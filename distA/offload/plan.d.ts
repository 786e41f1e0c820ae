/** Who does the work of a codec: as measured fits best, always a worker, or always the main thread. */
export type Offload = 'auto' | 'always' | 'never';
/**
 * Payloads up to this many bytes are compressed on main under `auto`: gzip at level 1 takes about 0.1 ms for them,
 * which is what sending a task to a worker and back costs main.
 */
export declare const COMPRESS_INLINE_BYTES = 8192;
/** The same for decompressing, which is about four times as fast; counted in raw bytes. */
export declare const INFLATE_INLINE_BYTES = 32768;
/**
 * Who encodes, as far as the option says. Under `auto` a graph crosses to a worker only where a codec takes values whole and
 * cloning was measured to be cheaper (`LearnedPlan`): it costs main more than encoding in slices does.
 */
export declare function planEncode(offload: Offload): 'main' | 'worker';
/** What is known once a value is encoded on main. */
export interface EncodedShape {
    readonly offload: Offload;
    readonly payloadBytes: number;
    /** Whether a payload of this size would be compressed. */
    readonly compresses: boolean;
    readonly inlineLimitBytes: number;
    /** @default {@link COMPRESS_INLINE_BYTES} */
    readonly compressInlineBytes?: number;
}
/**
 * Where an encoded value goes on: `inline`, compressed and framed on main and sent on the command connection, or as
 * `bytes` moved to a worker, which does all of that over its own connection.
 */
export declare function planWrite({ offload, payloadBytes, compresses, inlineLimitBytes, compressInlineBytes, }: EncodedShape): 'inline' | 'bytes';
/** How a get begins: with the first bytes on the command connection, or with the whole value there. */
export declare function planRead(offload: Offload): 'head' | 'whole';
/** What the first bytes of a value say of it. */
export interface ArrivedShape {
    readonly offload: Offload;
    /** Whether the whole frame has arrived on main. */
    readonly whole: boolean;
    readonly compressed: boolean;
    /** As the frame claims; used to decide, not to allocate. */
    readonly rawBytes: number;
    /** @default {@link INFLATE_INLINE_BYTES} */
    readonly inflateInlineBytes?: number;
}
/**
 * How a get goes on.
 *
 * - `inline`: verify, decompress and decode on main.
 * - `unpack`: a worker verifies and decompresses the bytes that arrived; main decodes.
 * - `fetch`: a worker gets the value over its own connection, verifies and decompresses; main decodes.
 * - `graph`: as `fetch`, and the worker decodes as well: the value comes back by structured clone.
 */
export type ReadPlan = 'inline' | 'unpack' | 'fetch' | 'graph';
export declare function planDecode({ offload, whole, compressed, rawBytes, inflateInlineBytes, }: ArrivedShape): ReadPlan;
