import { type WriteValues } from './columns-writer.js';
import type { GraphWriter } from './graph-writer.js';
/** Fewer rows are not worth a batch. */
export declare const LEAST_ROWS = 24;
/** Batches of the elements of one array, in as many segments as it takes. */
export declare class Batches {
    #private;
    constructor(rows: readonly unknown[], from: number);
    /**
     * To be called before the first row that is written to a segment, the one at `from`. The plan of the segment before goes on where
     * it knows such rows.
     */
    begin(from: number): void;
    /** Writes the rows from `from` on as a batch. How many there are in it; 0 where the next one is to be written by itself. */
    write(from: number, room: number, out: GraphWriter, writeValues: WriteValues): number;
}
