import { assertKnownOptions } from '../backends/arguments.js';
import { MAX_TTL_SECONDS } from '../backends/cache-backend.js';
import { describe, OffloopError } from '../errors.js';
import { readTags } from './layout.js';
const OPTIONS = new Set([
    'ttl',
    'type',
    'grace',
    'staleWhileRevalidate',
    'earlyRefresh',
    'softTimeout',
    'hardTimeout',
    'signal',
    'ttlJitter',
    'negativeTtl',
    'lease',
    'tags',
]);
const LEASE_OPTIONS = new Set(['ttl', 'wait']);
const MAX_LEASE_SECONDS = 3_600;
const LEASE_TTL = 10;
const LEASE_WAIT = 60;
const USUAL_LEASE = { ttlMs: LEASE_TTL * 1_000, waitMs: LEASE_WAIT * 1_000 };
const USUAL = {
    ttl: undefined,
    type: 'response',
    revalidateMs: 0,
    graceMs: 0,
    early: undefined,
    softMs: undefined,
    hardMs: undefined,
    signal: undefined,
    ttlJitter: 0,
    negativeTtl: undefined,
    lease: USUAL_LEASE,
    tags: [],
};
/** The options of a call with their defaults. Throws `ERR_OPTION` or `ERR_TTL`. */
export function policyOf(options) {
    if (options === undefined)
        return USUAL;
    assertKnownOptions(options, OPTIONS, 'getOrSet');
    const { ttl, type = 'response', signal, lease } = options;
    if (typeof ttl !== 'function' && ttl !== undefined)
        assertTtl(ttl, 'ttl');
    if (options.negativeTtl !== undefined)
        assertTtl(options.negativeTtl, 'negativeTtl');
    if (typeof type !== 'string' || type === '')
        throw refused('type', 'a non-empty string', type);
    if (signal !== undefined && !(signal instanceof AbortSignal))
        throw refused('signal', 'an AbortSignal', signal);
    return {
        ttl: ttl,
        type,
        revalidateMs: milliseconds(options.staleWhileRevalidate, 'staleWhileRevalidate') ?? 0,
        graceMs: milliseconds(options.grace, 'grace') ?? 0,
        early: options.earlyRefresh === undefined ? undefined : earlyOf(options.earlyRefresh),
        softMs: timeout(options.softTimeout, 'softTimeout'),
        hardMs: timeout(options.hardTimeout, 'hardTimeout'),
        signal,
        ttlJitter: options.ttlJitter === undefined ? 0 : jitterOf(options.ttlJitter),
        negativeTtl: options.negativeTtl,
        lease: lease === undefined ? USUAL_LEASE : leaseOf(lease),
        tags: readTags(options.tags, 'getOrSet'),
    };
}
/** Refuses, with `ERR_TTL`, what is no TTL of a manager. */
export function assertTtl(ttl, name) {
    if (typeof ttl === 'number' && ttl > 0 && (ttl <= MAX_TTL_SECONDS || ttl === Number.POSITIVE_INFINITY))
        return;
    throw new OffloopError('ERR_TTL', `${name} must be a number of seconds above 0 and at most ${MAX_TTL_SECONDS}, or Infinity, received ${describe(ttl)}`);
}
function milliseconds(seconds, name) {
    if (seconds === undefined)
        return undefined;
    if (typeof seconds === 'number' && seconds >= 0 && seconds <= MAX_TTL_SECONDS)
        return seconds * 1_000;
    throw refused(name, `a number of seconds from 0 to ${MAX_TTL_SECONDS}`, seconds);
}
/** The longest time of a timer of Node.js, in seconds. */
const MAX_TIMER_SECONDS = 2_147_483;
function timeout(seconds, name) {
    if (seconds === undefined)
        return undefined;
    if (typeof seconds === 'number' && seconds > 0 && seconds <= MAX_TIMER_SECONDS)
        return seconds * 1_000;
    throw refused(name, `a number of seconds above 0 and at most ${MAX_TIMER_SECONDS}`, seconds);
}
function earlyOf(early) {
    if (typeof early === 'number' && early > 0 && early < 1)
        return { fraction: early };
    const beta = typeof early === 'object' && early !== null && 'beta' in early ? early.beta : undefined;
    if (typeof beta === 'number' && beta > 0 && Number.isFinite(beta))
        return { beta };
    throw refused('earlyRefresh', 'a fraction above 0 and below 1, or { beta } with a number above 0', early);
}
function jitterOf(jitter) {
    if (typeof jitter === 'number' && jitter >= 0 && jitter < 1)
        return jitter;
    throw refused('ttlJitter', 'a number from 0 to below 1', jitter);
}
function leaseOf(lease) {
    if (lease === false)
        return undefined;
    assertKnownOptions(lease, LEASE_OPTIONS, 'getOrSet: lease');
    const { ttl = LEASE_TTL, wait = LEASE_WAIT } = lease;
    const fits = (value, least) => typeof value === 'number' && value >= least && value <= MAX_LEASE_SECONDS;
    if (!fits(ttl, 0.1))
        throw refused('lease.ttl', `a number of seconds from 0.1 to ${MAX_LEASE_SECONDS}`, ttl);
    if (!fits(wait, 0))
        throw refused('lease.wait', `a number of seconds from 0 to ${MAX_LEASE_SECONDS}`, wait);
    return { ttlMs: Math.round(ttl * 1_000), waitMs: wait * 1_000 };
}
function refused(name, bound, received) {
    return new OffloopError('ERR_OPTION', `getOrSet: ${name} must be ${bound}, received ${describe(received)}`);
}
