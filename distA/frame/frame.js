import { OffloopError } from '../errors.js';
/** Bytes before the payload of a frame without segments. A multiple of 8, so that numbers behind it are aligned. */
export const HEADER_BYTES = 24;
/** The version of frames that anybody can read and write. */
export const PLAIN_VERSION = 1;
/** The version of frames that are sealed by a key. */
export const SEALED_VERSION = 2;
/** 0xf7 begins no UTF-8 text, no gzip and no JSON, so that foreign values are told apart at once. */
const MAGIC = [0xf7, 0x4f, 0x66];
/** The first byte that the checksum in the header covers. */
export const CHECKED_FROM = 8;
/** A content type, a note and a seal take less. */
const SMALL_TABLE_BYTES = 8_192;
const FLAG_SEGMENTED = 0x01;
const FLAG_TYPED = 0x02;
const FLAG_NOTED = 0x04;
/** Writes all of a header but its checksum. */
export function writeHeader(frame, header) {
    frame[0] = MAGIC[0];
    frame[1] = MAGIC[1];
    frame[2] = MAGIC[2];
    frame[3] = header.sealed ? SEALED_VERSION : PLAIN_VERSION;
    frame[8] = header.codec;
    frame[9] = header.compression;
    frame[10] =
        (header.segmented ? FLAG_SEGMENTED : 0) |
            (header.typed ? FLAG_TYPED : 0) |
            (header.noted ? FLAG_NOTED : 0);
    frame[11] = 0;
    frame.writeUInt32LE(header.rawLength, 12);
    frame.writeUInt32LE(header.storedLength, 16);
    frame.writeUInt32LE(header.tableLength, 20);
}
/**
 * The header at the beginning of some bytes, of which the rest may not be there yet. Its lengths are not verified:
 * they may be used to ask for more, not to allocate. Throws `ERR_CORRUPT` where the bytes are no frame of version 1 or 2.
 */
export function readHeader(bytes) {
    if (bytes.length < HEADER_BYTES ||
        bytes[0] !== MAGIC[0] ||
        bytes[1] !== MAGIC[1] ||
        bytes[2] !== MAGIC[2]) {
        throw corrupt(`${bytes.length} bytes do not begin with a frame`);
    }
    const sealed = bytes[3] === SEALED_VERSION;
    if (!sealed && bytes[3] !== PLAIN_VERSION)
        throw corrupt(`frame version ${bytes[3]}, and this Offloop reads ${PLAIN_VERSION} and ${SEALED_VERSION}`);
    const flags = bytes[10] ?? 0;
    const header = {
        codec: bytes[8] ?? 0,
        compression: bytes[9] ?? 0,
        rawLength: bytes.readUInt32LE(12),
        storedLength: bytes.readUInt32LE(16),
        tableLength: bytes.readUInt32LE(20),
        checksum: bytes.readUInt32LE(4),
        segmented: (flags & FLAG_SEGMENTED) !== 0,
        typed: (flags & FLAG_TYPED) !== 0,
        noted: (flags & FLAG_NOTED) !== 0,
        sealed,
    };
    const isKnown = flags <= (FLAG_SEGMENTED | FLAG_TYPED | FLAG_NOTED) && bytes[11] === 0;
    const hasTable = flags !== 0 || sealed;
    if (!isKnown || hasTable !== header.tableLength > 0)
        throw corrupt('the frame has unknown flags');
    return header;
}
/** Bytes of the whole frame that a header begins. */
export function frameLength(header) {
    return HEADER_BYTES + header.tableLength + header.storedLength;
}
/**
 * The most bytes that a frame claims, before or after compression, for the limit on values. Of a sealed one a 256th is taken for
 * its tags: whoever may store a value must be able to read it. What stands before the payload of a large value is always shorter
 * than that; a content type, a note and the seal of a small one may not be.
 */
export function claimedBytes({ rawLength, storedLength, tableLength, sealed }) {
    const stored = sealed ? storedLength - Math.ceil(storedLength / 256) : storedLength;
    return Math.max(rawLength, stored, tableLength - SMALL_TABLE_BYTES);
}
/** Throws `ERR_CORRUPT` where a frame is not as long as its header says. */
export function assertLength(frame, header) {
    const expected = frameLength(header);
    if (frame.length !== expected)
        throw corrupt(`the frame has ${frame.length} bytes and announces ${expected}`);
}
/** Of bytes that are no frame, or not the one that was stored. */
export function corrupt(reason) {
    return new OffloopError('ERR_CORRUPT', `not a stored value of Offloop: ${reason}`);
}
