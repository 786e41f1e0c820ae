import type { MetricId } from '#bench/metrics.js';
import type { Row } from '#bench/rounds.js';
import { type Summary, summarize } from '#bench/statistics.js';

/** A promise of the project as a number: what was measured, and what it has to be. */
export interface Bar {
  /** Its number, or a name with one. */
  readonly bar: string;
  readonly what: string;
  readonly measured: number;
  readonly holds: 'at least' | 'at most';
  readonly target: number;
  /** Absent where the figure is how many times another it is. */
  readonly unit?: string;
  /** Two figures with their ranges, as a rule those that a ratio is of: whether the machine was quiet shows in them. */
  readonly of?: readonly [ours: Summary, other: Summary];
}

/** A row's figure; a bar without it has not been measured. */
export function figure(rows: readonly Row[], peer: string, metric: MetricId): Summary {
  const found = rows.find((row) => row.peer === peer)?.figures[metric];
  if (!found) throw new Error(`${peer} has no ${metric}`);
  return found;
}

/** A bar's figure as the ratio of two. */
export function ratioOf(of: readonly [Summary, Summary]): Pick<Bar, 'measured' | 'of'> {
  return { measured: of[0].median / of[1].median, of };
}

/** The median of what it was in each round, for two that differ by less than the machine does from one round to the next. */
export function ratioByRound(
  ours: readonly number[],
  others: readonly number[],
): Pick<Bar, 'measured' | 'of'> {
  const ratios = ours.map((figure, round) => figure / (others[round] ?? Number.NaN));
  return { measured: summarize(ratios).median, of: [summarize(ours), summarize(others)] };
}

/** Fails on the first row without figures: a bar is not measured in part. */
export function complete(rows: readonly Row[]): readonly Row[] {
  for (const { peer, failure } of rows)
    if (failure !== undefined) throw new Error(`${peer} failed: ${failure}`);
  return rows;
}
