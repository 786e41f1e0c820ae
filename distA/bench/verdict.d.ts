import { type MetricId } from './metrics.js';
import type { Result } from './result.js';
/** One figure in which another is better than ours. */
interface Loss {
    readonly title: string;
    readonly peer: string;
    readonly metric: MetricId;
    /** How many times worse: above 1, whichever way is better. */
    readonly times: number;
    /** Both ranges over the rounds have values in common: it may be the machine's noise. */
    readonly withinNoise: boolean;
}
/** A single worst moment of a few seconds says more of the machine than of the contender. */
export declare const NOT_COMPARED: ReadonlySet<MetricId>;
/** Every figure in which the baseline is better than ours. */
export declare function lossesToBaseline(results: readonly Result[]): Loss[];
/** Every scenario in which another way of keeping values beats ours on main-thread CPU, throughput or the clear. */
export declare function lossesToOthers(results: readonly Result[]): Loss[];
/** Results in which ours did not get to any figure. */
export declare function failures(results: readonly Result[]): readonly Result[];
/** The losses as lines, or one that says there are none. */
export declare function renderVerdict(results: readonly Result[]): string;
export {};
