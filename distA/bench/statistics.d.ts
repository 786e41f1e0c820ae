/** What several rounds gave: the median with the ends of the range. */
export interface Summary {
    readonly median: number;
    readonly min: number;
    readonly max: number;
    /** What each round gave, in the order of the rounds. */
    readonly rounds: readonly number[];
}
/** A sorted copy, as {@link percentile} takes it. */
export declare function ascending(values: Iterable<number>): Float64Array;
/** Median, minimum and maximum. Throws on no values, because a summary of nothing would read as a figure. */
export declare function summarize(values: readonly number[]): Summary;
/** The value at a share (0 to 1) of an ascending list; between two neighbours it is interpolated. */
export declare function percentile(sorted: ArrayLike<number>, share: number): number;
