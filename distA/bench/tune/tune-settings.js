import { assertKnownOptions } from '../../backends/arguments.js';
import { hasZstd } from '../../codec/compression.js';
import { inRange, oneOf } from '../bench-settings.js';
import { CODECS, COMPRESSIONS } from './candidates.js';
const KNOWN = new Set([
    'url',
    'sample',
    'objective',
    'readsPerSecond',
    'writesPerSecond',
    'rttMs',
    'pace',
    'exhaustive',
    'bySize',
    'command',
    'signal',
    'onOpen',
    'onProgress',
]);
const MAX_RATE = 1_000_000;
/** Values that are measured: more would only make each of them rarer. */
const MEASURED_VALUES = 8;
/** Fills in and checks. Throws `ERR_OPTION` that names the option, its bounds and what was received. */
export function resolveTune(options) {
    assertKnownOptions(options, KNOWN, 'tune');
    const readsPerSecond = inRange('readsPerSecond', options.readsPerSecond ?? 200, [0, MAX_RATE]);
    const writesPerSecond = inRange('writesPerSecond', options.writesPerSecond ?? 20, [0, MAX_RATE]);
    inRange('readsPerSecond + writesPerSecond', readsPerSecond + writesPerSecond, [0.001, 2 * MAX_RATE]);
    return {
        objective: oneOf('objective', options.objective ?? 'wait', ['wait', 'latency', 'throughput', 'memory']),
        load: { readsPerSecond, writesPerSecond, rttMs: inRange('rttMs', options.rttMs ?? 0, [0, 1_000]) },
        pace: inRange('pace', options.pace ?? 1, [0.1, 20]),
        exhaustive: options.exhaustive ?? false,
        bySize: options.bySize ?? true,
        values: spread(options.sample.values, MEASURED_VALUES),
        codecs: CODECS,
        compressions: COMPRESSIONS.filter((name) => name !== 'zstd' || hasZstd),
    };
}
/** So many values from the smallest to the largest, evenly by their rank. */
export function spread(values, count) {
    const sorted = values.toSorted((left, right) => left.bytes - right.bytes);
    if (sorted.length <= count)
        return sorted;
    const step = (sorted.length - 1) / (count - 1);
    return Array.from({ length: count }, (_, index) => sorted[Math.round(index * step)]).filter((value) => value !== undefined);
}
