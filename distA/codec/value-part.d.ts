import { OffloopError } from '../errors.js';
/** One step into a value: the name of a property, the place of an element, the key of a Map. */
export type PathStep = string | number;
/** A part of a value: what is at a path, or the elements of that in a range. */
export interface Selection {
    readonly path: readonly PathStep[];
    readonly range: readonly [from: number, to: number] | undefined;
}
/** Throws `ERR_PATH` where this is no array of 0 to 500 strings and whole numbers of 0 to 2^53 - 1. */
export declare function assertPath(path: unknown): asserts path is readonly PathStep[];
/** Throws `ERR_PATH` where these are no whole numbers of 0 to 2^53 - 1, or `to` is less than `from`. */
export declare function assertRange(from: unknown, to: unknown): void;
/**
 * What is at a path in a value: own enumerable properties of plain objects, elements of arrays, values of Maps.
 * Undefined where there is nothing: prototypes, `length`, the insides of strings and other objects are no parts. Throws
 * `ERR_PATH` on a malformed path.
 */
export declare function partOf(value: unknown, path: readonly PathStep[]): unknown;
/**
 * The elements `from` to `to - 1` of what is at a path: of an array, of binary data (bytes of a Buffer, an ArrayBuffer
 * and a DataView) or the UTF-16 units of a string. It has the class of the whole, and memory of its own. Undefined
 * where there is nothing. Throws `ERR_PATH` on a malformed path or range, or where something else is there.
 */
export declare function sliceOf(value: unknown, path: readonly PathStep[], from: number, to: number): unknown;
/** What {@link partOf} or {@link sliceOf} says of a selection. */
export declare function selectedOf(value: unknown, { path, range }: Selection): unknown;
/** Some elements of binary data of a kind, which is its place in `BINARY_KINDS`. */
export declare function sliceBytes(bytes: Uint8Array, range: {
    kind: number;
    from: number;
    to: number;
}): object;
/** The error for a range of what has no elements in an order. */
export declare function unsliceable(): OffloopError;
/** The index that a step means in an array; undefined where it means none of its elements. */
export declare function elementIndex(step: PathStep, length: number): number | undefined;
