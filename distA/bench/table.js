import Table from 'cli-table3';
import { METRICS, ratio } from './metrics.js';
import { BASELINE, OURS } from './peers/registry.js';
// Its range tells whether a difference is one; for all others it would only make the table unreadable.
const WITH_RANGE = new Set(['mainCpuMs', 'clearMs', 'idleP99Ms', 'busyP99Ms']);
/** A result as text. Below our row stands how many times the baseline's each of its figures is. */
export function renderTable(result) {
    const columns = result.columns.filter((id) => result.rows.some((row) => row.figures[id]));
    const baseline = result.baseline ?? BASELINE;
    const base = result.rows.find((row) => row.peer === baseline);
    const table = new Table({
        head: ['', ...columns.map((id) => METRICS[id].label)],
        colAligns: ['left', ...columns.map(() => 'right')],
        style: { head: [], border: [], compact: true },
    });
    for (const row of result.rows) {
        if (row.failure !== undefined) {
            table.push([row.peer, { content: `failed: ${row.failure}`, colSpan: Math.max(1, columns.length) }]);
            continue;
        }
        table.push([row.kept === false ? `${row.peer} *` : row.peer, ...columns.map((id) => cell(row, id))]);
        if (row.peer === (result.ours ?? OURS) && base)
            table.push([`  of ${baseline}`, ...columns.map((id) => times(id, { row, base }))]);
    }
    const notes = [...(result.notes ?? [])];
    if (result.rows.some((row) => row.kept === false)) {
        notes.push('* gives back something else than was put in; its figures are of that loss');
    }
    return [`\n${result.title}`, table.toString(), ...notes.map((note) => `  ${note}`)].join('\n');
}
function cell(row, id) {
    const figure = row.figures[id];
    const { format } = METRICS[id];
    // Too few samples for a percentile: the largest value is its upper bound.
    if (!figure)
        return id === 'p99Ms' && row.figures.maxMs ? `max ${format(row.figures.maxMs.median)}` : '';
    if (!WITH_RANGE.has(id) || figure.min === figure.max)
        return format(figure.median);
    return `${format(figure.median)} (${format(figure.min)}–${format(figure.max)})`;
}
function times(id, { row, base }) {
    const value = id === 'samples' ? undefined : ratio(row.figures[id], base.figures[id]);
    return value === undefined ? '' : `${value.toFixed(2)}×`;
}
