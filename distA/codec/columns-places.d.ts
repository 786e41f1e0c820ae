import type { ColumnPlan, SetPlan } from './columns-plan.js';
/** Cells of a thread's memory for columns of numbers, and of its memory for columns of bits. */
export declare const CELLS = 65536;
/** Rows of which a batch must have room. */
export declare const LEAST_CAPACITY = 64;
/** Where a column's values go; -1 where it has none of that sort. */
export interface ColumnPlace {
    /** Of its numbers, or its bits: the number of the column in the memory of that sort. Strings and lists have lengths. */
    readonly cells: number;
    /** Of the bits that tell what is not null. */
    readonly mask: number;
    /** Of its characters, or of its other values: their place in a list of texts or values. */
    readonly list: number;
}
/** Gives each column of a plan its place in the memory that a walk over rows writes to. */
export declare class ColumnPlaces {
    #private;
    /**
     * Cells from the beginning of one column to that of the next: a multiple of 8 that is not one of 16, where there is room for that. As a
     * power of two it would have put the next value of each column into the same few lines of the processor's cache.
     */
    readonly stride: number;
    /** Most values of a column. */
    readonly rows: number;
    constructor(root: SetPlan);
    /** How many columns and sets there are: those that a schema counts. */
    get columns(): number;
    /** The columns that have characters, by their place in the list of texts. */
    get textColumns(): readonly ColumnPlan[];
    /** How many columns have values of any kind. */
    get values(): number;
    of(column: ColumnPlan): ColumnPlace;
    /** Among the numbers: which shape each record has. -1 where there is only one. */
    ofShapes(set: SetPlan): number;
}
