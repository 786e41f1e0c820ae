/** Bytes of a segment, about. Each takes main some tenths of a millisecond to encode or decode. */
export const SEGMENT_BYTES = 65_536;
/** Of a payload whose codec does not say where in the value a segment begins. */
export const NO_OUTLINE = new Uint8Array();
/**
 * A payload that a codec wrote in one piece. Where the codec knows no segments it is cut into pieces of bytes, each of
 * which can be verified and decompressed alone, but not decoded.
 */
export function onePiece(codec, payload) {
    const pieces = codec.segmentDecoder ? 1 : Math.max(1, Math.ceil(payload.length / SEGMENT_BYTES));
    const lengths = new Uint32Array(pieces).fill(SEGMENT_BYTES);
    lengths[pieces - 1] = payload.length - SEGMENT_BYTES * (pieces - 1);
    return { slabs: [payload], owned: false, lengths, outline: NO_OUTLINE };
}
/** Whether the codec decodes a value from one piece, or wants to. */
export function isDecodedWhole({ segmentDecoder, wantsWhole }) {
    return segmentDecoder === undefined || wantsWhole === true;
}
/** All segments of a value at once. Throws as `encode` of the codec does. */
export function encodeSegments(codec, value) {
    const encoder = codec.segmentEncoder?.(value, SEGMENT_BYTES);
    if (!encoder)
        return onePiece(codec, codec.encode(value));
    if (!encoder.next())
        return onePiece(codec, encoder.whole());
    while (encoder.next())
        ;
    return encoder.take();
}
/** The segments of a payload, as views of its memory. */
export function* segmentsOf({ slabs, lengths, }) {
    let slab = 0;
    let from = 0;
    for (const length of lengths) {
        if (from + length > (slabs[slab]?.length ?? 0)) {
            slab++;
            from = 0;
        }
        yield (slabs[slab] ?? new Uint8Array()).subarray(from, from + length);
        from += length;
    }
}
