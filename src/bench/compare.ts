import { METRIC_IDS, METRICS, type MetricId } from './metrics.js';
import { Random } from './random.js';
import type { Report } from './report-data.js';
import type { Row } from './rounds.js';
import { ascending, percentile, type Summary } from './statistics.js';
import { NOT_COMPARED } from './verdict.js';

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
  /** What keeps the runs from being comparable: another Node, server or processor, other settings. */
  readonly warnings: readonly string[];
  /** Tables and rows of the earlier run that are compared with nothing, each with the reason: not measured now, or failed. */
  readonly missing: readonly string[];
}

const RESAMPLES = 2_000;
/** Smaller differences are of no use to anybody. */
const TOLERANCE = 1.05;

/** Compares all figures that both runs have, in the order of this run, and says what the earlier one has and this one lacks. */
export function compareReports(after: Report, before: Report): Comparison {
  const machine = after.environment.machineMs / before.environment.machineMs;
  const noise = Math.max(TOLERANCE, machine, 1 / machine);
  const random = new Random(1);
  const differences = after.results.flatMap((result) => {
    const earlier = before.results.find(({ title }) => title === result.title);
    return result.rows.flatMap((row) => {
      const other = earlier?.rows.find(({ peer }) => peer === row.peer);
      return other ? differencesOf({ title: result.title, row, other, noise, random }) : [];
    });
  });
  return {
    baselineDate: before.environment.date,
    differences,
    machine,
    warnings: warningsOf(after, before),
    missing: missingOf(after, before),
  };
}

const OF_ENVIRONMENT = ['node', 'server', 'cpu', 'cores', 'memory', 'system', 'mainCpuClock'] as const;

function warningsOf(after: Report, before: Report): string[] {
  const was = (name: string, from: string | number, to: string | number): string[] =>
    from === to ? [] : [`${name} was ${from} and is ${to}`];
  return [
    ...(before.incomplete === undefined ? [] : [`the earlier run is incomplete: ${before.incomplete}`]),
    ...OF_ENVIRONMENT.flatMap((name) => was(name, before.environment[name], after.environment[name])),
    ...was(
      'what is set for Offloop',
      before.environment.variables ?? 'nothing',
      after.environment.variables ?? 'nothing',
    ),
    // A setting that only one release knows says nothing of the other run.
    ...Object.entries(after.settings).flatMap(([name, to]) => was(name, before.settings[name] ?? to, to)),
  ];
}

function missingOf(after: Report, before: Report): string[] {
  const missing: string[] = [];
  const gone = new Map<string, string[]>();
  for (const { title, rows } of before.results) {
    const now = after.results.find((result) => result.title === title);
    if (!now) {
      missing.push(`${title}: not in this run`);
      continue;
    }
    for (const { peer, failure } of rows) {
      const row = now.rows.find((other) => other.peer === peer);
      if (row?.failure !== undefined) missing.push(`${title}, ${peer}: fails now: ${row.failure}`);
      else if (failure !== undefined) missing.push(`${title}, ${peer}: failed then: ${failure}`);
      else if (!row) gone.set(peer, [...(gone.get(peer) ?? []), title]);
    }
  }
  for (const [peer, titles] of gone) {
    missing.push(
      `${peer}: not in this run, in ${titles.length === 1 ? titles[0] : `${titles.length} tables`}`,
    );
  }
  return missing;
}

interface Rows {
  readonly title: string;
  readonly row: Row;
  readonly other: Row;
  readonly noise: number;
  readonly random: Random;
}

function differencesOf({ title, row, other, noise, random }: Rows): Difference[] {
  return METRIC_IDS.flatMap((metric): Difference[] => {
    const [after, before] = [row.figures[metric], other.figures[metric]];
    if (!after || !before || NOT_COMPARED.has(metric) || before.median === 0) return [];
    const interval = ratioInterval(after, before, random);
    const [low, high] = METRICS[metric].better === 'less' ? interval : [1 / interval[1], 1 / interval[0]];
    const told = low > noise ? 'worse' : high < 1 / noise ? 'better' : 'same';
    const verdict = canTell(metric, after, before) ? told : 'same';
    const ratio = after.median / before.median;
    return [
      { title, peer: row.peer, metric, before: before.median, after: after.median, ratio, interval, verdict },
    ];
  });
}

/** Of one round there is no interval; only what is counted, and not measured, needs none. */
function canTell(metric: MetricId, ...figures: readonly Summary[]): boolean {
  return metric === 'storedBytes' || figures.every(({ rounds }) => rounds.length > 1);
}

/** The percentile bootstrap of Efron for the ratio of two medians, over rounds that are drawn with replacement. */
export function ratioInterval(
  after: Summary,
  before: Summary,
  random: Random,
): readonly [low: number, high: number] {
  const ratios = Array.from(
    { length: RESAMPLES },
    () => medianOfDraw(after.rounds, random) / medianOfDraw(before.rounds, random),
  );
  const sorted = ascending(ratios.filter(Number.isFinite));
  if (sorted.length === 0) return [0, Number.POSITIVE_INFINITY];
  return [percentile(sorted, 0.025), percentile(sorted, 0.975)];
}

function medianOfDraw(rounds: readonly number[], random: Random): number {
  return percentile(ascending(rounds.map(() => rounds[random.below(rounds.length)] ?? Number.NaN)), 0.5);
}
