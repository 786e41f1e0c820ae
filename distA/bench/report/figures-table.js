import { formatByteSize } from '../byte-size.js';
import { METRICS } from '../metrics.js';
import { html } from './html.js';
/** Every figure of a run: one sortable table for the scenarios that measure the same. */
export function figuresSection({ results, tuning }) {
    const tables = [...(tuning ? [trialsTable(tuning)] : []), ...tablesOf(results)];
    return {
        id: 'figures',
        heading: 'All figures',
        body: html `<p class="lead">Medians over the rounds. A column’s name sorts by it.</p>
<p class="filter"><label>Rows that hold <input type="search" autocomplete="off"></label> <span role="status"></span></p>
${tables.map(renderSortable)}`,
    };
}
function tablesOf(results) {
    const groups = new Map();
    for (const result of results) {
        const shape = result.columns.join();
        groups.set(shape, [...(groups.get(shape) ?? []), result]);
    }
    return [...groups.values()].map((group) => {
        const columns = (group[0]?.columns ?? []).filter((id) => group.some(({ rows }) => rows.some((row) => row.figures[id])));
        return {
            caption: [...new Set(group.map(({ scenario }) => scenario))].join(', '),
            heads: ['work', 'size', 'contender', ...columns.map((id) => METRICS[id].label)],
            rows: group.flatMap((result) => rowsOf(result, columns)),
        };
    });
}
function rowsOf({ title, facts, rows }, columns) {
    return rows.map(({ peer, figures, failure, kept }) => [
        { value: title, text: title },
        { value: facts.bytes, text: facts.bytes === undefined ? '' : formatByteSize(facts.bytes) },
        {
            value: peer,
            text: failure !== undefined
                ? `${peer}: failed: ${failure}`
                : kept === false
                    ? `${peer} (loses what was put in)`
                    : peer,
        },
        ...columns.map((id) => ({
            value: figures[id]?.median,
            text: figures[id] ? METRICS[id].format(figures[id].median) : '',
        })),
    ]);
}
function trialsTable({ trials, scoreLabel }) {
    return {
        caption: `all that was tried; score: ${scoreLabel}`,
        heads: [
            'codec',
            'compression',
            'inline limit',
            'threads',
            'tasks',
            'stage',
            'score',
            'stored',
            'why it went no further',
        ],
        rows: trials.map(({ candidate, stage, score, figures, dropped }) => [
            { value: candidate.codec, text: candidate.codec },
            { value: candidate.compression, text: candidate.compression },
            { value: candidate.inlineLimitBytes, text: formatByteSize(candidate.inlineLimitBytes) },
            { value: candidate.threads, text: String(candidate.threads) },
            { value: candidate.tasksPerThread, text: String(candidate.tasksPerThread) },
            { value: stage, text: String(stage) },
            { value: score.mean, text: Number(score.mean.toPrecision(3)).toLocaleString('en-US') },
            {
                value: figures.storedBytes?.median,
                text: figures.storedBytes ? formatByteSize(figures.storedBytes.median) : '',
            },
            { value: dropped ?? '', text: dropped ?? 'chosen' },
        ]),
    };
}
function renderSortable({ caption, heads, rows }) {
    return html `<div class="scroll" role="region" tabindex="0" aria-label="${caption}"><table class="sortable"><caption>${caption}</caption>
<thead><tr>${heads.map((head) => html `<th scope="col"><button type="button">${head}</button></th>`)}</tr></thead>
<tbody>${rows.map((row) => html `<tr>${row.map(renderCell)}</tr>\n`)}</tbody></table></div>`;
}
function renderCell({ value, text }) {
    if (value === undefined)
        return html `<td></td>`;
    return typeof value === 'number'
        ? html `<td class="number" data-value="${value}">${text}</td>`
        : html `<td data-value="${value}">${text}</td>`;
}
