import { formatByteSize } from '../byte-size.js';
import { METRICS } from '../metrics.js';
import { OURS } from '../peers/registry.js';
import { linearAxis, logAxis, stepsAxis } from './axes.js';
/** Names an axis over the number of threads. */
export const THREADS_LABEL = 'threads in the pool';
/** One figure of a chart. */
export function pointOf(x, metric, { median, min, max }) {
    return { x, y: median, low: min, high: max, text: METRICS[metric].format(median) };
}
/** A chart of lines over steps that are labelled, like sizes; both axes are logarithmic. */
export function lineChart({ id, title, metric, series }, { label, format }) {
    const points = series.flatMap((line) => line.points);
    const steps = [...new Set(points.map(({ x }) => x))].sort((left, right) => left - right);
    return {
        id,
        title,
        across: stepsAxis(label, steps.map((value) => ({ value, label: format(value) }))),
        value: logAxis(metric, points),
        series,
    };
}
/** A chart of bars, one group a name. */
export function barChart({ id, title, metric, series }, names) {
    return {
        id,
        title,
        across: names,
        value: linearAxis(metric, series.flatMap((line) => line.points)),
        series,
    };
}
/** A figure of every row against the size of the value, one chart an operation; bars where all values are of one size. */
export function chartsBySize(results, { metric, what, palette }) {
    return ['get', 'set', 'mixed'].flatMap((operation) => {
        const tables = results.filter(({ scenario, facts, rows }) => scenario === operation && facts.bytes !== undefined && rows.some((row) => row.figures[metric]));
        const sizes = new Set(tables.map(({ facts }) => facts.bytes));
        const [first] = tables;
        if (!first)
            return [];
        const id = `${metric}-${operation}`;
        if (sizes.size < 2)
            return tables.map((table, index) => chartOfRows(table, { id: `${id}-${index}`, metric }));
        const series = seriesOver(tables, { metric, palette });
        return [
            lineChart({ id, title: `${operation}: ${what}`, metric, series }, { label: 'JSON text of the value', format: formatByteSize }),
        ];
    });
}
/** One bar for each row that has the figure. */
export function chartOfRows(result, { id, metric }) {
    const rows = result.rows.filter((row) => row.figures[metric]);
    const { ours = OURS } = result;
    const points = rows.flatMap(({ peer, figures }, index) => {
        const figure = figures[metric];
        return figure ? [{ ...pointOf(index, metric, figure), quiet: peer !== ours }] : [];
    });
    const series = [{ name: METRICS[metric].label, color: 0, ours: true, points }];
    return barChart({ id, title: result.title, metric, series }, rows.map(({ peer }) => peer));
}
function seriesOver(tables, { metric, palette }) {
    const names = [...new Set(tables.flatMap(({ rows }) => rows.map(({ peer }) => peer)))];
    return names.flatMap((name) => {
        const points = tables.flatMap(({ facts, rows }) => {
            const figure = rows.find(({ peer }) => peer === name)?.figures[metric];
            return figure && facts.bytes !== undefined ? [pointOf(facts.bytes, metric, figure)] : [];
        });
        if (points.length === 0)
            return [];
        const ordered = points.toSorted((left, right) => left.x - right.x);
        return [{ name, color: palette.colorOf(name), ours: isOurs(tables, name), points: ordered }];
    });
}
function isOurs(tables, name) {
    return tables.some(({ ours = OURS }) => ours === name);
}
/** What distinguishes rows that differ in the pool's size alone; absent for a row without that setting. */
export function poolFamily({ variant }) {
    if (variant?.threads === undefined)
        return undefined;
    const { threads: _varied, ...rest } = variant;
    return Object.values(rest).join(', ');
}
