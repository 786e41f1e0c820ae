import { type MetricId } from '../metrics.js';
import type { Result } from '../result.js';
import type { Row } from '../rounds.js';
import type { Summary } from '../statistics.js';
import type { ChartSpec, Point, Series } from './chart-spec.js';
import type { Palette } from './palette.js';
/** Names an axis over the number of threads. */
export declare const THREADS_LABEL = "threads in the pool";
/** What a chart is made of, before its axes are known. */
export interface ChartParts {
    readonly id: string;
    readonly title: string;
    readonly metric: MetricId;
    readonly series: readonly Series[];
}
/** One figure of a chart. */
export declare function pointOf(x: number, metric: MetricId, { median, min, max }: Omit<Summary, 'rounds'>): Point;
/** A chart of lines over steps that are labelled, like sizes; both axes are logarithmic. */
export declare function lineChart({ id, title, metric, series }: ChartParts, { label, format }: {
    readonly label: string;
    readonly format: (value: number) => string;
}): ChartSpec;
/** A chart of bars, one group a name. */
export declare function barChart({ id, title, metric, series }: ChartParts, names: readonly string[]): ChartSpec;
/** A figure of every row against the size of the value, one chart an operation; bars where all values are of one size. */
export declare function chartsBySize(results: readonly Result[], { metric, what, palette }: {
    readonly metric: MetricId;
    readonly what: string;
    readonly palette: Palette;
}): ChartSpec[];
/** One bar for each row that has the figure. */
export declare function chartOfRows(result: Result, { id, metric }: {
    readonly id: string;
    readonly metric: MetricId;
}): ChartSpec;
/** What distinguishes rows that differ in the pool's size alone; absent for a row without that setting. */
export declare function poolFamily({ variant }: Row): string | undefined;
