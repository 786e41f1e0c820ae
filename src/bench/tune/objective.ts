import type { Figures } from '../metrics.js';
import type { Summary } from '../statistics.js';
import { distanceOf } from './candidates.js';
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
}

/** What each objective makes best. */
export const OBJECTIVES: Readonly<Record<Objective, ObjectiveSpec>> = {
  wait: {
    label: 'mean wait for the event loop at this load, ms',
    better: 'less',
    needsWait: true,
    score: ({ blockingUs }, { readsPerSecond, writesPerSecond }) =>
      mapped(blockingUs, (value) => (value * (readsPerSecond + writesPerSecond)) / 1_000),
  },
  latency: {
    label: 'mean latency of a call, ms',
    better: 'less',
    needsWait: false,
    // By Little's law: callers that call again at once, over calls a second.
    score: ({ throughput }, _, callers) => mapped(throughput, (value) => (callers / value) * 1_000),
  },
  throughput: {
    label: 'calls a second by 16 callers',
    better: 'more',
    needsWait: false,
    callers: 16,
    score: ({ throughput }) => throughput,
  },
  memory: {
    label: 'bytes stored for a value',
    better: 'less',
    needsWait: false,
    score: ({ storedBytes }) => storedBytes,
  },
};

function mapped(figure: Summary | undefined, map: (value: number) => number): Score | undefined {
  if (!figure) return undefined;
  const [median, one, other] = [map(figure.median), map(figure.min), map(figure.max)];
  return { median, min: Math.min(one, other), max: Math.max(one, other) };
}

/** A candidate with its score. */
export interface Scored {
  readonly candidate: Candidate;
  readonly score: Score;
}

/** How many times as bad as the best a score is, at least 1. */
export function timesWorse(score: Score, best: Score, better: 'less' | 'more'): number {
  if (score.median === best.median) return 1;
  return better === 'less' ? score.median / best.median : best.median / score.median;
}

/** The best first. */
export function ranked<T extends Scored>(list: readonly T[], better: 'less' | 'more'): T[] {
  const sign = better === 'less' ? 1 : -1;
  return list.toSorted((left, right) => sign * (left.score.median - right.score.median));
}

/**
 * Who is as good as the best: within this share of it. Less is not told apart in a run of a minute on a shared machine, and
 * a recommendation should not change from run to run for it.
 */
export const EQUAL_SHARE = 0.07;

/** Of those that are as good as the best, the one that differs least from the defaults. A pure decision. */
export function choose<T extends Scored>(
  list: readonly T[],
  { better, base }: { readonly better: 'less' | 'more'; readonly base: Candidate },
): T | undefined {
  const [best] = ranked(list, better);
  if (!best) return undefined;
  return list
    .filter(({ score }) => timesWorse(score, best.score, better) <= 1 + EQUAL_SHARE)
    .toSorted((left, right) => distanceOf(left.candidate, base) - distanceOf(right.candidate, base))[0];
}
