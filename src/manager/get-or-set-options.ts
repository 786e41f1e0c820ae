import { assertKnownNames, assertKnownOptions, unreadableAs } from '../backends/arguments.js';
import { MAX_TTL_SECONDS } from '../backends/cache-backend.js';
import { describe, OffloopError } from '../errors.js';
import type { StalePolicy } from './freshness.js';
import { readTags } from './layout.js';

/** What a factory is called with. */
export interface FactoryContext {
  /** The key that the value is for. */
  readonly key: string;
  /** Fires when nobody waits for the value any more, at `hardTimeout`, and when the cache is closed. */
  readonly signal: AbortSignal;
  /** The value that is not fresh any more, where one is at hand: it is given only with `grace` or `staleWhileRevalidate`. */
  readonly stale: unknown;
  /**
   * A number that grows with each lease on the key, to tell another store by (fencing); undefined without a lease.
   */
  readonly fence: number | undefined;
}

/** Makes a value; `undefined` for none. What it throws or rejects with reaches the callers as it is. */
export type Factory<T> = (context: FactoryContext) => T | Promise<T>;

/**
 * A function of a module that a worker of the backend's pool calls with `args`: neither computing nor encoding touches the event loop,
 * which decodes the value alone. Of a `RedisBackend`, alone or as the second layer.
 */
export interface ModuleFactory {
  /** A `file:` URL. */
  readonly module: string | URL;
  /** The name that the function is exported under. */
  readonly export: string;
  /**
   * What it is called with; what structured clone takes.
   * @default []
   */
  readonly args?: readonly unknown[] | undefined;
}

/** How long the right to make a value is held; times in seconds. */
export interface LeaseOptions {
  /**
   * How long others wait for a holder who is no more, 0.1 to 3600. It is prolonged while the factory runs.
   * @default 10
   */
  readonly ttl?: number | undefined;
  /**
   * How long to wait for another process, 0 to 3600. After that the factory is called here, and what it makes is given, and not
   * stored.
   * @default 60
   */
  readonly wait?: number | undefined;
}

/** Options of one `getOrSet`. Times are in seconds, and fractions count. */
export interface GetOrSetOptions<T = unknown> {
  /**
   * How long the value is fresh: above 0, at most 100 years, or `Infinity`; or a function of the value. A function may answer 0: the
   * value is not stored.
   * @default what the policy has for the type
   */
  readonly ttl?: number | ((value: T) => number) | undefined;
  /**
   * What is cached, for the policy: a non-empty string.
   * @default 'response'
   */
  readonly type?: string | undefined;
  /**
   * How long a value is kept beyond its TTL, to be given where the factory fails, or is slower than `softTimeout`. 0 or more.
   * @default 0
   */
  readonly grace?: number | undefined;
  /**
   * How long after a failure the factory is not called again, in this process, while a value is at hand: that is given at once, as with
   * `staleWhileRevalidate` and `earlyRefresh`. 0 calls it each time; at most 100 years.
   * @default 10, as `graceBackoff` of bentocache; `FailSafeThrottleDuration` of FusionCache is 30
   */
  readonly graceBackoff?: number | undefined;
  /**
   * How long beyond its TTL a value is given at once while a new one is made in the background. 0 or more.
   * @default 0
   */
  readonly staleWhileRevalidate?: number | undefined;
  /**
   * Makes a new value in the background before the TTL ends: from this fraction of it on (above 0, below 1), or by chance with
   * `{ beta }` (above 0; 1 is usual, more is earlier).
   * @default never
   */
  readonly earlyRefresh?: number | { readonly beta: number } | undefined;
  /**
   * Gives a value in grace after this time, while the factory goes on in the background. Above 0.
   * @default none: waits for the factory
   */
  readonly softTimeout?: number | undefined;
  /**
   * Gives up the factory after this time: `ERR_FACTORY_TIMEOUT`, or the value in grace. Above 0.
   * @default none
   */
  readonly hardTimeout?: number | undefined;
  /** Ends this caller's waiting alone, with `ERR_ABORTED`, its reason as the `cause`. */
  readonly signal?: AbortSignal | undefined;
  /**
   * Shortens each TTL by a random part of up to this fraction, so that what was stored together does not end together. 0 to below 1.
   * @default 0
   */
  readonly ttlJitter?: number | undefined;
  /**
   * How long it is kept that there is no value: `null` or `undefined` from the factory. Above 0, or `Infinity`.
   * @default none: `null` is a value as any other, and `undefined` is not stored
   */
  readonly negativeTtl?: number | undefined;
  /**
   * That one process at a time makes the value of a key, where the backend can see to that; `false`: one call at a time in each
   * process.
   * @default {}
   */
  readonly lease?: LeaseOptions | false | undefined;
  /**
   * Names under which the value can be invalidated together with others, as of `set`. They are stamped before the factory begins: what
   * is invalidated while it runs outdates what it makes.
   * @default none
   */
  readonly tags?: readonly string[] | undefined;
}

