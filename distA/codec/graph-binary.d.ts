import { BINARY_KINDS } from './graph-format.js';
/** Makes a binary value of bytes that nobody else holds. */
export interface Reviver {
    /** The bytes must be a multiple of this. */
    readonly elementBytes: number;
    from(bytes: ArrayBuffer): object;
}
/** Binary data that comes in pieces, and what it is going to be. */
export interface LongBytes {
    readonly reviver: Reviver;
    readonly bytes: Uint8Array<ArrayBuffer>;
}
/** By the name in `BINARY_KINDS`. */
export declare const BINARY_REVIVERS: Readonly<Record<(typeof BINARY_KINDS)[number], Reviver>>;
/** The number of a binary value's kind; undefined for any other. */
export declare function binaryKindOf(value: object): number | undefined;
/** The bytes of a genuine binary value, as a view of them; undefined for any other, whatever its prototype is. */
export declare function bytesOf(value: object): Uint8Array | undefined;
