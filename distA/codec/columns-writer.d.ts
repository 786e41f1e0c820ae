import { type SetPlan } from './columns-plan.js';
import type { ColumnWalk, WalkResult } from './columns-walk.js';
import type { GraphWriter } from './graph-writer.js';
/** Writes values of any kind that are in a batch. */
export type WriteValues = (values: readonly unknown[]) => void;
/** Rows that have been read, and what to write them with. */
export interface BatchContent {
    readonly root: SetPlan;
    readonly schema: string;
    readonly walk: ColumnWalk;
    readonly result: WalkResult;
    /** The characters of all columns of strings that are not wide. */
    readonly shared: string;
    readonly rows: number;
}
/** Writes the columns of one batch. */
export declare class BatchWriter {
    #private;
    constructor(out: GraphWriter, writeValues: WriteValues, content: BatchContent);
    write(): void;
}
