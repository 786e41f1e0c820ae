import type { Allowance } from './allowance.js';
import { type Reviver } from './graph-binary.js';
/** Thrown on bytes that the encoder could not have written. */
export declare class Undecodable extends Error {
}
/** Reads what is in a segment piece by piece: everything but containers. */
export declare class GraphCursor {
    #private;
    protected bytes: Buffer;
    protected limit: number;
    protected position: number;
    protected readonly allowance: Allowance;
    /**
     * @param layout the first byte of each segment
     * @param budget bytes of all segments
     */
    constructor(layout: number, { allowance, budget }: {
        readonly allowance: Allowance;
        readonly budget: number;
    });
    /** Takes up a segment. */
    protected openSegment(segment: Uint8Array): void;
    /** Throws where anything of the segment is left over. */
    protected closeSegment(): void;
    /** The value of a tag that is no container's; undefined is one. */
    protected scalar(tag: number): unknown;
    /** A value that has to be a string: a key, the digits of a bigint. */
    protected string(): string;
    protected piece(length: number): string;
    /** The characters of the next bundle, which may be those of one string. */
    protected takeBundle(isString?: boolean): string;
    protected count(): number;
    /** As {@link announced}, of items of a container. */
    protected counted(size: number): number;
    /** A count of things of at least `size` bytes each, all of which must still fit. */
    protected announced(size: number): number;
    /** Characters of a long string. */
    protected characters(): number;
    protected reviver(): Reviver;
    protected take(length: number): Uint8Array;
}
/** Undecodable, a RangeError of a read past the end, or one of ours: nothing else can be thrown while bytes are read. */
export declare function corrupt(error: unknown): unknown;
