import type { Codec } from './codec.js';
/** What the cbor codec keeps. */
export declare const CBOR_KEEPS: import("./keeps.js").Keeps;
/** Whether cbor-x found its native part, cbor-extract, with which it reads strings faster. */
export declare const cborNativeStrings: boolean;
/**
 * CBOR (RFC 8949) by cbor-x, with record extensions: the keys of objects of one shape are written once a payload.
 * Bytes are scanned before they are decoded; see `scanCbor`.
 */
export declare const cborCodec: Codec;
