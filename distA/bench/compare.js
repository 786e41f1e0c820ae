import { METRIC_IDS, METRICS } from './metrics.js';
import { Random } from './random.js';
import { ascending, percentile } from './statistics.js';
import { NOT_COMPARED } from './verdict.js';
const RESAMPLES = 2_000;
/** Smaller differences are of no use to anybody. */
const TOLERANCE = 1.05;
/** Compares all figures that both runs have; the order is that of this run. */
export function compareReports(after, before) {
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
    const same = ['node', 'server', 'cpu', 'cores'].filter((name) => after.environment[name] !== before.environment[name]);
    return {
        baselineDate: before.environment.date,
        differences,
        machine,
        warnings: same.map((name) => `${name} was ${before.environment[name]} and is ${after.environment[name]}`),
    };
}
function differencesOf({ title, row, other, noise, random }) {
    return METRIC_IDS.flatMap((metric) => {
        const [after, before] = [row.figures[metric], other.figures[metric]];
        if (!after || !before || NOT_COMPARED.has(metric) || before.median === 0)
            return [];
        const interval = ratioInterval(after, before, random);
        const [low, high] = METRICS[metric].better === 'less' ? interval : [1 / interval[1], 1 / interval[0]];
        const verdict = low > noise ? 'worse' : high < 1 / noise ? 'better' : 'same';
        const ratio = after.median / before.median;
        return [
            { title, peer: row.peer, metric, before: before.median, after: after.median, ratio, interval, verdict },
        ];
    });
}
/** The percentile bootstrap of Efron for the ratio of two medians, over rounds that are drawn with replacement. */
export function ratioInterval(after, before, random) {
    const ratios = Array.from({ length: RESAMPLES }, () => medianOfDraw(after.rounds, random) / medianOfDraw(before.rounds, random));
    const sorted = ascending(ratios.filter(Number.isFinite));
    if (sorted.length === 0)
        return [0, Number.POSITIVE_INFINITY];
    return [percentile(sorted, 0.025), percentile(sorted, 0.975)];
}
function medianOfDraw(rounds, random) {
    return percentile(ascending(rounds.map(() => rounds[random.below(rounds.length)] ?? Number.NaN)), 0.5);
}
