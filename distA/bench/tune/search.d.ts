import { type TrialGround } from './trials.js';
import type { Candidate, Trial } from './tuning.js';
/** What a search is over, and how long it may take. */
export interface SearchSettings {
    readonly ground: TrialGround;
    readonly cores: number;
    /** Those that cannot be had here are left out: zstd before Node 22.15, packages that are not installed. */
    readonly codecs: readonly string[];
    readonly compressions: readonly Candidate['compression'][];
    /** 1 is the default; what a pass takes is multiplied by it. */
    readonly pace: number;
    readonly exhaustive: boolean;
}
/** What a search found. */
export interface Found {
    readonly choice: Trial;
    readonly runnerUp: Trial | undefined;
    readonly defaults: Trial;
    /** The best first. */
    readonly trials: readonly Trial[];
}
/**
 * Successive halving (Jamieson and Talwalkar, 2016): first every pair of codec and compression, briefly and with the default pool;
 * the better half again, for longer; the best three with every setting of inline limit, threads and tasks; those
 * three with the default pool, the best of the others, and the defaults, in the final rounds. The defaults are never dropped.
 */
export declare function search(settings: SearchSettings): Promise<Found>;
