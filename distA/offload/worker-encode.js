import { encodeSegments } from '../codec/segments.js';
/** A value on its way to main, which decodes it in slices. Throws as `encode` of the codec does. */
export function encodedPayload(codec, value, storedBytes) {
    const { slabs, lengths } = encodeSegments(codec, value);
    const payload = slabs.length === 1 && slabs[0] ? slabs[0] : new Uint8Array(Buffer.concat(slabs));
    return { kind: 'payload', codec: codec.id, payload, lengths, storedBytes };
}
