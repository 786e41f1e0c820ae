import { type MetricId } from '../metrics.js';
import type { Axis, Point, Tick } from './chart-spec.js';
/** An axis over values that span decades, from a round number below the least to one above the largest. */
export declare function logAxis(metric: MetricId, points: readonly Point[]): Axis;
/** An axis from zero, for bars. */
export declare function linearAxis(metric: MetricId, points: readonly Point[]): Axis;
/** An axis on which only these values are found: sizes, counts of threads. */
export declare function stepsAxis(label: string, ticks: readonly Tick[]): Axis;
