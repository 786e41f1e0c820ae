import { Decoder, Encoder, isNativeAccelerationEnabled } from 'cbor-x';
import { OffloopError } from '../errors.js';
import { scanCbor } from './cbor-scan.js';
import { keepsOf } from './keeps.js';
import { DEFAULT_LIMITS } from './limits.js';
import { assertKeepable } from './loss.js';
/** What the cbor codec keeps. */
export const CBOR_KEEPS = keepsOf('cbor', [
    'nonFinite',
    'bigint',
    'undefined',
    'date',
    'invalidDate',
    'map',
    'set',
    'buffer',
    'uint8Array',
    'typedArray',
]);
/** Whether cbor-x found its native part, cbor-extract, with which it reads strings faster. */
export const cborNativeStrings = isNativeAccelerationEnabled;
/**
 * A scratch buffer larger than this is given back after the call. cbor-x reserves three bytes a character and grows
 * by four: one 3 MB string would otherwise hold 36 MB for as long as the thread lives.
 */
const LARGEST_KEPT_SCRATCH = 4 * 1024 * 1024;
const FRESH_SCRATCH = 8192;
// One instance a direction: an Encoder remembers the records that it decodes, so that a payload could change how
// later ones are read; this Decoder forgets them after each call.
// With mapsAsObjects the encoder puts tag 259 on a Map. `useBuffer` is missing in cbor-x's types.
const encoder = new Encoder({
    useRecords: true,
    bundleStrings: false,
    tagUint8Array: true,
    mapsAsObjects: true,
});
// Buffers are copied: as a view, ten bytes would hold the whole payload in memory.
const decoder = new Decoder({ useRecords: false, mapsAsObjects: true, copyBuffers: true });
/**
 * CBOR (RFC 8949) by cbor-x, with record extensions: the keys of objects of one shape are written once a payload.
 * Bytes are scanned before they are decoded; see `scanCbor`.
 */
export const cborCodec = {
    name: 'cbor',
    id: 2,
    encode(value) {
        assertKeepable(value, CBOR_KEEPS);
        let bytes;
        try {
            bytes = encoder.encode(value);
        }
        catch {
            throw new OffloopError('ERR_VALUE', 'value cannot be written: it changed meanwhile, or is over 4 GB as cbor');
        }
        if (bytes.buffer.byteLength > LARGEST_KEPT_SCRATCH)
            encoder.useBuffer(Buffer.allocUnsafeSlow(FRESH_SCRATCH));
        return bytes;
    },
    decode(bytes, _owned, limits = DEFAULT_LIMITS) {
        scanCbor(bytes, limits);
        let value;
        try {
            // A Buffer, since byte strings come back as the class of the source.
            value = decoder.decode(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
        }
        catch {
            throw new OffloopError('ERR_CORRUPT', 'cbor payload: it cannot be decoded');
        }
        if (value === undefined)
            throw new OffloopError('ERR_CORRUPT', 'cbor payload: undefined is no value');
        return value;
    },
};
