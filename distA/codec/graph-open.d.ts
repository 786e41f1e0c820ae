import type { Batches } from './columns-batches.js';
/** Containers that a segment can end in, by the number that an outline has for them. */
export declare const OPEN_KINDS: {
    readonly array: 0;
    readonly record: 1;
    readonly dictionary: 2;
    readonly map: 3;
    readonly set: 4;
    readonly text: 5;
    readonly bytes: 6;
};
/** Thrown where a value cannot be kept. The caller finds out which part it was: paths are not tracked on the way. */
export declare class Unencodable extends Error {
}
export type OpenKind = (typeof OPEN_KINDS)[keyof typeof OPEN_KINDS];
/** A container that has been begun, and not ended, by the segments so far. */
export declare class OpenContainer {
    #private;
    readonly kind: OpenKind;
    readonly source: unknown;
    /** Elements, fields, characters or bytes as they were when it was begun; of a map, keys and values are counted. */
    readonly length: number;
    /** The names of a record's or a dictionary's fields; none for others. */
    readonly keys: readonly string[];
    /** What comes next, or is in the middle of being written: then a container of it is open as well. */
    index: number;
    /** What binary data is: its place in `BINARY_KINDS`. */
    binary: number;
    /** What writes several of an array's elements together, where something does. */
    batches: Batches | undefined;
    /** Fields of a dictionary that the outline knows of. */
    outlined: number;
    constructor(kind: OpenKind, source: unknown, length: number, keys?: readonly string[]);
    static ofArray(items: readonly unknown[], batches: Batches | undefined): OpenContainer;
    /** What is left of a map, key and value by turns, or of a set. Always the same iterator. */
    rest(): Iterator<unknown>;
}
