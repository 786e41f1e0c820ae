import type { ColumnPlaces } from './columns-places.js';
import { type SetPlan } from './columns-plan.js';
/**
 * The code that reads rows into columns. It leaves its loop before the first row that is not as planned; what it has
 * read of that row stands behind the end of the columns.
 */
export declare class WalkSource {
    #private;
    /** The sets whose keys the code follows, by the number in `keys`. */
    readonly sets: SetPlan[];
    constructor(places: ColumnPlaces);
    /** The body of a function of the rows `from` to `to - 1`, which gives how many of them it has read. */
    body(root: SetPlan): string;
}
