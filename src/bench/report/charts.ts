import { formatByteSize } from '../byte-size.js';
import { METRICS, type MetricId } from '../metrics.js';
import { OURS } from '../peers/registry.js';
import type { Result } from '../result.js';
import type { Row } from '../rounds.js';
import type { Summary } from '../statistics.js';
import { linearAxis, logAxis, stepsAxis } from './axes.js';
import type { ChartSpec, Point, Series } from './chart-spec.js';
import type { Palette } from './palette.js';

/** Names an axis over the number of threads. */
export const THREADS_LABEL = 'threads in the pool';

/** What a chart is made of, before its axes are known. */
export interface ChartParts {
  readonly id: string;
  readonly title: string;
  readonly metric: MetricId;
  readonly series: readonly Series[];
}

/** One figure of a chart. */
export function pointOf(x: number, metric: MetricId, { median, min, max }: Omit<Summary, 'rounds'>): Point {
  return { x, y: median, low: min, high: max, text: METRICS[metric].format(median) };
}

/** A chart of lines over steps that are labelled, like sizes; both axes are logarithmic. */
export function lineChart(
  { id, title, metric, series }: ChartParts,
  { label, format }: { readonly label: string; readonly format: (value: number) => string },
): ChartSpec {
  const points = series.flatMap((line) => line.points);
  const steps = [...new Set(points.map(({ x }) => x))].sort((left, right) => left - right);
  return {
    id,
    title,
    across: stepsAxis(
      label,
      steps.map((value) => ({ value, label: format(value) })),
    ),
    value: logAxis(metric, points),
    series,
  };
}

/** A chart of bars, one group a name. */
export function barChart({ id, title, metric, series }: ChartParts, names: readonly string[]): ChartSpec {
  return {
    id,
    title,
    across: names,
    value: linearAxis(
      metric,
      series.flatMap((line) => line.points),
    ),
    series,
  };
}

/** A figure of every row against the size of the value, one chart an operation; bars where all values are of one size. */
export function chartsBySize(
  results: readonly Result[],
  { metric, what, palette }: { readonly metric: MetricId; readonly what: string; readonly palette: Palette },
): ChartSpec[] {
  return (['get', 'set', 'mixed'] as const).flatMap((operation): ChartSpec[] => {
    const tables = results.filter(
      ({ scenario, facts, rows }) =>
        scenario === operation && facts.bytes !== undefined && rows.some((row) => row.figures[metric]),
    );
    const sizes = new Set(tables.map(({ facts }) => facts.bytes));
    const [first] = tables;
    if (!first) return [];
    const id = `${metric}-${operation}`;
    if (sizes.size < 2)
      return tables.map((table, index) => chartOfRows(table, { id: `${id}-${index}`, metric }));
    const series = seriesOver(tables, { metric, palette });
    return [
      lineChart(
        { id, title: `${operation}: ${what}`, metric, series },
        { label: 'JSON text of the value', format: formatByteSize },
      ),
    ];
  });
}

/** One bar for each row that has the figure. */
export function chartOfRows(
  result: Result,
  { id, metric }: { readonly id: string; readonly metric: MetricId },
): ChartSpec {
  const rows = result.rows.filter((row) => row.figures[metric]);
  const { ours = OURS } = result;
  const points = rows.flatMap(({ peer, figures }, index) => {
    const figure = figures[metric];
    return figure ? [{ ...pointOf(index, metric, figure), quiet: peer !== ours }] : [];
  });
  const series = [{ name: METRICS[metric].label, color: 0, ours: true, points }];
  return barChart(
    { id, title: result.title, metric, series },
    rows.map(({ peer }) => peer),
  );
}

function seriesOver(
  tables: readonly Result[],
  { metric, palette }: { readonly metric: MetricId; readonly palette: Palette },
): Series[] {
  const names = [...new Set(tables.flatMap(({ rows }) => rows.map(({ peer }) => peer)))];
  return names.flatMap((name): Series[] => {
    const points = tables.flatMap(({ facts, rows }): Point[] => {
      const figure = rows.find(({ peer }) => peer === name)?.figures[metric];
      return figure && facts.bytes !== undefined ? [pointOf(facts.bytes, metric, figure)] : [];
    });
    if (points.length === 0) return [];
    const ordered = points.toSorted((left, right) => left.x - right.x);
    return [{ name, color: palette.colorOf(name), ours: isOurs(tables, name), points: ordered }];
  });
}

function isOurs(tables: readonly Result[], name: string): boolean {
  return tables.some(({ ours = OURS }) => ours === name);
}

/** What distinguishes rows that differ in the pool's size alone; absent for a row without that setting. */
export function poolFamily({ variant }: Row): string | undefined {
  if (variant?.threads === undefined) return undefined;
  const { threads: _varied, ...rest } = variant;
  return Object.values(rest).join(', ');
}
