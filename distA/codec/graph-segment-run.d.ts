import { OffloopError } from '../errors.js';
import type { Outline } from './graph-outline-reader.js';
import { OpenPart } from './graph-parts.js';
import type { SpanningContainer } from './graph-spanning.js';
import type { DecodeLimits } from './limits.js';
/** A segmented value of which parts are read. */
export interface SegmentSource {
    /** What the encoder said of where the segments begin. */
    readonly outline: Uint8Array;
    /** Whether it is a payload of `columns`, and not of `graph`. */
    readonly hasBatches: boolean;
    /** @default those of what Offloop writes */
    readonly limits?: DecodeLimits | undefined;
    /** Bytes of each segment, not compressed. */
    readonly lengths: ArrayLike<number>;
    /** The segments from `first` to `end - 1`, not compressed. What it throws passes through. */
    segments(first: number, end: number): Promise<readonly Uint8Array[]>;
}
/** Neighbouring segments to be decoded, and the container that they are decoded for. */
export interface Run {
    readonly container: SpanningContainer;
    readonly first: number;
    readonly end: number;
}
/** The bytes of the segments from `first` to `end - 1`. */
export declare function bytesIn({ lengths }: SegmentSource, first: number, end: number): number;
/** Fetches segments. Throws `ERR_CORRUPT` where they are not as many and as long as announced. */
export declare function fetchRun(source: SegmentSource, first: number, end: number): Promise<Uint8Array[]>;
/**
 * Decodes segments without those before them: what these left open is a stand-in. Behind each segment the decoder has
 * to be where the outline says. The container with what these segments have of it.
 */
export declare function decodeRun(source: SegmentSource, outline: Outline, run: Run): Promise<OpenPart>;
/** The error where the outline and the segments cannot be of one value. */
export declare function disagreement(): OffloopError;
