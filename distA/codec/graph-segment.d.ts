import { OpenContainer } from './graph-open.js';
import { GraphWriter } from './graph-writer.js';
/** The segment that is being written: when it is full, and what it leaves open then. */
export declare class GraphSegment {
    #private;
    out: GraphWriter;
    /** Whether the segment ended before the value did. */
    suspended: boolean;
    /** What is open then, the innermost first. */
    left: OpenContainer[];
    /** Bytes that the segment is to have, about. */
    protected limit: number;
    /** The part of its limit from which on the segment may end between two elements. */
    protected fullFrom: number;
    /** How many containers deep the walk is. */
    protected depth: number;
    /**
     * @param limit bytes that a segment is to have, about
     * @param layout the first byte of each segment
     */
    constructor(limit: number, layout: number);
    protected beginSegment(): void;
    /** Leaves a container: at `index`, which is next, or is in the middle of being written. */
    protected leave(index: number, open: OpenContainer): void;
    /** Whether the segment has reached its limit. */
    protected isOver(): boolean;
    /** Whether the segment has to end between two elements. Not at any: records are better not cut in the middle. */
    protected isFull(): boolean;
    /** A string of any length. */
    protected string(value: string): void;
    /** What is left of a long string, in pieces that are strings of their own; none ends within a surrogate pair. */
    protected pieces(open: OpenContainer): void;
    /** What is left of binary data. */
    protected chunks(open: OpenContainer): void;
    /** Binary data of a kind; undefined: the value is not to be kept. */
    protected binary(value: object, kind: number | undefined): void;
}
