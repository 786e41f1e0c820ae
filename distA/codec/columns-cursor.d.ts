import { GraphCursor } from './graph-cursor.js';
import { type Allocation } from './young-values.js';
/** Reads batches. */
export declare abstract class ColumnCursor extends GraphCursor {
    #private;
    /** How objects are made. */
    protected abstract readonly allocation: Allocation;
    /** The next value; {@link PENDING} where the segment ends before it does. */
    abstract value(): unknown;
    /** Reads the batch that begins behind its tag, of at most so many rows, into an array. How many there are. */
    protected batch(rows: unknown[], at: number, most: number): number;
    /** Reads the numbers that begin behind their tag, of which there are at most so many. How many there are. */
    protected numbers(items: unknown[], at: number, most: number): number;
    /** Reads the lists of numbers that begin behind their tag, of which there are at most so many. How many there are. */
    protected tuples(items: unknown[], at: number, most: number): number;
    /** A number like those that begin at their tag. */
    protected numbersLike(): number;
}
