import type { SetPlan } from './columns-plan.js';
/** A place in the keys of a set's shapes, as far as these begin alike. A record is followed through them key by key. */
export interface KeyNode {
    /** Undefined at the end of the longest shape. */
    key: string | undefined;
    next: KeyNode | undefined;
    /** What else may stand here. */
    other: KeyNode | undefined;
    /** Of the first alternative: the shape that ends here; -1 where none does. */
    shape: number;
}
/** The keys of all shapes of a set. */
export declare function keyNodesOf(set: SetPlan): KeyNode;
