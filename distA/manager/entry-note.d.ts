import { type NoteSpan } from '../frame/note.js';
/** A tag, or another name under which values are invalidated together, and its generation when the value was made. */
export type Stamp = readonly [name: string, generation: string];
/** What a manager keeps beside a value. Times are by `Date.now()` of whoever stored it. */
export interface EntryNote {
    /** When the value was made. */
    readonly createdAt: number;
    /** When it stops being fresh; `Infinity` for never. It may be kept for longer, to be there in need. */
    readonly freshUntil: number;
    /** Milliseconds that it took to make; 0 where that is not known. */
    readonly costMs: number;
    /** What has to be the same for the value to count. */
    readonly stamps: readonly Stamp[];
    /** Whether it says that there is no value; null stands in its place. */
    readonly absent: boolean;
}
/**
 * A note as bytes, little-endian: version, flags (bit 0: absent), cost as a 32-bit float, two times as 64-bit floats, which is all where nothing is
 * stamped; then for each stamp the lengths of name and generation, 16 bits each, and both in UTF-8. Throws `ERR_OPTION`
 * where it takes over 4096 bytes.
 */
export declare function encodeEntryNote({ createdAt, freshUntil, costMs, stamps, absent }: EntryNote): Uint8Array;
/** What a note says; undefined where it is of another version, or none. */
export declare function decodeEntryNote({ bytes, start, end }: NoteSpan): EntryNote | undefined;
/**
 * Whether a note says of its value that it is one, is fresh, and depends on nothing else; false does not mean that it is not. For
 * hits, of which taking the whole note apart would be seen in what they cost.
 */
export declare function isPlainlyFresh({ bytes, start, end }: NoteSpan): boolean;
