import { LIMITS, OURS } from '../peers/registry.js';
import { CODECS, COMPRESSIONS } from '../tune/candidates.js';
import { barChart, chartOfRows, chartsBySize, lineChart, pointOf, THREADS_LABEL } from './charts.js';
import { Palette } from './palette.js';
import { poolRuns } from './pool-runs.js';
/** Tables of one size are a chart each; of more than this many, those of the largest values. */
const MAX_SINGLE = 4;
/** Every chart that a report has the figures for, the most asked for first. */
export function chartGroups(report) {
    const palette = new Palette(OURS);
    const bySize = (metric, what) => chartsBySize(report.results, { metric, what, palette });
    const groups = [
        {
            id: 'latency',
            heading: 'Latency against size',
            lead: 'How long half of the calls took at most. Both axes are logarithmic; lower is better.',
            charts: bySize('p50Ms', 'median latency'),
        },
        {
            id: 'wait',
            heading: 'Wait against size',
            lead: 'How long an event that arrives at a random moment waits for the event loop while the calls go on: what a large value does ' +
                'to every other request of the process. Lower is better.',
            charts: bySize('waitMeanMs', 'mean wait for the event loop'),
        },
        {
            id: 'cpu',
            heading: 'Main-thread CPU against size',
            lead: 'What one call takes of the thread that answers requests. Lower is better.',
            charts: bySize('mainCpuMs', 'main-thread CPU of a call'),
        },
        {
            id: 'memory',
            heading: 'Memory against codec',
            lead: 'Bytes that a value takes in Redis, without the frame of 24 bytes where codecs are measured alone, and the peak of the process’s memory over its idle state.',
            charts: memoryCharts(report),
        },
        {
            id: 'pool',
            heading: 'Pool size against throughput and wait',
            lead: 'The same work with more threads. The wait is taken while as many calls go on as the pool lets through: more throughput can ' +
                'mean more wait.',
            charts: poolCharts(poolRuns(report)),
        },
    ];
    return groups.filter(({ charts }) => charts.length > 0);
}
function memoryCharts({ results, tuning }) {
    const codecs = results.filter(({ facts }) => facts.operation === 'codecs');
    // Where codecs were not measured alone, what the peers store of the largest value tells the same.
    const stored = codecs.length > 0 ? codecs : tuning ? [] : largest(results, 'storedBytes');
    const peaks = results.filter(({ facts }) => facts.operation === 'memory');
    return [
        ...(tuning ? [storedByPair(tuning)] : []),
        ...stored.slice(-MAX_SINGLE).map((result, index) => ({
            ...chartOfRows(withoutLimits(result), { id: `stored-${index}`, metric: 'storedBytes' }),
            title: `stored: ${result.title}`,
        })),
        ...peaks
            .slice(-MAX_SINGLE)
            .map((result, index) => chartOfRows(result, { id: `peak-${index}`, metric: 'peakRssBytes' })),
    ];
}
function withoutLimits(result) {
    return { ...result, rows: result.rows.filter(({ peer }) => !LIMITS.has(peer)) };
}
function largest(results, metric) {
    const tables = results.filter(({ rows, facts }) => facts.bytes && rows.some((row) => row.figures[metric]));
    const sorted = tables.toSorted((left, right) => (left.facts.bytes ?? 0) - (right.facts.bytes ?? 0));
    return sorted.slice(-1);
}
/** What each codec stores, a bar for each compression. */
function storedByPair({ trials }) {
    const codecs = CODECS.filter((name) => trials.some(({ candidate }) => candidate.codec === name));
    const compressions = COMPRESSIONS.filter((name) => trials.some(({ candidate }) => candidate.compression === name));
    const series = compressions.map((compression, color) => {
        const points = codecs.flatMap((codec, index) => {
            const trial = trials.find(({ candidate }) => candidate.codec === codec && candidate.compression === compression);
            const figure = trial?.figures.storedBytes;
            return figure ? [pointOf(index, 'storedBytes', figure)] : [];
        });
        return {
            name: compression === 'none' ? 'not compressed' : compression,
            color,
            ours: color === 0,
            points,
        };
    });
    return barChart({ id: 'stored-pairs', title: 'stored: a value of the sample, mean', metric: 'storedBytes', series }, codecs);
}
/** Throughput and wait over the threads of the pool, a line for each kind of work. */
function poolCharts(runs) {
    return [
        ['throughput', 'calls a second'],
        ['waitMeanMs', 'mean wait for the event loop'],
    ].flatMap(([metric, title]) => {
        const palette = new Palette();
        const series = runs.flatMap(({ what, steps }) => {
            const points = steps.flatMap(({ threads, figures }) => {
                const figure = figures[metric];
                return figure ? [pointOf(threads, metric, figure)] : [];
            });
            return points.length > 1 ? [{ name: what, color: palette.colorOf(what), ours: false, points }] : [];
        });
        if (series.length === 0)
            return [];
        return [
            lineChart({ id: `pool-${metric}`, title, metric, series }, { label: THREADS_LABEL, format: String }),
        ];
    });
}
