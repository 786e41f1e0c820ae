import { type FrameHeader } from './frame.js';
/** The most bytes of a note. */
export declare const MAX_NOTE_BYTES = 4096;
/** Where a frame's note ends at the latest. */
export declare const NOTE_WITHIN: number;
/**
 * Where a note lies. Not a view of it, which costs as much as all else that reads a note: a hit of a small value does without
 * one.
 */
export interface NoteSpan {
    readonly bytes: Buffer;
    readonly start: number;
    readonly end: number;
}
/** The span that is all of a note. */
export declare function spanOf(note: Uint8Array): NoteSpan;
/** A note by itself, in memory of its own: a view would keep all that it is a view of. */
export declare function noteBytes({ bytes, start, end }: NoteSpan): Uint8Array;
/** A note as it stands in a frame: two bytes of length, the bytes, zeros up to a multiple of 8 bytes. */
export declare function encodeNote(note: Uint8Array | undefined): Buffer | undefined;
/**
 * The note in the beginning of a frame, and where what it takes ends there; undefined where there is none. Throws
 * `ERR_CORRUPT`. It is verified with the frame's checksum and seal, not here.
 */
export declare function readNote(bytes: Buffer, header: FrameHeader): {
    note: NoteSpan | undefined;
    end: number;
};
