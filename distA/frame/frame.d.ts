import { OffloopError } from '../errors.js';
/** Bytes before the payload of a frame without segments. A multiple of 8, so that numbers behind it are aligned. */
export declare const HEADER_BYTES = 24;
/** The version of frames that anybody can read and write. */
export declare const PLAIN_VERSION = 1;
/** The version of frames that are sealed by a key. */
export declare const SEALED_VERSION = 2;
/** The first byte that the checksum in the header covers. */
export declare const CHECKED_FROM = 8;
/** What a frame says of its payload. */
export interface FrameHeader {
    /** The codec's number, 1 to 255. */
    readonly codec: number;
    /** The compression's number; 0 is none. */
    readonly compression: number;
    /** Bytes of the payload before compression. */
    readonly rawLength: number;
    /** Bytes of the payload as it is stored. */
    readonly storedLength: number;
    /** Bytes between header and payload: the content type, the note, the seal and the table of segments, each where there is one. */
    readonly tableLength: number;
    /** CRC-32 of all bytes from the ninth on; in a frame with segments, up to the end of the table. */
    readonly checksum: number;
    readonly segmented: boolean;
    /** Whether there is a content type. */
    readonly typed: boolean;
    /** Whether there is a note. */
    readonly noted: boolean;
    /** Whether it is sealed: version 2. */
    readonly sealed: boolean;
}
/** Writes all of a header but its checksum. */
export declare function writeHeader(frame: Buffer, header: Omit<FrameHeader, 'checksum'>): void;
/**
 * The header at the beginning of some bytes, of which the rest may not be there yet. Its lengths are not verified:
 * they may be used to ask for more, not to allocate. Throws `ERR_CORRUPT` where the bytes are no frame of version 1 or 2.
 */
export declare function readHeader(bytes: Buffer): FrameHeader;
/** Bytes of the whole frame that a header begins. */
export declare function frameLength(header: FrameHeader): number;
/**
 * The most bytes that a frame claims, before or after compression, for the limit on values. Of a sealed one a 256th is taken for
 * its tags: whoever may store a value must be able to read it. What stands before the payload of a large value is always shorter
 * than that; a content type, a note and the seal of a small one may not be.
 */
export declare function claimedBytes({ rawLength, storedLength, tableLength, sealed }: FrameHeader): number;
/** Throws `ERR_CORRUPT` where a frame is not as long as its header says. */
export declare function assertLength(frame: Buffer, header: FrameHeader): void;
/** Of bytes that are no frame, or not the one that was stored. */
export declare function corrupt(reason: string): OffloopError;
