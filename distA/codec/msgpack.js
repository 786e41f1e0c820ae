import { createRequire } from 'node:module';
import { OffloopError } from '../errors.js';
import { keepsOf } from './keeps.js';
import { DEFAULT_LIMITS } from './limits.js';
import { assertKeepable } from './loss.js';
import { scanMsgpack } from './msgpack-scan.js';
/** What the msgpack codec keeps. */
export const MSGPACK_KEEPS = keepsOf('msgpack', [
    'nonFinite',
    'bigint',
    'undefined',
    'date',
    'invalidDate',
    'extremeDate',
    'map',
    'set',
    'buffer',
    'uint8Array',
    'typedArray',
    'arrayBuffer',
    'dataView',
]);
/** As with cbor: a scratch buffer larger than this is given back after the call. */
const LARGEST_KEPT_SCRATCH = 4 * 1024 * 1024;
const FRESH_SCRATCH = 8192;
let engine;
/**
 * Loads msgpackr. Called when the codec is chosen by name, so that a missing package is found at construction.
 * Throws `ERR_MISSING_PACKAGE`.
 */
export function loadMsgpackr() {
    if (engine)
        return engine;
    let msgpackr;
    try {
        msgpackr = createRequire(import.meta.url)('msgpackr');
    }
    catch {
        throw new OffloopError('ERR_MISSING_PACKAGE', 'the msgpack codec needs the package msgpackr, which cannot be loaded: npm install msgpackr');
    }
    // `moreTypes` writes sets, typed arrays and long bigints as what they are. The Unpackr has no structures of its
    // own, so each payload starts with none; references to other parts are off.
    const packr = new msgpackr.Packr({
        useRecords: true,
        moreTypes: true,
        bundleStrings: false,
        useToJSON: false,
    });
    engine = {
        packr: packr,
        unpackr: new msgpackr.Unpackr({ mapsAsObjects: false, copyBuffers: true, structuredClone: false }),
    };
    return engine;
}
/**
 * MessagePack by msgpackr (an optional package), with its record extension: the keys of objects of one shape are
 * written once a payload. Bytes are scanned before they are decoded; see `scanMsgpack`.
 */
export const msgpackCodec = {
    name: 'msgpack',
    id: 4,
    encode(value) {
        const { packr } = loadMsgpackr();
        assertKeepable(value, MSGPACK_KEEPS);
        let bytes;
        try {
            bytes = packr.pack(value);
        }
        catch {
            throw new OffloopError('ERR_VALUE', 'value cannot be written: it changed meanwhile, or is over 4 GB as msgpack');
        }
        if (bytes.buffer.byteLength > LARGEST_KEPT_SCRATCH)
            packr.useBuffer(Buffer.allocUnsafeSlow(FRESH_SCRATCH));
        return bytes;
    },
    decode(bytes, _owned, limits = DEFAULT_LIMITS) {
        const { unpackr } = loadMsgpackr();
        scanMsgpack(bytes, limits);
        let value;
        try {
            // A Buffer, since binary data comes back as the class of the source.
            value = unpackr.unpack(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
        }
        catch {
            throw new OffloopError('ERR_CORRUPT', 'msgpack payload: it cannot be decoded');
        }
        if (value === undefined)
            throw new OffloopError('ERR_CORRUPT', 'msgpack payload: undefined is no value');
        return value;
    },
};
