import { readContentType } from './content-type.js';
import { corrupt, type FrameHeader, HEADER_BYTES } from './frame.js';

/** The most bytes of a note. */
export const MAX_NOTE_BYTES = 4096;
/** Where a frame's note ends at the latest. */
export const NOTE_WITHIN = HEADER_BYTES + 256 + 4104;
const LENGTH_BYTES = 2;
/** What follows stays aligned for the elements of typed arrays. */
const ALIGNMENT = 8;

/** A note as it stands in a frame: two bytes of length, the bytes, zeros up to a multiple of 8 bytes. */
export function encodeNote(note: Uint8Array | undefined): Buffer | undefined {
  if (note === undefined) return undefined;
  if (note.length === 0 || note.length > MAX_NOTE_BYTES)
    throw new RangeError(`a note has 1 to ${MAX_NOTE_BYTES} bytes, not ${note.length}`);
  const bytes = Buffer.alloc(paddedLength(note.length));
  bytes.writeUInt16LE(note.length, 0);
  bytes.set(note, LENGTH_BYTES);
  return bytes;
}

/**
 * The note in the beginning of a frame, as a view of it, and where it ends there; undefined where there is none. Throws
 * `ERR_CORRUPT`. It is verified with the frame's checksum and seal, not here.
 */
export function readNote(bytes: Buffer, header: FrameHeader): { note: Buffer | undefined; end: number } {
  const start = header.typed ? readContentType(bytes, header).end : HEADER_BYTES;
  if (!header.noted) return { note: undefined, end: start };
  const limit = Math.min(HEADER_BYTES + header.tableLength, bytes.length);
  const length = start + LENGTH_BYTES <= limit ? bytes.readUInt16LE(start) : 0;
  const end = start + paddedLength(length);
  if (length === 0 || length > MAX_NOTE_BYTES || end > limit) throw corrupt('its note is none');
  return { note: bytes.subarray(start + LENGTH_BYTES, start + LENGTH_BYTES + length), end };
}

function paddedLength(bytes: number): number {
  return Math.ceil((LENGTH_BYTES + bytes) / ALIGNMENT) * ALIGNMENT;
}
