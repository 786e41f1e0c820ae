/** Seeded numbers (mulberry32), so that every run and every peer sees the same corpus. */
export declare class Random {
    #private;
    constructor(seed: number);
    /** From 0 up to, not including, 1. */
    next(): number;
    /** A whole number from 0 up to, not including, the bound. */
    below(bound: number): number;
    /** One of a list that is not empty. */
    pick<T>(list: readonly [T, ...T[]]): T;
}
