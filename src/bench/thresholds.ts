import { OffloopError } from '../errors.js';
import { parseByteSize } from './byte-size.js';
import type { MetricId } from './metrics.js';
import { refused } from './option-shapes.js';
import { OURS } from './peers/registry.js';
import type { Result } from './result.js';

/** A figure that was asked to stay within a bound, and what it was. */
export interface ThresholdOutcome {
  /** As it was given, like `get.1MB.wait.p99 > 5ms`: the run fails where it is true. */
  readonly text: string;
  /** In milliseconds, bytes or calls a second; absent where no such figure was measured, which fails too. */
  readonly measured?: number;
  readonly failed: boolean;
}

/** A condition under which a run fails. */
export interface Threshold {
  readonly text: string;
  readonly operation: string;
  /** Absent: any size. */
  readonly bytes: number | undefined;
  readonly metric: MetricId;
  readonly above: boolean;
  /** In milliseconds, bytes or calls a second. */
  readonly bound: number;
}

/** What may stand between the operation and the comparison. */
export const THRESHOLD_METRICS = {
  'wait.mean': 'waitMeanMs',
  'wait.p99': 'waitP99Ms',
  'wait.max': 'waitMaxMs',
  'latency.p50': 'p50Ms',
  'latency.p99': 'p99Ms',
  'latency.p999': 'p999Ms',
  'latency.max': 'maxMs',
  cpu: 'mainCpuMs',
  throughput: 'throughput',
  stored: 'storedBytes',
  memory: 'peakRssBytes',
  clear: 'clearMs',
  'busy.p99': 'busyP99Ms',
} as const satisfies Record<string, MetricId>;

/** As a share of the size. */
const SIZE_TOLERANCE = 0.1;
const OPERATIONS = ['get', 'set', 'mixed', 'getMany', 'setMany', 'clear', 'busy', 'memory'] as const;

/**
 * Reads `operation[.size].metric > number[unit]` (or `<`), like `get.1MB.wait.p99 > 5ms`, `set.throughput < 100/s` or
 * `get.64KB.stored > 70KB`. Units are µs, us, ms, s, B, KB, MB, GB and /s. Throws `ERR_OPTION`.
 */
export function parseThreshold(text: string): Threshold {
  if (typeof text !== 'string') throw refused('a threshold', 'a string', text);
  const match = /^\s*([A-Za-z]+)\.(.+?)\s*([<>])\s*(\d+(?:\.\d+)?)\s*([A-Za-zµ/]*)\s*$/.exec(text);
  const [, operation = '', path = '', sign, number, unit = ''] = match ?? [];
  const sized = /^(\d+(?:\.\d+)?[KMG]?B)\.(.+)$/i.exec(path);
  const name = sized?.[2] ?? path;
  const metric = Object.entries(THRESHOLD_METRICS).find(([known]) => known === name)?.[1];
  const factor = factorOf(unit, metric);
  if (!OPERATIONS.some((known) => known === operation) || !metric || factor === undefined) {
    throw new OffloopError(
      'ERR_OPTION',
      `a threshold reads like "get.1MB.wait.p99 > 5ms": one of ${OPERATIONS.join(', ')}; a size, if any; one of ` +
        `${Object.keys(THRESHOLD_METRICS).join(', ')}; > or <; a number with a unit that fits; received ${JSON.stringify(text.slice(0, 80))}`,
    );
  }
  return {
    text,
    operation,
    bytes: sized?.[1] === undefined ? undefined : parseByteSize(sized[1]),
    metric,
    above: sign === '>',
    bound: Number(number) * factor,
  };
}

function factorOf(unit: string, metric: MetricId | undefined): number | undefined {
  if (metric === undefined) return undefined;
  const units: Readonly<Record<string, number>> = metric.endsWith('Bytes')
    ? { b: 1, kb: 1024, mb: 1024 ** 2, gb: 1024 ** 3 }
    : metric === 'throughput'
      ? { '': 1, '/s': 1 }
      : { µs: 0.001, us: 0.001, ms: 1, s: 1_000 };
  return units[unit.toLowerCase()];
}

/** Each threshold against Offloop's rows; where several results fit, the worst of them counts. */
export function checkThresholds(
  thresholds: readonly Threshold[],
  results: readonly Result[],
): ThresholdOutcome[] {
  return thresholds.map(({ text, operation, bytes, metric, above, bound }) => {
    const rows = results
      .filter(
        ({ facts }) => facts.operation === operation && (bytes === undefined || near(facts.bytes, bytes)),
      )
      .flatMap(({ rows, ours = OURS }) => rows.find(({ peer }) => peer === ours) ?? []);
    const figures = rows.flatMap((row) => row.figures[metric] ?? []);
    // Where Offloop failed at one of several sizes, the others do not stand for it.
    if (figures.length === 0 || rows.some(({ failure }) => failure !== undefined))
      return { text, failed: true };
    const medians = figures.map(({ median }) => median);
    const measured = above ? Math.max(...medians) : Math.min(...medians);
    return { text, measured, failed: above ? measured > bound : measured < bound };
  });
}

/** Generated values are of about the size that was asked for. */
function near(bytes: number | undefined, wanted: number): boolean {
  return bytes !== undefined && Math.abs(bytes / wanted - 1) < SIZE_TOLERANCE;
}
