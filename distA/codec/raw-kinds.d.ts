import { OffloopError } from '../errors.js';
import { type DecodeLimits } from './limits.js';
/**
 * Bytes before the data: the kind, and seven zeros. With eight, the elements of a typed array are aligned wherever
 * the payload is.
 */
export declare const HEAD_BYTES = 8;
export declare const UTF16LE = 3;
export declare const BUFFER = 4;
export declare const ARRAY_BUFFER = 5;
/** The kind of a string by its encoding. */
export declare const TEXT_KINDS: {
    readonly latin1: 1;
    readonly utf8: 2;
    readonly utf16le: 3;
};
/** A payload with its head written, and room for the data. */
export declare function withHead(kind: number, byteLength: number): Buffer;
/** The payload of a text. */
export declare function encodeString(value: string): Uint8Array;
/** The kind in the head of a payload. Throws `ERR_CORRUPT` where that is no head. */
export declare function kindOf(payload: Uint8Array): number;
/** Throws `ERR_LIMIT` where a value of so many bytes is too long. Of UTF-8 the bytes count. */
export declare function assertRawLength(kind: number, bytes: number, limits: DecodeLimits): void;
/** The kind and the bytes of a genuine binary value. Throws `ERR_VALUE` for anything else, whatever its prototype is. */
export declare function binaryOf(value: unknown): {
    readonly kind: number;
    readonly data: Uint8Array;
};
/** The characters of a text, or of a piece of one that ends between two characters. */
export declare function decodeString(kind: number, data: Buffer): string;
/** A binary value. With `owned` it may be a view of `data`. */
export declare function decodeBytes(kind: number, data: Buffer, owned: boolean): unknown;
/** Turns the elements over where the host is big-endian; there is nothing to do on all others. */
export declare function littleEndian(bytes: Buffer, kind: number, from: number): Buffer;
export declare function corrupt(reason: string): OffloopError;
