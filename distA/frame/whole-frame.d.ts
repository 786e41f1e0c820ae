import { type FrameHeader } from './frame.js';
import { type Opener } from './key-ring.js';
import { type ValueSeal } from './value-seal.js';
/** What {@link writeFrame} is given. */
export interface FrameContent {
    readonly codec: number;
    readonly compression: number;
    readonly rawLength: number;
    /** The payload as it is to be stored. */
    readonly payload: Uint8Array;
    /** A content type as `encodeContentType` gives it. @default none */
    readonly contentType?: Uint8Array | undefined;
    /** A note as `encodeNote` gives it. @default none */
    readonly note?: Uint8Array | undefined;
    /** @default none: anybody can read it, and write another */
    readonly seal?: ValueSeal | undefined;
}
/**
 * A frame without segments in memory of its own; version 2 where it is sealed, else 1. All numbers are little-endian.
 *
 * | bytes | what |
 * | --- | --- |
 * | 0 to 2 | magic `f7 4f 66` |
 * | 3 | version: 1, or 2 where it is sealed |
 * | 4 to 7 | CRC-32 of bytes 8 to the end; with segments, to the end of the table |
 * | 8 | codec |
 * | 9 | compression |
 * | 10 | flags: bit 0 is set where there are segments, bit 1 where there is a content type, bit 2 where there is a note; all others are 0 |
 * | 11 | 0 |
 * | 12 to 15 | raw length |
 * | 16 to 19 | stored length |
 * | 20 to 23 | length of the content type, the note, the seal and the table of segments; 0 where there are none |
 * | 24 | the content type, the note, the seal, the table, then the payload |
 */
export declare function writeFrame({ codec, compression, rawLength, payload, contentType, note, seal, }: FrameContent): Buffer;
/**
 * The stored payload of a whole frame without segments, verified and opened; it may be a view of `frame`. Throws `ERR_CORRUPT`,
 * and `ERR_INTEGRITY` or `ERR_KEY_ID` where the keys say otherwise.
 */
export declare function verifiedPayload(frame: Buffer, header: FrameHeader, opener: Opener): Buffer;
