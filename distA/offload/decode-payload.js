import { segmentsOf } from '../codec/segments.js';
/** The value of a raw payload, decoded at once. */
export function decodePayload(registry, { codec: id, payload, lengths }) {
    const codec = registry.byId(id);
    const decoder = lengths.length > 1 ? codec.segmentDecoder?.(payload.length, false) : undefined;
    if (!decoder)
        return codec.decode(payload, false);
    for (const segment of segmentsOf({ slabs: [payload], lengths }))
        decoder.next(segment);
    return decoder.end();
}
