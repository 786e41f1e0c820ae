import type { MetricId } from './metrics.js';

/** A figure in two runs. */
export interface Difference {
  readonly title: string;
  readonly peer: string;
  readonly metric: MetricId;
  readonly before: number;
  readonly after: number;
  /** How many times the earlier figure. */
  readonly ratio: number;
  /** The interval that holds the ratio with 95 % confidence, by resampling the rounds of both runs. */
  readonly interval: readonly [low: number, high: number];
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