const OPTIONS: ReadonlySet<string> = new Set([
  'ttl',
  'type',
  'grace',
  'graceBackoff',
  'staleWhileRevalidate',
  'earlyRefresh',
  'softTimeout',
  'hardTimeout',
  'signal',
  'ttlJitter',
  'negativeTtl',
  'lease',
  'tags',
] satisfies (keyof GetOrSetOptions)[]);
const LEASE_OPTIONS: ReadonlySet<string> = new Set(['ttl', 'wait'] satisfies (keyof LeaseOptions)[]);
const GRACE_BACKOFF = 10;
const MAX_LEASE_SECONDS = 3_600;
const LEASE_TTL = 10;
const LEASE_WAIT = 60;

/** How a value is got, made and kept. Times in ms but for the TTLs. */
export interface Policy extends StalePolicy {
  readonly ttl: number | ((value: unknown) => number) | undefined;
  readonly type: string;
  readonly backoffMs: number;
  readonly softMs: number | undefined;
  readonly hardMs: number | undefined;
  readonly signal: AbortSignal | undefined;
  readonly ttlJitter: number;
  readonly negativeTtl: number | undefined;
  /** Undefined where no lease is wanted. */
  readonly lease: { readonly ttlMs: number; readonly waitMs: number } | undefined;
  readonly tags: readonly string[];
}

