import type { SegmentRow } from '../frame/segments.js';
/** Numbers of one row where rows cross between threads: stored length, raw length, checksum. */
export declare const ROW_NUMBERS = 3;
/** Rows of a frame's table as numbers, which cross between threads for nearly nothing. */
export declare function numbersOf(rows: readonly SegmentRow[]): Uint32Array;
/** The rows again; `first` is where the first of their segments begins in the frame. */
export declare function rowsOf(numbers: Uint32Array, first: number): SegmentRow[];
