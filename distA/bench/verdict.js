import { METRIC_IDS, METRICS } from './metrics.js';
import { BASELINE, LIMITS, OURS } from './peers/registry.js';
// Below this, the next run may say the opposite.
const TOLERANCE = 1.05;
/** A single worst moment of a few seconds says more of the machine than of the contender. */
export const NOT_COMPARED = new Set([
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
export function lossesToBaseline(results) {
    return results.flatMap((result) => {
        const base = result.rows.find((row) => row.peer === (result.baseline ?? BASELINE));
        return base ? METRIC_IDS.flatMap((metric) => compare(result, { other: base, metric })) : [];
    });
}
/** Every scenario in which another way of keeping values beats ours on main-thread CPU, throughput or the clear. */
export function lossesToOthers(results) {
    const metrics = ['mainCpuMs', 'setMainCpuMs', 'getMainCpuMs', 'throughput', 'clearMs'];
    return results.flatMap((result) => result.rows
        .filter((row) => row.peer !== (result.baseline ?? BASELINE) &&
        row.peer !== oursOf(result) &&
        !LIMITS.has(row.peer) &&
        row.kept !== false)
        .flatMap((row) => metrics.flatMap((metric) => compare(result, { other: row, metric }))));
}
function compare(result, { other, metric }) {
    const ours = result.rows.find((row) => row.peer === oursOf(result))?.figures[metric];
    const theirs = other.figures[metric];
    if (!ours || !theirs || NOT_COMPARED.has(metric))
        return [];
    const times = METRICS[metric].better === 'less' ? over(ours, theirs) : over(theirs, ours);
    if (!(times > TOLERANCE))
        return [];
    const withinNoise = ours.min <= theirs.max && theirs.min <= ours.max && ours.min !== ours.max;
    return [{ title: result.title, peer: other.peer, metric, times, withinNoise }];
}
function oursOf(result) {
    return result.ours ?? OURS;
}
function over(worse, better) {
    return better.median > 0 ? worse.median / better.median : Number.NaN;
}
/** Results in which ours did not get to any figure. */
export function failures(results) {
    return results.filter((result) => result.rows.some((row) => row.peer === oursOf(result) && row.failure !== undefined));
}
/** The losses as lines, or one that says there are none. */
export function renderVerdict(results) {
    const lines = [
        `\nWhere Offloop is worse than ${BASELINE}, or for a clear than KEYS + DEL (medians, by more than 5 %):`,
        ...linesOf(lossesToBaseline(results), false),
        '\nWhere another way beats Offloop on main-thread CPU, throughput or the time of a clear:',
        ...linesOf(lossesToOthers(results), true),
        ...failures(results).map((result) => `\nOffloop FAILED: ${result.title}`),
    ];
    return lines.join('\n');
}
function linesOf(losses, withPeer) {
    if (losses.length === 0)
        return ['  nowhere in this run'];
    const groups = new Map();
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
