/** Where the engine makes objects: in the young generation, or where it has learned that such objects end. */
export type Allocation = 'young' | 'learned';
/** How the objects of a payload are best made. */
export declare function allocationFor(payloadBytes: number): Allocation;
/** An array for so many items, as {@link listOf}. */
export declare function arrayFor(allocation: Allocation, count: number, first: unknown): unknown[];
/**
 * An array of this length without an allocation site, every item of which is set afterwards: of the kind that holds the first of
 * them, or one like it, at best. Numbers take no object each then.
 */
export declare function listOf(length: number, first: unknown): unknown[];
/** Numbers of lists of the same length: those at the first place of each, then those at the second. */
interface Columns {
    readonly numbers: Float64Array | Int32Array;
    readonly width: number;
    readonly count: number;
}
/** Makes the lists, and puts them into an array from `at` on. */
export declare function listsOf(allocation: Allocation, { numbers, width, count }: Columns, items: unknown[], at: number): void;
/** An array of these items without an allocation site. */
export declare function listWith(...items: unknown[]): unknown[];
export {};
