import { readContentType } from './content-type.js';
import { corrupt, HEADER_BYTES } from './frame.js';
/** The most bytes of a note. */
export const MAX_NOTE_BYTES = 4096;
/** Where a frame's note ends at the latest. */
export const NOTE_WITHIN = HEADER_BYTES + 256 + 4104;
const LENGTH_BYTES = 2;
/** What follows stays aligned for the elements of typed arrays. */
const ALIGNMENT = 8;
/** The span that is all of a note. */
export function spanOf(note) {
    const bytes = Buffer.from(note.buffer, note.byteOffset, note.byteLength);
    return { bytes, start: 0, end: bytes.length };
}
/** A note by itself, in memory of its own: a view would keep all that it is a view of. */
export function noteBytes({ bytes, start, end }) {
    return Uint8Array.prototype.slice.call(bytes, start, end);
}
/** A note as it stands in a frame: two bytes of length, the bytes, zeros up to a multiple of 8 bytes. */
export function encodeNote(note) {
    if (note === undefined)
        return undefined;
    if (note.length === 0 || note.length > MAX_NOTE_BYTES)
        throw new RangeError(`a note has 1 to ${MAX_NOTE_BYTES} bytes, not ${note.length}`);
    const bytes = Buffer.alloc(paddedLength(note.length));
    bytes.writeUInt16LE(note.length, 0);
    bytes.set(note, LENGTH_BYTES);
    return bytes;
}
/**
 * The note in the beginning of a frame, and where what it takes ends there; undefined where there is none. Throws
 * `ERR_CORRUPT`. It is verified with the frame's checksum and seal, not here.
 */
export function readNote(bytes, header) {
    const start = header.typed ? readContentType(bytes, header).end : HEADER_BYTES;
    if (!header.noted)
        return { note: undefined, end: start };
    const limit = Math.min(HEADER_BYTES + header.tableLength, bytes.length);
    const length = start + LENGTH_BYTES <= limit ? bytes.readUInt16LE(start) : 0;
    const end = start + paddedLength(length);
    if (length === 0 || length > MAX_NOTE_BYTES || end > limit)
        throw corrupt('its note is none');
    const from = start + LENGTH_BYTES;
    return { note: { bytes, start: from, end: from + length }, end };
}
function paddedLength(bytes) {
    return Math.ceil((LENGTH_BYTES + bytes) / ALIGNMENT) * ALIGNMENT;
}
