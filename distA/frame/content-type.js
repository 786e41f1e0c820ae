import { corrupt, HEADER_BYTES } from './frame.js';
const PRINTABLE = /^[\x20-\x7e]{1,255}$/;
/** What follows stays aligned for the elements of typed arrays. */
const ALIGNMENT = 8;
/** Whether a text can be a content type: 1 to 255 printable ASCII characters. */
export function isContentType(text) {
    return PRINTABLE.test(text);
}
/** A content type as it stands in a frame: one byte of length, the characters, zeros up to a multiple of 8 bytes. */
export function encodeContentType(text) {
    if (text === undefined)
        return undefined;
    const bytes = Buffer.alloc(paddedLength(text.length));
    bytes[0] = text.length;
    bytes.write(text, 1, 'latin1');
    return bytes;
}
/**
 * The content type in the beginning of a frame, and where it ends there; undefined where there is none. Throws
 * `ERR_CORRUPT`. It is verified with the frame's checksum, not here.
 */
export function readContentType(bytes, header) {
    if (!header.typed)
        return { text: undefined, end: HEADER_BYTES };
    const length = bytes[HEADER_BYTES] ?? 0;
    const end = HEADER_BYTES + paddedLength(length);
    const text = bytes.toString('latin1', HEADER_BYTES + 1, HEADER_BYTES + 1 + length);
    const fits = end <= HEADER_BYTES + header.tableLength && end <= bytes.length;
    if (!fits || !isContentType(text))
        throw corrupt('its content type is none');
    return { text, end };
}
function paddedLength(characters) {
    return Math.ceil((1 + characters) / ALIGNMENT) * ALIGNMENT;
}
