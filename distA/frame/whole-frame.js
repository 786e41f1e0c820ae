import { checksum } from './checksum.js';
import { assertLength, CHECKED_FROM, corrupt, HEADER_BYTES, writeHeader } from './frame.js';
import { sealIn } from './key-ring.js';
import { encodeSealBlock } from './seal-block.js';
import { TAG_BYTES } from './value-seal.js';
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
export function writeFrame({ codec, compression, rawLength, payload, contentType, note, seal, }) {
    const block = seal && encodeSealBlock(seal.identity);
    const typeLength = contentType?.length ?? 0;
    const noteLength = note?.length ?? 0;
    const tableLength = typeLength + noteLength + (block?.length ?? 0);
    const payloadAt = HEADER_BYTES + tableLength;
    const storedLength = payload.length + (seal ? TAG_BYTES : 0);
    const frame = Buffer.allocUnsafe(payloadAt + storedLength);
    const sealed = seal !== undefined;
    writeHeader(frame, {
        codec,
        compression,
        rawLength,
        storedLength,
        tableLength,
        segmented: false,
        typed: typeLength > 0,
        noted: noteLength > 0,
        sealed,
    });
    if (contentType)
        frame.set(contentType, HEADER_BYTES);
    if (note)
        frame.set(note, HEADER_BYTES + typeLength);
    if (block)
        frame.set(block, HEADER_BYTES + typeLength + noteLength);
    if (seal)
        seal.write(frame, payloadAt, payload, { index: 0, bound: frame.subarray(CHECKED_FROM, payloadAt) });
    else
        frame.set(payload, payloadAt);
    const stored = seal ? frame.subarray(payloadAt) : payload;
    frame.writeUInt32LE(checksum(frame, CHECKED_FROM, payloadAt, stored), 4);
    return frame;
}
/**
 * The stored payload of a whole frame without segments, verified and opened; it may be a view of `frame`. Throws `ERR_CORRUPT`,
 * and `ERR_INTEGRITY` or `ERR_KEY_ID` where the keys say otherwise.
 */
export function verifiedPayload(frame, header, opener) {
    assertLength(frame, header);
    const payloadAt = HEADER_BYTES + header.tableLength;
    const stored = frame.subarray(payloadAt);
    if (checksum(frame, CHECKED_FROM, payloadAt, stored) !== header.checksum)
        throw corrupt('the checksum does not match');
    const seal = sealIn(frame, header, opener);
    if (!seal)
        return stored;
    return seal.open(stored, { index: 0, bound: frame.subarray(CHECKED_FROM, payloadAt) });
}
