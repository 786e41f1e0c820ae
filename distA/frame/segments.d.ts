import { type FrameHeader } from './frame.js';
import { type Opener } from './key-ring.js';
import { type SealedMessage, type SealIdentity, type ValueSeal } from './value-seal.js';
/** Where a segment lies, and what it has to be. */
export interface SegmentRow {
    readonly storedLength: number;
    readonly rawLength: number;
    /** CRC-32 of its stored bytes. */
    readonly checksum: number;
    /** Its first byte, counted from the frame's. */
    readonly start: number;
}
/** What stands between the header and the payload of a segmented frame. */
export interface FrameTable {
    readonly rows: readonly SegmentRow[];
    /** Where in the value each segment begins; what it says is the codec's own. As it is stored: of a sealed frame it is sealed. */
    readonly outline: Buffer;
    /** Who sealed it, by its own account. */
    readonly identity: SealIdentity | undefined;
}
/** A table of which the seal, where there is one, was found right. */
export interface OpenedTable {
    readonly rows: readonly SegmentRow[];
    readonly outline: Buffer;
    readonly seal: ValueSeal | undefined;
}
/** What {@link writeSegmentedFrame} is given. */
export interface SegmentedContent {
    readonly codec: number;
    /** The compression of the segments whose stored bytes are fewer than their raw ones. */
    readonly compression: number;
    readonly outline: Uint8Array;
    /** A content type as `encodeContentType` gives it. @default none */
    readonly contentType?: Uint8Array | undefined;
    /** A note as `encodeNote` gives it. @default none */
    readonly note?: Uint8Array | undefined;
    /** @default none */
    readonly seal?: ValueSeal | undefined;
    readonly segments: readonly {
        readonly rawLength: number;
        readonly stored: Uint8Array;
    }[];
}
/** A frame with segments, in memory of its own. The layout is in docs/frame.md. */
export declare function writeSegmentedFrame(content: SegmentedContent): Buffer;
/** What a segment is bound to, besides its value: its place, how many there are, and how long it is before compression. */
export declare function segmentMessage({ index, count, rawLength, }: {
    readonly index: number;
    readonly count: number;
    readonly rawLength: number;
}): SealedMessage;
/** As {@link readTable}, opened, of at most as many segments as the opener says. Throws `ERR_INTEGRITY` or `ERR_KEY_ID` as well. */
export declare function openTable(bytes: Buffer, header: FrameHeader, opener: Opener): OpenedTable;
/**
 * The table of a segmented frame, held against the checksum in its header; `bytes` hold both, and may hold more. Throws
 * `ERR_CORRUPT`, and `ERR_LIMIT` where it has more segments than may be, before anything is allocated for what it only claims.
 */
export declare function readTable(bytes: Buffer, header: FrameHeader, maxSegments?: number): FrameTable;
/** Throws `ERR_CORRUPT` where bytes are not the ones that were stored as a segment. */
export declare function verifySegment(row: SegmentRow, stored: Uint8Array): void;
