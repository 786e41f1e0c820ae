import type { ColumnData } from './columns-data.js';
import { type BatchSchema, type SetSchema } from './columns-schema.js';
import type { Allocation } from './young-values.js';
/** Where rows go: an array, the index of the first, and how many. */
export interface RowTarget {
    readonly rows: unknown[];
    readonly at: number;
    readonly count: number;
}
export type ReadRows = (data: ColumnData, rows: unknown[], at: number, count: number) => void;
/** Makes the rows of batches of one schema. */
export declare class BatchReader {
    #private;
    constructor(schema: BatchSchema, allocation: Allocation);
    get root(): SetSchema;
    /** How deep its rows are, each of which is one level itself. */
    get levels(): number;
    /** How many columns have numbers. */
    get columns(): number;
    read(data: ColumnData, { rows, at, count }: RowTarget): void;
}
/** The reader for a schema, shared by all payloads of this thread; undefined where it is not one that an encoder writes. */
export declare function batchReaderOf(schema: string, allocation: Allocation): BatchReader | undefined;
