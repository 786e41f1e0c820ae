import { type TextEncoding } from './text.js';
/** Writes the parts of a segment: ops as they come, strings into bundles. An instance serves one segment. */
export declare class GraphWriter {
    #private;
    /** @param layout the first byte of the segment */
    constructor(layout: number);
    /** About the bytes that the segment has so far. */
    get size(): number;
    /** The segment, in the memory that `place` gives for its bytes. */
    finish(place: (bytes: number) => Buffer): Buffer;
    /** A tag, behind which there is then room for a count or a number. */
    tag(tag: number): void;
    string(value: string): void;
    /** A string as a bundle of its own. */
    longString(value: string): void;
    number(value: number): void;
    /** Writes a list of so few numbers as a point has. False, and nothing written, where it holds more or something else. */
    fewNumbers(items: readonly unknown[]): boolean;
    /** Eight bytes behind a tag. */
    float64(value: number): void;
    /** A whole number of 0 to 2^32 - 1, seven bits a byte, the lowest first. */
    count(value: number): void;
    /** Room for so many bytes: where in {@link ops} they begin. Whoever asks for it writes all of them. */
    claim(bytes: number): number;
    /** Zeros behind what has been written since `start`, where that is fewer bytes than this. */
    pad(start: number, bytes: number): void;
    /** The bytes written so far, and room. Another array after the next call of {@link claim}. */
    get ops(): Uint8Array<ArrayBuffer>;
    /** The same as {@link ops}, for numbers of several bytes. */
    get view(): DataView<ArrayBuffer>;
    /** How long {@link ops} is so far. */
    get position(): number;
    /** A bundle that no tag stands for. */
    bundle(text: string, encoding: TextEncoding | undefined): void;
    /** Any number of bytes, behind their count. */
    bytes(bytes: Uint8Array): void;
}
