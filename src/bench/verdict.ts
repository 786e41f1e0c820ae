import { METRIC_IDS, METRICS, type MetricId } from './metrics.js';
import { BASELINE, LIMITS, OURS } from './peers/registry.js';
import type { Result } from './result.js';
import type { Row } from './rounds.js';
import type { Summary } from './statistics.js';

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

// Below this, the next run may say the opposite.
const TOLERANCE = 1.05;
/** A single worst moment of a few seconds says more of the machine than of the contender. */
export const NOT_COMPARED: ReadonlySet<MetricId> = new Set([
  'samples',
  'maxMs',
  'waitMaxMs',
  'waitOwnMaxMs',
  'waitRanMaxMs',
  'otherMaxMs',
  'idleMaxMs',
  'busyMaxMs',
  // The generator's, not the contender's.
  'lateP99Ms',
]);

/** Every figure in which the baseline is better than ours. */
export function lossesToBaseline(results: readonly Result[]): Loss[] {
  return results.flatMap((result) => {
    const base = result.rows.find((row) => row.peer === (result.baseline ?? BASELINE));
    return base ? METRIC_IDS.flatMap((metric) => compare(result, { other: base, metric })) : [];
  });
}

/** Every scenario in which another way of keeping values beats ours on main-thread CPU, throughput or the clear. */
export function lossesToOthers(results: readonly Result[]): Loss[] {
  const metrics: readonly MetricId[] = ['mainCpuMs', 'setMainCpuMs', 'getMainCpuMs', 'throughput', 'clearMs'];
  return results.flatMap((result) =>
    result.rows
      .filter(
        (row) =>
          row.peer !== (result.baseline ?? BASELINE) &&
          row.peer !== oursOf(result) &&
          // Ours with other settings is not another way.
          row.variant === undefined &&
          !LIMITS.has(row.peer) &&
          row.kept !== false,
      )
      .flatMap((row) => metrics.flatMap((metric) => compare(result, { other: row, metric }))),
  );
}

function compare(result: Result, { other, metric }: { other: Row; metric: MetricId }): Loss[] {
  const ours = result.rows.find((row) => row.peer === oursOf(result))?.figures[metric];
  const theirs = other.figures[metric];
  if (!ours || !theirs || NOT_COMPARED.has(metric)) return [];
  const times = METRICS[metric].better === 'less' ? over(ours, theirs) : over(theirs, ours);
  if (!(times > TOLERANCE)) return [];
  const withinNoise = ours.min <= theirs.max && theirs.min <= ours.max && ours.min !== ours.max;
  return [{ title: result.title, peer: other.peer, metric, times, withinNoise }];
}

function oursOf(result: Result): string {
  return result.ours ?? OURS;
}

function over(worse: Summary, better: Summary): number {
  return better.median > 0 ? worse.median / better.median : Number.NaN;
}

/** Results in which ours did not get to any figure. */
export function failures(results: readonly Result[]): readonly Result[] {
  return results.filter((result) =>
    result.rows.some((row) => row.peer === oursOf(result) && row.failure !== undefined),
  );
}

/** The losses as lines, or one that says there are none. */
export function renderVerdict(results: readonly Result[]): string {
  const lines = [
    `\nWhere Offloop is worse than ${BASELINE}, or for a clear than KEYS + DEL (medians, by more than 5 %):`,
    ...linesOf(lossesToBaseline(results), false),
    '\nWhere another way beats Offloop on main-thread CPU, throughput or the time of a clear:',
    ...linesOf(lossesToOthers(results), true),
    ...failures(results).map((result) => `\nOffloop FAILED: ${result.title}`),
  ];
  return lines.join('\n');
}

function linesOf(losses: readonly Loss[], withPeer: boolean): string[] {
  if (losses.length === 0) return ['  nowhere in this run'];
  const groups = new Map<string, Loss[]>();
  for (const loss of losses) {
    const head = withPeer ? `${loss.title}, ${loss.peer}` : loss.title;
    groups.set(head, [...(groups.get(head) ?? []), loss]);
  }
  return [...groups].map(([head, group]) => {
    const parts = group.map(({ metric, times, withinNoise }) => {
      const label = METRICS[metric].label.replace(/ ms$/, '');
      return `${label} ${times.toFixed(2)}×${withinNoise ? ' (ranges overlap)' : ''}`;
    });
    return `  ${head}: ${parts.join(', ')}`;
  });
}
