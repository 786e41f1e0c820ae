import { type Mark, SpanningContainer } from './graph-spanning.js';
/** A container that is open where a segment begins, and how far it is there. */
export interface Level extends Mark {
    readonly container: SpanningContainer;
}
/** Where in a value its segments begin. */
export interface Outline {
    /** The value itself, unless it has one segment only. */
    readonly root: SpanningContainer | undefined;
    /** What is open where a segment begins, the outermost first; nothing behind the last one. */
    levels(segment: number): Level[];
    /** The element of a container, where that spans segments as well. */
    child(container: SpanningContainer, index: number): SpanningContainer | undefined;
    /** Where in a dictionary a key may be. */
    candidates(container: SpanningContainer, key: string): Iterable<number>;
}
/**
 * The outline of a value of so many segments. It takes memory in proportion to its bytes and to the segments: of a
 * stack, what it shares with the one before is there once. Throws `ERR_CORRUPT`.
 */
export declare function readOutline(bytes: Uint8Array, segments: number): Outline;
