import type { Packr, Unpackr } from 'msgpackr';
import type { Codec } from './codec.js';
/** What the msgpack codec keeps. */
export declare const MSGPACK_KEEPS: import("./keeps.js").Keeps;
interface Engine {
    /** `useBuffer` is missing in msgpackr's types. */
    readonly packr: Packr & {
        useBuffer(scratch: Uint8Array): void;
    };
    readonly unpackr: Unpackr;
}
/**
 * Loads msgpackr. Called when the codec is chosen by name, so that a missing package is found at construction.
 * Throws `ERR_MISSING_PACKAGE`.
 */
export declare function loadMsgpackr(): Engine;
/**
 * MessagePack by msgpackr (an optional package), with its record extension: the keys of objects of one shape are
 * written once a payload. Bytes are scanned before they are decoded; see `scanMsgpack`.
 */
export declare const msgpackCodec: Codec;
export {};
