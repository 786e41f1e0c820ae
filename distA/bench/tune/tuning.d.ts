import type { CompressionAlgorithm } from '../../codec/compression.js';
import type { Figures } from '../metrics.js';
/** What a run of `tune` makes best. */
export type Objective = 'wait' | 'latency' | 'throughput' | 'memory';
/** One way to set up a backend: what `tune` tries, and what its config file says. */
export interface Candidate {
    readonly codec: string;
    readonly compression: 'none' | CompressionAlgorithm;
    /** Bytes. */
    readonly inlineLimitBytes: number;
    /** `pool.minThreads` and `pool.maxThreads`. */
    readonly threads: number;
    readonly tasksPerThread: number;
}
/** The load that the user described. */
export interface TuneLoad {
    readonly readsPerSecond: number;
    readonly writesPerSecond: number;
    /** Added to each round trip to Redis, in milliseconds. */
    readonly rttMs: number;
}
/** How good a candidate is; less is better for every objective but throughput. */
export interface Score {
    /**
     * The geometric mean of the rounds. A round in which the garbage of several calls was collected is many times as bad as others: halves
     * of the rounds of one run ranked 90 candidates alike by it (rank correlation 0.89), less so by their median (0.77) and mean (0.51).
     */
    readonly mean: number;
    readonly min: number;
    readonly max: number;
    /** What each round gave. In a stage the rounds are the same for all: those of one number were taken together. */
    readonly rounds: readonly number[];
}
/** What was measured of one candidate. */
export interface Trial {
    readonly candidate: Candidate;
    /** As a reader would say it: what differs from the defaults. */
    readonly label: string;
    /** The last stage that it reached, counted from 1. */
    readonly stage: number;
    readonly score: Score;
    readonly figures: Figures;
    /** Why it went no further: what it lost by, what it cannot store. Absent for the one that was chosen. */
    readonly dropped?: string;
}
/** A recommendation with its evidence. */
export interface Tuning {
    readonly objective: Objective;
    /** What a score is, for people: "ms of blocked event loop per call", … */
    readonly scoreLabel: string;
    readonly better: 'less' | 'more';
    readonly load: TuneLoad;
    readonly sample: {
        /** File name, or pattern; never a value. */
        readonly source: string;
        readonly values: number;
        /** JSON text of all values, and of the smallest, the median and the largest, in bytes. */
        readonly bytes: number;
        readonly smallest: number;
        readonly median: number;
        readonly largest: number;
    };
    readonly choice: Trial;
    readonly runnerUp?: Trial;
    /** The defaults of Offloop in the same final rounds. */
    readonly defaults: Trial;
    /** Every candidate that was tried, the best first. */
    readonly trials: readonly Trial[];
    /** What the choice costs beside the alternatives, a sentence each. */
    readonly costs: readonly string[];
    /** What the config file holds. */
    readonly config: Readonly<Record<string, unknown>>;
    readonly seconds: number;
    /** Whether every candidate was measured in full, and not the best ones alone. */
    readonly exhaustive: boolean;
}
