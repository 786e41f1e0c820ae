import { type MetricId } from './metrics.js';
import { Random } from './random.js';
import type { Report } from './report-data.js';
import { type Summary } from './statistics.js';
/** A figure in two runs. */
export interface Difference {
    readonly title: string;
    readonly peer: string;
    readonly metric: MetricId;
    readonly before: number;
    readonly after: number;
    /** How many times the earlier figure. */
    readonly ratio: number;
    /** Holds the ratio with 95 % confidence: percentile bootstrap of the medians over the rounds of both runs. */
    readonly interval: readonly [low: number, high: number];
    /** `same` where the interval does not lie beyond 5 %, and beyond what the machine itself changed by. */
    readonly verdict: 'better' | 'worse' | 'same';
}
/** This run against an earlier one. */
export interface Comparison {
    /** When the earlier run was made. */
    readonly baselineDate: string;
    readonly differences: readonly Difference[];
    /** How many times as long this machine took for the same fixed work: a difference below that may be the machine's. */
    readonly machine: number;
    /** What keeps the runs from being comparable: another Node, server or processor. */
    readonly warnings: readonly string[];
}
/** Compares all figures that both runs have; the order is that of this run. */
export declare function compareReports(after: Report, before: Report): Comparison;
/** The percentile bootstrap of Efron for the ratio of two medians, over rounds that are drawn with replacement. */
export declare function ratioInterval(after: Summary, before: Summary, random: Random): readonly [low: number, high: number];
