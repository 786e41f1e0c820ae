import type { EntryNote } from './entry-note.js';
/** When a fresh value is made anew before its time. */
export type EarlyRefresh = 
/** From this part of its TTL on. */
{
    readonly fraction: number;
}
/** By chance, the more likely the nearer the end and the dearer the value: see {@link freshnessOf}. */
 | {
    readonly beta: number;
};
/** What a value may be used for besides while it is fresh. */
export interface StalePolicy {
    /** Ms after its end for which it is given at once, and made anew meanwhile. */
    readonly revalidateMs: number;
    /** Ms after its end for which it is given in need. */
    readonly graceMs: number;
    /** Undefined for never. */
    readonly early: EarlyRefresh | undefined;
}
/**
 * - `fresh`: good as it is.
 * - `early`: fresh, and to be made anew already.
 * - `stale`: to be given, and to be made anew meanwhile.
 * - `grace`: to be made anew, and given if that fails or takes long.
 * - `gone`: not to be given.
 */
export type Freshness = 'fresh' | 'early' | 'stale' | 'grace' | 'gone';
/**
 * How good a value still is. With `beta` it is refreshed early with the probability of XFetch (Vattani, Chierichetti, Lowenstein:
 * "Optimal Probabilistic Cache Stampede Prevention", VLDB 2015, figure 2): where
 * now − cost × beta × ln(random) reaches its end.
 * @param random a number above 0, at most 1
 */
export declare function freshnessOf({ createdAt, freshUntil, costMs }: EntryNote, { revalidateMs, graceMs, early }: StalePolicy, { now, random }: {
    readonly now: number;
    random(): number;
}): Freshness;
