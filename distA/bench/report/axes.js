import { formatByteSize } from '../byte-size.js';
import { METRICS } from '../metrics.js';
const STEPS = [1, 2, 5];
/** More marks than these would run into each other on a phone. */
const MAX_TICKS = 7;
/** An axis over values that span decades, from a round number below the least to one above the largest. */
export function logAxis(metric, points) {
    const values = points.flatMap(({ low, high }) => [low, high]).filter((value) => value > 0);
    const least = Math.min(...values);
    const largest = Math.max(...values);
    if (!Number.isFinite(least))
        return linearAxis(metric, points);
    const fine = roundNumbers(least, largest, STEPS);
    // Steps of ten alone, where 1, 2, 5 would be too many; and every n-th of those.
    const coarse = fine.length <= MAX_TICKS ? fine : roundNumbers(least, largest, [1]);
    const [min, max] = [fine[0] ?? least, fine.at(-1) ?? largest];
    const within = coarse.filter((value) => value >= min && value <= max);
    const every = Math.ceil(within.length / MAX_TICKS);
    const marked = within.filter((_, index) => index % every === 0);
    return {
        label: METRICS[metric].label,
        log: true,
        min,
        max,
        ticks: marked.map((value) => ({ value, label: tickLabel(metric, value) })),
    };
}
/** An axis from zero, for bars. */
export function linearAxis(metric, points) {
    const largest = Math.max(...points.map(({ high }) => high), 0) || 1;
    const unit = METRICS[metric].format === formatByteSize ? byteUnit(largest) : 1;
    const step = stepFor(largest / unit) * unit;
    const count = Math.floor(largest / step);
    const ticks = Array.from({ length: count + 1 }, (_, index) => index * step);
    return {
        label: METRICS[metric].label,
        log: false,
        min: 0,
        max: largest,
        ticks: ticks.map((value) => ({ value, label: tickLabel(metric, value) })),
    };
}
/** An axis on which only these values are found: sizes, counts of threads. */
export function stepsAxis(label, ticks) {
    const values = ticks.map(({ value }) => value);
    const [least, largest] = [Math.min(...values), Math.max(...values)];
    const room = least === largest ? 2 : (largest / least) ** 0.06;
    return { label, log: true, min: least / room, max: largest * room, ticks };
}
/** Round numbers from one not above the least to one not below the largest. */
function roundNumbers(least, largest, steps) {
    const first = Math.floor(Math.log10(least));
    const last = Math.ceil(Math.log10(largest));
    const all = Array.from({ length: last - first + 1 }, (_, index) => first + index).flatMap((power) => steps.map((step) => Number(`${step}e${power}`)));
    const from = all.findLastIndex((value) => value <= least);
    const to = all.findIndex((value) => value >= largest);
    return all.slice(Math.max(0, from), to < 0 ? undefined : to + 1);
}
function stepFor(largest) {
    const rough = largest / (MAX_TICKS - 3);
    const power = 10 ** Math.floor(Math.log10(rough));
    return (STEPS.find((step) => step * power >= rough) ?? 10) * power;
}
function byteUnit(bytes) {
    return 1024 ** Math.max(0, Math.floor(Math.log2(bytes) / 10));
}
/** Shorter than a figure: `1`, `0.5`, `20`. */
function tickLabel(metric, value) {
    if (METRICS[metric].format === formatByteSize)
        return formatByteSize(value);
    return Number(value.toPrecision(6)).toLocaleString('en-US', { maximumFractionDigits: 6 });
}
