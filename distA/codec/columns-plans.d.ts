import { SetPlan } from './columns-plan.js';
import { ColumnWalk } from './columns-walk.js';
/** How the records are written whose first one has a certain list of keys. */
export declare class BatchPlan {
    #private;
    readonly root: SetPlan;
    /** Bytes that a row takes, about: what was written last says so, and at first a sample. */
    rowBytes: number;
    /** The code that reads such rows; undefined as long as it does not pay, or where it cannot be. */
    prepare(rows: readonly unknown[], from: number): ColumnWalk | undefined;
    /** Values of the longest column, which may be one of the elements of lists, for which a row is to have room. */
    get rowValues(): number;
    /** How many values a row of a batch had in the longest column. */
    sawValues(perRow: number): void;
    /** Whether it can be of use for records with these keys, in this order. */
    knows(record: object): boolean;
    /** An array of such records begins. */
    meet(): void;
    get schema(): string;
    /** The row at `index` is not as planned: the next batch is read by a plan that foresees it, and what else is found behind it. */
    misfit(rows: readonly unknown[], index: number): void;
    /** The schema has changed: the characters of a column have. */
    describe(): void;
}
/** The plan for records that begin with this one; undefined where it can have none. */
export declare function planFor(first: object): BatchPlan | undefined;
