import { assertKnownOptions } from '../backends/arguments.js';
import { CodecRegistry } from '../codec/registry.js';
import { describe, OffloopError } from '../errors.js';
import { FULL, QUICK } from './bench.js';
import { parseByteSize } from './byte-size.js';
import { isPeerId, PEER_IDS } from './peers/registry.js';
import { LARGE_RATE } from './scenario-busy.js';
import { parseThreshold } from './thresholds.js';
/** What can be measured; `callers` is get and set of 1 KB by 200 callers, `busy` a service under requests (six minutes). */
export const SCENARIOS = [
    'set',
    'get',
    'mixed',
    'callers',
    'batch',
    'clear',
    'codecs',
    'memory',
    'busy',
];
const KNOWN = new Set([
    'url',
    'scenarios',
    'sizes',
    'values',
    'callers',
    'rounds',
    'durationMs',
    'quick',
    'peers',
    'codecs',
    'compressions',
    'offloads',
    'threads',
    'clearKeys',
    'largeRate',
    'baseline',
    'failIf',
    'command',
    'signal',
    'onOpen',
    'onResult',
    'onProgress',
]);
const DEFAULT_SCENARIOS = ['set', 'get', 'mixed', 'batch', 'clear'];
/** What the wait takes of a round, beside CPU and latency. */
const WAIT_SHARE = 0.625;
/** Words that `compressions` takes. */
export const COMPRESSIONS = ['none', 'gzip', 'brotli', 'zstd'];
const CODECS = ['auto', ...new CodecRegistry().names];
const OFFLOADS = ['auto', 'always', 'never'];
/** Fills in and checks. Throws `ERR_OPTION` that names the option, its bounds and what was received. */
export function resolveBench(options) {
    assertKnownOptions(options, KNOWN, 'bench');
    const base = options.quick ? QUICK : FULL;
    const budgetMs = inRange('durationMs', options.durationMs ?? base.budgetMs, [10, 600_000]);
    return {
        scale: {
            ...base,
            budgetMs,
            waitBudgetMs: budgetMs * WAIT_SHARE,
            rounds: whole('rounds', options.rounds ?? base.rounds, [1, 1_000]),
            clearKeys: whole('clearKeys', options.clearKeys ?? base.clearKeys, [1_000, 10_000_000]),
            sizes: options.sizes?.map(bytesOf) ?? base.sizes,
        },
        scenarios: (options.scenarios ?? DEFAULT_SCENARIOS).map((name) => oneOf('scenarios', name, SCENARIOS)),
        peers: ['offloop', ...peersOf(options.peers ?? PEER_IDS).filter((id) => id !== 'offloop')],
        variants: variantsOf(options),
        callers: options.callers === undefined ? undefined : whole('callers', options.callers, [1, 10_000]),
        largeRate: inRange('largeRate', options.largeRate ?? LARGE_RATE, [0.001, 1_000]),
        thresholds: (options.failIf ?? []).map(parseThreshold),
    };
}
/** All combinations of what is to be compared; what is not named stays at its default. */
function variantsOf({ codecs, compressions, offloads, threads }) {
    const axes = [
        (codecs ?? []).map((name) => ({ codec: oneOf('codecs', name, CODECS) })),
        (compressions ?? []).map((name) => ({
            compression: oneOf('compressions', name, COMPRESSIONS),
        })),
        (offloads ?? []).map((name) => ({ offload: oneOf('offloads', name, OFFLOADS) })),
        (threads ?? []).map((count) => ({ threads: whole('threads', count, [1, 64]) })),
    ];
    const used = axes.filter((axis) => axis.length > 0);
    if (used.length === 0)
        return [];
    return used.reduce((all, axis) => all.flatMap((variant) => axis.map((part) => ({ ...variant, ...part }))), [{}]);
}
function peersOf(names) {
    return names.map((name) => {
        if (isPeerId(name))
            return name;
        throw new OffloopError('ERR_OPTION', `peers takes ${PEER_IDS.join(', ')}; received ${JSON.stringify(String(name).slice(0, 40))}`);
    });
}
function bytesOf(size) {
    return whole('sizes', typeof size === 'number' ? size : parseByteSize(size), [1, 512 * 1024 ** 2]);
}
/** One of these words, else `ERR_OPTION`. */
export function oneOf(name, value, known) {
    const found = known.find((word) => word === value);
    if (found !== undefined)
        return found;
    const received = typeof value === 'string' ? JSON.stringify(value.slice(0, 40)) : describe(value);
    throw new OffloopError('ERR_OPTION', `${name} takes ${known.join(', ')}; received ${received}`);
}
/** A whole number within bounds, else `ERR_OPTION`. */
export function whole(name, value, bounds) {
    const number = inRange(name, value, bounds);
    if (Number.isInteger(number))
        return number;
    throw new OffloopError('ERR_OPTION', `${name} must be a whole number, received ${describe(value)}`);
}
/** A number within bounds, else `ERR_OPTION`. */
export function inRange(name, value, [min, max]) {
    if (typeof value === 'number' && value >= min && value <= max)
        return value;
    throw new OffloopError('ERR_OPTION', `${name} must be a number of ${min} to ${max}, received ${describe(value)}`);
}
