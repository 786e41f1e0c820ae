import { type OpenKind } from './graph-open.js';
/** How far a container is where a segment begins. */
export interface Mark {
    readonly segment: number;
    /** The element, field, character or byte that comes next, or in whose middle the segment begins. */
    readonly index: number;
    /** Whether the segment begins in the middle of the element at `index`. */
    readonly inside: boolean;
    /** Of a dictionary: the key of that element. */
    readonly key: string | undefined;
}
/** What an outline says of a container when it first names it. */
export interface SpanningContent {
    readonly kind: OpenKind;
    readonly level: number;
    readonly parent: SpanningContainer | undefined;
    readonly length: number;
    readonly names: readonly string[];
    readonly binary: number;
    readonly first: number;
}
/** A container that lies in several segments, as an outline describes it. */
export declare class SpanningContainer {
    #private;
    readonly kind: OpenKind;
    /** How many containers it is in. */
    readonly level: number;
    readonly parent: SpanningContainer | undefined;
    /** Elements, fields, characters or bytes; of a map, keys and values are counted. */
    readonly length: number;
    /** The names of a record's fields. */
    readonly names: readonly string[];
    /** What binary data is: its place in `BINARY_KINDS`. */
    readonly binary: number;
    /** The segment that it begins in. */
    readonly first: number;
    constructor({ kind, level, parent, length, names, binary, first }: SpanningContent);
    /** The segment that it ends in. */
    get last(): number;
    /** How far it is where a segment begins that is not its first. */
    markAt(segment: number): Mark | undefined;
    /** The segment in which an element begins. */
    beginsIn(index: number): number;
    /** The segment in which an element ends. */
    endsIn(index: number): number;
    /** The first mark in the middle of an element; undefined where the element lies in one segment. */
    insideOf(index: number): Mark | undefined;
    /** Where in a dictionary a key may be; others have the same fingerprint. */
    candidates(key: string, outline: Uint8Array): Generator<number>;
    /** Notes how far it is. False where that cannot be. */
    advance(mark: Mark): boolean;
    /** Notes the fingerprints of the next keys. */
    print(count: number, at: number): void;
    /** Notes the segment that it ends in. */
    end(last: number): void;
    /** Whether there are fingerprints of exactly the keys that have begun. */
    isPrinted(): boolean;
}
