import type { Figures } from '../metrics.js';
import type { Candidate, Objective, Score, TuneLoad } from './tuning.js';
/** How an objective is measured and told. */
export interface ObjectiveSpec {
    readonly label: string;
    readonly better: 'less' | 'more';
    /** Whether a pass with the wait sampler is needed. */
    readonly needsWait: boolean;
    /** Callers at a time, where the load does not decide. */
    readonly callers?: number;
    score(figures: Figures, load: TuneLoad, callers: number): Score | undefined;
    /** By what a short look ranks candidates, less is better, where their scores are too noisy for that. */
    readonly glance?: (score: Score, figures: Figures) => number;
}
/** What each objective makes best. */
export declare const OBJECTIVES: Readonly<Record<Objective, ObjectiveSpec>>;
/** The score of some rounds, one at least. */
export declare function scoreOf(rounds: readonly number[]): Score;
/** A candidate with its score. */
export interface Scored {
    readonly candidate: Candidate;
    readonly score: Score;
}
/** How many times as bad as the best a score is, at least 1. */
export declare function timesWorse(score: Score, best: Score, better: 'less' | 'more'): number;
/** The best first. */
export declare function ranked<T extends Scored>(list: readonly T[], better: 'less' | 'more'): T[];
/** Who is as good as the best: whoever is not shown to be worse by more than this share. */
export declare const EQUAL_SHARE = 0.05;
/**
 * How many times as bad as the best a candidate is at least, with 99 % confidence: the percentile bootstrap (Efron) of the geometric
 * mean of its ratios to the best, round by round. What slowed down a whole round is in both and goes out.
 */
export declare function leastTimesWorse(score: Score, best: Score, better: 'less' | 'more'): number;
/**
 * Of those that are not shown to be worse than the best, the one that differs least from the defaults: a recommendation
 * should not change from run to run for what a run of a minute on a shared machine cannot tell apart. A pure decision.
 */
export declare function choose<T extends Scored>(list: readonly T[], { better, base }: {
    readonly better: 'less' | 'more';
    readonly base: Candidate;
}): T | undefined;
