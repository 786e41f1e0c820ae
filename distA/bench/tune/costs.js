import { formatByteSize } from '../byte-size.js';
import { METRICS } from '../metrics.js';
const MB = 1024 * 1024;
/** Smaller differences are not worth a sentence. */
const TOLERANCE = 1.1;
const TOLD = {
    mainCpuMs: 'main-thread CPU of a call',
    processCpuMs: 'CPU of all threads of a call',
    p50Ms: 'median latency',
    throughput: 'calls a second',
    storedBytes: 'bytes stored',
};
/** What the choice costs: what of the machine it takes under the load, and where it is worse than the defaults. */
export function costsOf({ choice, defaults }, load) {
    const perSecond = load.readsPerSecond + load.writesPerSecond;
    const costs = [];
    const share = ((choice.figures.mainCpuMs?.median ?? 0) * perSecond) / 1_000;
    costs.push(`At ${perSecond} calls a second it takes ${(100 * share).toFixed(0)} % of the main thread` +
        (share > 0.8 ? ': more than one process can carry; spread the load over several' : ''));
    const stored = choice.figures.storedBytes?.median;
    if (stored !== undefined) {
        costs.push(`A thousand such values take ${formatByteSize(1_000 * stored)} in Redis`);
        const moved = stored * perSecond;
        if (moved > MB)
            costs.push(`${formatByteSize(moved)} a second go over the network`);
    }
    for (const id of Object.keys(TOLD).filter((name) => name in TOLD)) {
        const [ours, theirs] = [choice.figures[id]?.median, defaults.figures[id]?.median];
        if (ours === undefined || theirs === undefined || choice.candidate === defaults.candidate)
            continue;
        const { better, format } = METRICS[id];
        const times = better === 'less' ? ours / theirs : theirs / ours;
        if (times > TOLERANCE) {
            costs.push(`Worse than the defaults: ${TOLD[id]} ${format(ours)} where they have ${format(theirs)}`);
        }
    }
    return costs;
}
