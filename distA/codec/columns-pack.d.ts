import type { GraphWriter } from './graph-writer.js';
/**
 * Writes the numbers from `start` on in the fewest bytes that are exact for all of them: whole numbers as what they
 * are above the least, others as floats.
 */
export declare function packNumbers(out: GraphWriter, numbers: Float64Array, start: number, count: number): void;
/** Writes whole numbers, none of which is -0, as {@link packNumbers} does. */
export declare function packIntegers(out: GraphWriter, numbers: Float64Array, start: number, count: number): void;
/** Bytes of each of some whole numbers that are at most so far apart. */
export declare function integerBytes(range: number): number;
/** Writes bits from `start` on, eight to a byte, the first lowest. How many of them are 1. */
export declare function packBits(out: GraphWriter, bits: Uint8Array, start: number, count: number): number;
