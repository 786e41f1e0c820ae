import { compressSync, decompressSync } from '../codec/compression.js';
import { segmentsOf } from '../codec/segments.js';
import { encodeContentType } from '../frame/content-type.js';
import { assertLength, HEADER_BYTES } from '../frame/frame.js';
import { encodeNote } from '../frame/note.js';
import { openTable, segmentMessage, verifySegment, writeSegmentedFrame, } from '../frame/segments.js';
import { verifiedPayload, writeFrame } from '../frame/whole-frame.js';
/** Of so many segments one is tried before the others: data that cannot be compressed is not worth trying all. */
const TRIED_FIRST = 16;
/** The frame of a payload, compressed where that is asked for and pays. */
export function pack({ payload, codec, compression, contentType, note, seal, }) {
    const packed = compression && compressSync(payload, compression);
    return writeFrame({
        codec,
        compression: compression && packed ? compression.id : 0,
        rawLength: payload.length,
        payload: packed ?? payload,
        contentType: encodeContentType(contentType),
        note: encodeNote(note),
        seal,
    });
}
/** The frame of a payload in segments, each compressed by itself where that is asked for and pays. */
export function packSegments(content) {
    const { payload, codec, compression } = content;
    const segments = [...segmentsOf(payload)];
    const [only] = segments;
    if (only && segments.length === 1)
        return pack({ ...content, payload: only });
    const settings = compression && worthwhile(segments, compression) ? compression : undefined;
    let compressed = false;
    const stored = segments.map((segment) => {
        const packed = settings && compressSync(segment, settings);
        if (!packed || packed.length >= segment.length)
            return { rawLength: segment.length, stored: segment };
        compressed = true;
        return { rawLength: segment.length, stored: packed };
    });
    return writeSegmentedFrame({
        codec,
        compression: settings && compressed ? settings.id : 0,
        outline: payload.outline,
        contentType: encodeContentType(content.contentType),
        note: encodeNote(content.note),
        seal: content.seal,
        segments: stored,
    });
}
/** The raw payload of a whole frame, verified, opened and decompressed. Its raw length must have been held against the limit. */
export function unpack(frame, header, opener) {
    // Most values have no segments, and nobody asks for their lengths.
    if (header.segmented)
        return unpackFrame(frame, header, opener).payload;
    const stored = verifiedPayload(frame, header, opener);
    return header.compression === 0 ? stored : decompressSync(stored, header.compression, header.rawLength);
}
/** As {@link unpack}, and where the segments lie in the payload; a frame without segments counts as one. */
export function unpackFrame(frame, header, opener) {
    if (!header.segmented) {
        const payload = unpack(frame, header, opener);
        return { payload, lengths: Uint32Array.of(payload.length) };
    }
    assertLength(frame, header);
    const { rows, seal } = openTable(frame, header, opener);
    const bytes = frame.subarray(HEADER_BYTES + header.tableLength);
    const sealed = seal && { seal, first: 0, count: rows.length };
    return unpackSegments({ bytes, rows, compression: header.compression, sealed });
}
/**
 * Some segments, verified, opened and decompressed. `bytes` is what stands in the frame from the first row's start on; the
 * result may be a view of it. The sum of the raw lengths must have been held against the limit.
 */
export function unpackSegments({ bytes, rows, compression, sealed, }) {
    const lengths = Uint32Array.from(rows, ({ rawLength }) => rawLength);
    const origin = rows[0]?.start ?? 0;
    const pieces = rows.map((row, at) => {
        const stored = bytes.subarray(row.start - origin, row.start - origin + row.storedLength);
        verifySegment(row, stored);
        if (!sealed)
            return stored;
        const { seal, first, count } = sealed;
        return seal.open(stored, segmentMessage({ index: first + at, count, rawLength: row.rawLength }));
    });
    const plain = !sealed && rows.every(({ storedLength, rawLength }) => storedLength === rawLength);
    const total = lengths.reduce((sum, length) => sum + length, 0);
    if (plain)
        return { payload: bytes.subarray(0, total), lengths };
    const payload = new Uint8Array(total);
    let at = 0;
    for (const [index, stored] of pieces.entries()) {
        const rawLength = lengths[index] ?? 0;
        payload.set(stored.length === rawLength ? stored : decompressSync(stored, compression, rawLength), at);
        at += rawLength;
    }
    return { payload, lengths };
}
function worthwhile(segments, compression) {
    for (let index = 0; index < segments.length; index += TRIED_FIRST) {
        const segment = segments[index];
        if (segment && compressSync(segment, compression))
            return true;
    }
    return false;
}
