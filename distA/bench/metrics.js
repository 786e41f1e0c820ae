import { formatByteSize } from './byte-size.js';
/** Everything that a scenario may measure: how a table shows it, and which way is better. */
export const METRICS = {
    mainCpuMs: { label: 'main CPU ms', better: 'less', format: milliseconds },
    processCpuMs: { label: 'all threads CPU ms', better: 'less', format: milliseconds },
    p50Ms: { label: 'p50 ms', better: 'less', format: milliseconds },
    p99Ms: { label: 'p99 ms', better: 'less', format: milliseconds },
    p999Ms: { label: 'p99.9 ms', better: 'less', format: milliseconds },
    maxMs: { label: 'max ms', better: 'less', format: milliseconds },
    throughput: { label: 'calls/s', better: 'more', format: whole },
    waitMeanMs: { label: 'wait mean ms', better: 'less', format: milliseconds },
    waitP99Ms: { label: 'wait p99 ms', better: 'less', format: milliseconds },
    waitMaxMs: { label: 'wait max ms', better: 'less', format: milliseconds },
    waitOwnMaxMs: { label: 'wait max less GC ms', better: 'less', format: milliseconds },
    waitRanMaxMs: { label: 'wait max less GC and others ms', better: 'less', format: milliseconds },
    // In ms² a call, which is the mean wait in µs at one call a second.
    blockingUs: { label: 'wait µs at 1 call/s', better: 'less', format: milliseconds },
    clearMs: { label: 'clear ms', better: 'less', format: milliseconds },
    otherP99Ms: { label: "other client's p99 ms", better: 'less', format: milliseconds },
    otherMaxMs: { label: "other client's max ms", better: 'less', format: milliseconds },
    encodeMs: { label: 'encode ms', better: 'less', format: milliseconds },
    decodeMs: { label: 'decode ms', better: 'less', format: milliseconds },
    setMainCpuMs: { label: 'set main CPU ms', better: 'less', format: milliseconds },
    getMainCpuMs: { label: 'get main CPU ms', better: 'less', format: milliseconds },
    setP50Ms: { label: 'set p50 ms', better: 'less', format: milliseconds },
    getP50Ms: { label: 'get p50 ms', better: 'less', format: milliseconds },
    storedBytes: { label: 'stored', better: 'less', format: formatByteSize },
    peakRssBytes: { label: 'peak RSS over idle', better: 'less', format: formatByteSize },
    idleP50Ms: { label: 'idle p50 ms', better: 'less', format: milliseconds },
    idleP99Ms: { label: 'idle p99 ms', better: 'less', format: milliseconds },
    idleMaxMs: { label: 'idle max ms', better: 'less', format: milliseconds },
    busyP50Ms: { label: 'busy p50 ms', better: 'less', format: milliseconds },
    busyP99Ms: { label: 'busy p99 ms', better: 'less', format: milliseconds },
    busyMaxMs: { label: 'busy max ms', better: 'less', format: milliseconds },
    busyTimesIdle: { label: 'busy p99 / idle', better: 'less', format: times },
    lateP99Ms: { label: 'sent late p99 ms', better: 'less', format: milliseconds },
    largePerSecond: { label: 'large/s', better: 'more', format: whole },
    largeMbPerSecond: { label: 'large MB/s', better: 'more', format: whole },
    largeP50Ms: { label: 'large p50 ms', better: 'less', format: milliseconds },
    mainCpuPercent: { label: 'main CPU', better: 'less', format: percent },
    processCpuPercent: { label: 'all threads CPU', better: 'less', format: percent },
    errors: { label: 'errors', better: 'less', format: whole },
    samples: { label: 'samples', better: 'more', format: whole },
};
export const METRIC_IDS = Object.keys(METRICS).filter(isMetricId);
function isMetricId(name) {
    return Object.hasOwn(METRICS, name);
}
/** How many times the base a figure is: above 1 is worse where less is better. */
export function ratio(figure, base) {
    return figure && base && base.median > 0 ? figure.median / base.median : undefined;
}
function milliseconds(value) {
    if (value >= 100)
        return value.toFixed(0);
    if (value >= 10)
        return value.toFixed(1);
    return value >= 0.1 ? value.toFixed(2) : value.toFixed(4);
}
function times(value) {
    return `${value.toFixed(1)}×`;
}
function percent(value) {
    return `${value.toFixed(0)} %`;
}
function whole(value) {
    return value >= 10 || Number.isInteger(value)
        ? Math.round(value).toLocaleString('en-US')
        : value.toFixed(1);
}
