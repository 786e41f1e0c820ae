import { crc32 } from 'node:zlib';
import { OffloopError } from '../errors.js';
import { checksum } from './checksum.js';
import { CHECKED_FROM, corrupt, HEADER_BYTES, writeHeader } from './frame.js';
import { sealIn } from './key-ring.js';
import { encodeSealBlock, readSealBlock } from './seal-block.js';
import { TAG_BYTES } from './value-seal.js';
/** Bytes of a segment's row in the table. */
const ROW_BYTES = 12;
const COUNT_BYTES = 4;
const NO_BYTES = new Uint8Array();
/** A frame with segments, in memory of its own. The layout is in docs/frame.md. */
export function writeSegmentedFrame(content) {
    const { codec, compression, outline, segments, contentType = NO_BYTES, note = NO_BYTES, seal } = content;
    const block = seal ? encodeSealBlock(seal.identity) : NO_BYTES;
    const tagBytes = seal ? TAG_BYTES : 0;
    const noteAt = HEADER_BYTES + contentType.length;
    const rowsAt = noteAt + note.length + block.length + COUNT_BYTES;
    const outlineAt = rowsAt + segments.length * ROW_BYTES;
    const payloadAt = outlineAt + outline.length + tagBytes;
    let storedLength = 0;
    let rawLength = 0;
    for (const segment of segments) {
        storedLength += segment.stored.length + tagBytes;
        rawLength += segment.rawLength;
    }
    const frame = Buffer.allocUnsafeSlow(payloadAt + storedLength);
    const tableLength = payloadAt - HEADER_BYTES;
    writeHeader(frame, {
        codec,
        compression,
        rawLength,
        storedLength,
        tableLength,
        segmented: true,
        typed: contentType.length > 0,
        noted: note.length > 0,
        sealed: seal !== undefined,
    });
    frame.set(contentType, HEADER_BYTES);
    frame.set(note, noteAt);
    frame.set(block, noteAt + note.length);
    frame.writeUInt32LE(segments.length, rowsAt - COUNT_BYTES);
    let row = rowsAt;
    let at = payloadAt;
    for (const [index, { rawLength: raw, stored }] of segments.entries()) {
        const end = at + stored.length + tagBytes;
        if (seal)
            seal.write(frame, at, stored, segmentMessage({ index, count: segments.length, rawLength: raw }));
        else
            frame.set(stored, at);
        frame.writeUInt32LE(end - at, row);
        frame.writeUInt32LE(raw, row + 4);
        frame.writeUInt32LE(crc32(frame.subarray(at, end)), row + 8);
        row += ROW_BYTES;
        at = end;
    }
    if (seal)
        seal.write(frame, outlineAt, outline, tableMessage(frame, outlineAt));
    else
        frame.set(outline, outlineAt);
    frame.writeUInt32LE(tableChecksum(frame, payloadAt), 4);
    return frame;
}
/** What a segment is bound to, besides its value: its place, how many there are, and how long it is before compression. */
export function segmentMessage({ index, count, rawLength, }) {
    const bound = Buffer.allocUnsafe(12);
    bound.writeUInt32LE(index, 0);
    bound.writeUInt32LE(count, 4);
    bound.writeUInt32LE(rawLength, 8);
    return { index: index + 1, bound };
}
/** The outline is sealed together with all that stands before it. */
function tableMessage(bytes, outlineAt) {
    return { index: 0, bound: bytes.subarray(CHECKED_FROM, outlineAt) };
}
/** As {@link readTable}, opened, of at most as many segments as the opener says. Throws `ERR_INTEGRITY` or `ERR_KEY_ID` as well. */
export function openTable(bytes, header, opener) {
    const { rows, outline } = readTable(bytes, header, opener.maxSegments);
    const seal = sealIn(bytes, header, opener);
    if (!seal)
        return { rows, outline, seal };
    const outlineAt = HEADER_BYTES + header.tableLength - outline.length;
    return { rows, outline: seal.open(outline, tableMessage(bytes, outlineAt)), seal };
}
/**
 * The table of a segmented frame, held against the checksum in its header; `bytes` hold both, and may hold more. Throws
 * `ERR_CORRUPT`, and `ERR_LIMIT` where it has more segments than may be, before anything is allocated for what it only claims.
 */
export function readTable(bytes, header, maxSegments = Number.POSITIVE_INFINITY) {
    const payloadAt = HEADER_BYTES + header.tableLength;
    if (!header.segmented || bytes.length < payloadAt)
        throw corrupt('the table of its segments is not there');
    if (tableChecksum(bytes, payloadAt) !== header.checksum)
        throw corrupt('the checksum does not match');
    const { identity, end } = readSealBlock(bytes, header);
    const tagBytes = identity ? TAG_BYTES : 0;
    const rowsAt = end + COUNT_BYTES;
    const count = rowsAt <= payloadAt ? bytes.readUInt32LE(rowsAt - COUNT_BYTES) : 0;
    const outlineAt = rowsAt + count * ROW_BYTES;
    if (count === 0 || outlineAt + tagBytes > payloadAt)
        throw corrupt('the table of its segments is too short');
    if (count > maxSegments) {
        const text = `the stored value has ${count} segments, over the limit of ${maxSegments} (limits.maxSegments)`;
        throw new OffloopError('ERR_LIMIT', text);
    }
    const rows = [];
    let start = payloadAt;
    let rawLength = 0;
    for (let at = rowsAt; at < outlineAt; at += ROW_BYTES) {
        const row = {
            storedLength: bytes.readUInt32LE(at),
            rawLength: bytes.readUInt32LE(at + 4),
            checksum: bytes.readUInt32LE(at + 8),
            start,
        };
        const length = row.storedLength - tagBytes;
        const isPlausible = length > 0 && length <= row.rawLength;
        if (!isPlausible || (header.compression === 0 && length < row.rawLength))
            throw corrupt('a segment has an impossible length');
        rows.push(row);
        start += row.storedLength;
        rawLength += row.rawLength;
    }
    if (start !== payloadAt + header.storedLength || rawLength !== header.rawLength)
        throw corrupt('its segments are not as long as its header says');
    return { rows, outline: bytes.subarray(outlineAt, payloadAt), identity };
}
/** Throws `ERR_CORRUPT` where bytes are not the ones that were stored as a segment. */
export function verifySegment(row, stored) {
    if (stored.length !== row.storedLength || crc32(stored) !== row.checksum)
        throw corrupt('the checksum of a segment does not match');
}
function tableChecksum(bytes, payloadAt) {
    return checksum(bytes, CHECKED_FROM, HEADER_BYTES, bytes.subarray(HEADER_BYTES, payloadAt));
}
