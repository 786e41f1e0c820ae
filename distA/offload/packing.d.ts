import { type CompressionSettings } from '../codec/compression.js';
import { type SegmentedPayload } from '../codec/segments.js';
import { type FrameHeader } from '../frame/frame.js';
import type { Opener } from '../frame/key-ring.js';
import { type SegmentRow } from '../frame/segments.js';
import type { ValueSeal } from '../frame/value-seal.js';
interface Packing {
    /** The codec's number. */
    readonly codec: number;
    readonly compression: CompressionSettings | undefined;
    /** @default none */
    readonly contentType?: string | undefined;
    /** @default none */
    readonly note?: Uint8Array | undefined;
    /** @default none */
    readonly seal?: ValueSeal | undefined;
}
/** The frame of a payload, compressed where that is asked for and pays. */
export declare function pack({ payload, codec, compression, contentType, note, seal, }: Packing & {
    readonly payload: Uint8Array;
}): Buffer;
/** The frame of a payload in segments, each compressed by itself where that is asked for and pays. */
export declare function packSegments(content: Packing & {
    readonly payload: Omit<SegmentedPayload, 'owned'>;
}): Buffer;
/** The raw payload of a whole frame, verified, opened and decompressed. Its raw length must have been held against the limit. */
export declare function unpack(frame: Buffer, header: FrameHeader, opener: Opener): Uint8Array;
/** As {@link unpack}, and where the segments lie in the payload; a frame without segments counts as one. */
export declare function unpackFrame(frame: Buffer, header: FrameHeader, opener: Opener): UnpackedSegments;
/** Segments, one behind another. */
export interface UnpackedSegments {
    readonly payload: Uint8Array;
    /** Bytes of each. */
    readonly lengths: Uint32Array;
}
/** By what some segments are opened. */
export interface SealedSegments {
    readonly seal: ValueSeal;
    /** The number of the first of them in the value, from 0. */
    readonly first: number;
    /** How many the value has. */
    readonly count: number;
}
/**
 * Some segments, verified, opened and decompressed. `bytes` is what stands in the frame from the first row's start on; the
 * result may be a view of it. The sum of the raw lengths must have been held against the limit.
 */
export declare function unpackSegments({ bytes, rows, compression, sealed, }: {
    readonly bytes: Uint8Array;
    readonly rows: readonly SegmentRow[];
    readonly compression: number;
    /** @default not sealed */
    readonly sealed?: SealedSegments | undefined;
}): UnpackedSegments;
export {};
