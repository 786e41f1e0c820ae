import type { GraphWriter } from './graph-writer.js';
/** Writes the elements from `from` on as far as they are numbers. How many; 0 where they are to be written one by one. */
export declare function writeNumbers(items: readonly unknown[], from: number, room: number, out: GraphWriter): number;
/**
 * Writes the elements from `from` on as far as they are lists of as many numbers as the first one, such as points: the first
 * numbers of all, then the second ones. How many; 0 where they are to be written one by one.
 */
export declare function writeTuples(items: readonly unknown[], from: number, room: number, out: GraphWriter): number;