const USUAL_LEASE = { ttlMs: LEASE_TTL * 1_000, waitMs: LEASE_WAIT * 1_000 };
const USUAL: Policy = {
  ttl: undefined,
  type: 'response',
  revalidateMs: 0,
  graceMs: 0,
  backoffMs: GRACE_BACKOFF * 1_000,
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
export function policyOf(options: GetOrSetOptions<never> | undefined): Policy {
  if (options === undefined) return USUAL;
  try {
    return read(options);
  } catch (error) {
    throw unreadableAs(error, 'getOrSet: options');
  }
}

/** Each once: reading all of them before, to see whether that throws, was a fifth of what a hit costs over a plain get. */
function read(options: GetOrSetOptions<never>): Policy {
  assertKnownNames(options, OPTIONS, 'getOrSet');
  const { ttl, type = 'response', signal, lease, negativeTtl, earlyRefresh, ttlJitter } = options;
  if (typeof ttl !== 'function' && ttl !== undefined) assertTtl(ttl, 'ttl');
  if (negativeTtl !== undefined) assertTtl(negativeTtl, 'negativeTtl');
  if (typeof type !== 'string' || type === '') throw refused('type', 'a non-empty string', type);
  if (signal !== undefined && !(signal instanceof AbortSignal))
    throw refused('signal', 'an AbortSignal', signal);
  return {
    ttl: ttl as Policy['ttl'],
    type,
    revalidateMs: milliseconds(options.staleWhileRevalidate, 'staleWhileRevalidate'),
    graceMs: milliseconds(options.grace, 'grace'),
    backoffMs: milliseconds(options.graceBackoff, 'graceBackoff', GRACE_BACKOFF),
    early: earlyRefresh === undefined ? undefined : earlyOf(earlyRefresh),
    softMs: timeout(options.softTimeout, 'softTimeout'),
    hardMs: timeout(options.hardTimeout, 'hardTimeout'),
    signal,
    ttlJitter: ttlJitter === undefined ? 0 : jitterOf(ttlJitter),
    negativeTtl,
    lease: lease === undefined ? USUAL_LEASE : leaseOf(lease),
    tags: readTags(options.tags, 'getOrSet'),
  };
}

/** Refuses, with `ERR_TTL`, what is no TTL of a manager. */
export function assertTtl(ttl: unknown, name: string): asserts ttl is number {
  if (typeof ttl === 'number' && ttl > 0 && (ttl <= MAX_TTL_SECONDS || ttl === Number.POSITIVE_INFINITY))
    return;
  throw new OffloopError(
    'ERR_TTL',
    `${name} must be a number of seconds above 0 and at most ${MAX_TTL_SECONDS}, or Infinity, received ${describe(ttl)}`,
  );
}

function milliseconds(seconds: unknown, name: string, usual = 0): number {
  if (seconds === undefined) return usual * 1_000;
  if (typeof seconds === 'number' && seconds >= 0 && seconds <= MAX_TTL_SECONDS) return seconds * 1_000;
  throw refused(name, `a number of seconds from 0 to ${MAX_TTL_SECONDS}`, seconds);
}

/** The longest time of a timer of Node.js, in seconds. */
const MAX_TIMER_SECONDS = 2_147_483;

function timeout(seconds: unknown, name: string): number | undefined {
  if (seconds === undefined) return undefined;
  if (typeof seconds === 'number' && seconds > 0 && seconds <= MAX_TIMER_SECONDS) return seconds * 1_000;
  throw refused(name, `a number of seconds above 0 and at most ${MAX_TIMER_SECONDS}`, seconds);
}

function earlyOf(early: unknown): Policy['early'] {
  if (typeof early === 'number' && early > 0 && early < 1) return { fraction: early };
  const beta = typeof early === 'object' && early !== null && 'beta' in early ? early.beta : undefined;
  if (typeof beta === 'number' && beta > 0 && Number.isFinite(beta)) return { beta };
  throw refused('earlyRefresh', 'a fraction above 0 and below 1, or { beta } with a number above 0', early);
}

function jitterOf(jitter: unknown): number {
  if (typeof jitter === 'number' && jitter >= 0 && jitter < 1) return jitter;
  throw refused('ttlJitter', 'a number from 0 to below 1', jitter);
}

function leaseOf(lease: LeaseOptions | false): Policy['lease'] {
  if (lease === false) return undefined;
  assertKnownOptions(lease, LEASE_OPTIONS, 'getOrSet: lease');
  const { ttl = LEASE_TTL, wait = LEASE_WAIT } = lease;
  const fits = (value: unknown, least: number): boolean =>
    typeof value === 'number' && value >= least && value <= MAX_LEASE_SECONDS;
  if (!fits(ttl, 0.1))
    throw refused('lease.ttl', `a number of seconds from 0.1 to ${MAX_LEASE_SECONDS}`, ttl);
  if (!fits(wait, 0)) throw refused('lease.wait', `a number of seconds from 0 to ${MAX_LEASE_SECONDS}`, wait);
  return { ttlMs: Math.round(ttl * 1_000), waitMs: wait * 1_000 };
}

function refused(name: string, bound: string, received: unknown): OffloopError {
  return new OffloopError('ERR_OPTION', `getOrSet: ${name} must be ${bound}, received ${describe(received)}`);
}
