import { DEFAULT_LIMITS } from './limits.js';
import { assertRawLength, binaryOf, decodeBytes, decodeString, encodeString, HEAD_BYTES, kindOf, littleEndian, UTF16LE, withHead, } from './raw-kinds.js';
import { RawBinaryEncoder, RawDecoder, RawTextEncoder } from './raw-segments.js';
/**
 * No serialization: the bytes of one string, Buffer, typed array, ArrayBuffer or DataView, after a head of eight
 * bytes. Elements are little-endian. A Buffer comes back as a Buffer, a Uint8Array as a Uint8Array.
 */
export const rawCodec = {
    name: 'raw',
    id: 3,
    wantsWhole: true,
    encode(value) {
        if (typeof value === 'string')
            return encodeString(value);
        const { kind, data } = binaryOf(value);
        const bytes = withHead(kind, data.byteLength);
        bytes.set(data, HEAD_BYTES);
        return littleEndian(bytes, kind, HEAD_BYTES);
    },
    decode(bytes, owned, limits = DEFAULT_LIMITS) {
        const kind = kindOf(bytes);
        assertRawLength(kind, bytes.byteLength - HEAD_BYTES, limits);
        const data = Buffer.from(bytes.buffer, bytes.byteOffset + HEAD_BYTES, bytes.byteLength - HEAD_BYTES);
        return kind <= UTF16LE ? decodeString(kind, data) : decodeBytes(kind, data, owned);
    },
    segmentEncoder(value, limitBytes) {
        if (typeof value === 'string')
            return new RawTextEncoder(value, limitBytes);
        return new RawBinaryEncoder(binaryOf(value), limitBytes);
    },
    segmentDecoder: (totalBytes, owned, limits = DEFAULT_LIMITS) => new RawDecoder(totalBytes, owned, limits),
};
