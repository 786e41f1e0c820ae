import { describe, OffloopError } from '../errors.js';
import { assertKnownOptions, ttlToMilliseconds } from './arguments.js';
import { RedisBackend } from './redis.js';
const OPTIONS = new Set([
    'l1',
    'l2',
    'l1Ttl',
    'nearCache',
]);
const NEAR_OPTIONS = new Set(['maxStaleMs']);
const METHODS = ['get', 'set', 'delete', 'exists', 'clear', 'close'];
const LEAST_STALE_MS = 20;
const MOST_STALE_MS = 3_600_000;
/** Fills in and checks. Throws `ERR_OPTION` and `ERR_TTL`. */
export function resolveTieredOptions(options) {
    assertKnownOptions(options ?? null, OPTIONS, 'TieredBackend');
    const { l1, l2, l1Ttl = 300, nearCache = l2 instanceof RedisBackend } = options;
    assertBackend(l1, 'l1');
    assertBackend(l2, 'l2');
    if (l1 === l2)
        throw new OffloopError('ERR_OPTION', 'l1 and l2 must be two backends');
    const l1TtlMs = ttlToMilliseconds(l1Ttl) ?? 0;
    return { l1, l2, l1TtlMs, near: nearOf(nearCache, l2) };
}
function nearOf(given, l2) {
    if (given === false)
        return undefined;
    const options = given === true ? {} : given;
    assertKnownOptions(options ?? null, NEAR_OPTIONS, 'nearCache');
    if (!(l2 instanceof RedisBackend))
        throw new OffloopError('ERR_OPTION', `nearCache: l2 must be a RedisBackend, received ${describe(l2)}`);
    const { maxStaleMs = 1000 } = options;
    const fits = typeof maxStaleMs === 'number' && maxStaleMs >= LEAST_STALE_MS && maxStaleMs <= MOST_STALE_MS;
    if (fits)
        return { redis: l2, maxStaleMs };
    throw new OffloopError('ERR_OPTION', `nearCache.maxStaleMs must be ${LEAST_STALE_MS} to ${MOST_STALE_MS} (ms), received ${describe(maxStaleMs)}`);
}
function assertBackend(backend, name) {
    const isObject = typeof backend === 'object' && backend !== null;
    if (isObject && METHODS.every((method) => typeof Reflect.get(backend, method) === 'function'))
        return;
    throw new OffloopError('ERR_OPTION', `${name} must be a CacheBackend, received ${describe(backend)}`);
}
