/**
 * Clears the young generation between two contenders, so that neither pays for the short-lived garbage of the other.
 * Never a full collection: that also throws away optimized code, and a short pass after it measures the compiler.
 * (1 KB gets by 200 callers, 60 ms a pass: 46,000 a second after full collections, 103,000 without.)
 *
 * Twice, because what a large value that is dead by now has put into the old generation keeps the rest of it: the first collection
 * copies that, and the next contender would pay for moving it away. (8 MB of records behind one that was decoded: 15 to 20 ms
 * to encode instead of 7.5.)
 */
export declare function collectYoungGarbage(): void;
/** A full collection, before memory is read. */
export declare function collectAllGarbage(): void;
