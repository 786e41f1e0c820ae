import { ColumnPlaces } from './columns-places.js';
import type { SetPlan } from './columns-plan.js';
/** What a walk has read of some rows, beside the numbers and bits in the thread's memory. */
export interface WalkResult {
    /** The characters of each column of strings. */
    readonly texts: string[];
    /** The strings of each dictionary, by the order in which they came. */
    readonly tables: ReadonlyMap<string, number>[];
    readonly values: unknown[][];
    /** The dictionary that had no room for a string; -1 where none. */
    overflowed: number;
    /** Whether a list had no room for the elements of the next row. */
    isFull: boolean;
    /** Values of the longest column. */
    most: number;
}
/** What walks write to; one for the thread. */
export interface WalkMemory {
    readonly numbers: Float64Array;
    readonly bits: Uint8Array;
}
/** Reads rows of a plan into columns, by code that is generated for the plan. */
export declare class ColumnWalk {
    #private;
    readonly places: ColumnPlaces;
    readonly memory: WalkMemory;
    private constructor();
    /** Undefined where the process forbids generated code, or there are too many columns. */
    static compile(root: SetPlan): ColumnWalk | undefined;
    /** Reads rows until one is not as planned. How many it has read. */
    run(rows: readonly unknown[], from: number, to: number): {
        rows: number;
        result: WalkResult;
    };
}
