import { describe, OffloopError } from '../errors.js';
import { assertGivenOptions, ttlToMilliseconds } from './arguments.js';
import type { CacheBackend } from './cache-backend.js';
import { RedisBackend } from './redis.js';

/** Options of a `TieredBackend`. */
export interface TieredBackendOptions {
  /** The first layer, as a rule an `InMemoryBackend`: asked first, and bounded. Nobody else may use it. */
  readonly l1: CacheBackend;
  /** The second layer, as a rule a `RedisBackend`: what it has is what is right. */
  readonly l2: CacheBackend;
  /**
   * Seconds that an entry stays in the first layer at most, above 0: less where the entry itself has less left.
   * @default 300
   */
  readonly l1Ttl?: number | undefined;
  /**
   * Keeps the first layer right across processes: Redis tells what changes (docs/near-cache.md). `l2` must be a `RedisBackend`.
   * Without it another process's write is seen when `l1Ttl` is over.
   * @default true where `l2` is a RedisBackend
   */
  readonly nearCache?: boolean | NearCacheOptions | undefined;
}

/** Options of the near cache. */
export interface NearCacheOptions {
  /**
   * The longest that a changed value may still be answered, in ms, 20 to 3,600,000, where Redis does not tell of changes: the
   * connection hangs, or it refuses to. Within it the connection is asked four times for a sign of life.
   * @default 1000
   */
  readonly maxStaleMs?: number | undefined;
}

/** The options with every default filled in. */
export interface ResolvedTieredOptions {
  readonly l1: CacheBackend;
  readonly l2: CacheBackend;
  readonly l1TtlMs: number;
  /** Undefined without a near cache. */
  readonly near: { readonly redis: RedisBackend; readonly maxStaleMs: number } | undefined;
}

const OPTIONS: ReadonlySet<string> = new Set([
  'l1',
  'l2',
  'l1Ttl',
  'nearCache',
] satisfies (keyof TieredBackendOptions)[]);
const NEAR_OPTIONS: ReadonlySet<string> = new Set(['maxStaleMs'] satisfies (keyof NearCacheOptions)[]);
const METHODS = ['get', 'set', 'delete', 'exists', 'clear', 'close'] satisfies (keyof CacheBackend)[];
const LEAST_STALE_MS = 20;
const MOST_STALE_MS = 3_600_000;

/** Fills in and checks. Throws `ERR_OPTION` and `ERR_TTL`. */
export function resolveTieredOptions(options: TieredBackendOptions): ResolvedTieredOptions {
  assertGivenOptions(options, OPTIONS, 'TieredBackend');
  const { l1, l2, l1Ttl = 300, nearCache = l2 instanceof RedisBackend } = options;
  assertBackend(l1, 'l1');
  assertBackend(l2, 'l2');
  if ((l1 as unknown) === l2) throw new OffloopError('ERR_OPTION', 'l1 and l2 must be two backends');
  const l1TtlMs = ttlToMilliseconds(l1Ttl, 'l1Ttl') ?? 0;
  return { l1, l2, l1TtlMs, near: nearOf(nearCache, l2) };
}

function nearOf(given: boolean | NearCacheOptions, l2: CacheBackend): ResolvedTieredOptions['near'] {
  if (given === false) return undefined;
  const options = given === true ? {} : given;
  assertGivenOptions(options, NEAR_OPTIONS, 'nearCache');
  if (!(l2 instanceof RedisBackend))
    throw new OffloopError('ERR_OPTION', `nearCache: l2 must be a RedisBackend, received ${describe(l2)}`);
  const { maxStaleMs = 1000 } = options;
  const fits = typeof maxStaleMs === 'number' && maxStaleMs >= LEAST_STALE_MS && maxStaleMs <= MOST_STALE_MS;
  if (fits) return { redis: l2, maxStaleMs };
  throw new OffloopError(
    'ERR_OPTION',
    `nearCache.maxStaleMs must be ${LEAST_STALE_MS} to ${MOST_STALE_MS} (ms), received ${describe(maxStaleMs)}`,
  );
}

function assertBackend(backend: unknown, name: string): void {
  const isObject = typeof backend === 'object' && backend !== null;
  if (isObject && METHODS.every((method) => typeof Reflect.get(backend, method) === 'function')) return;
  throw new OffloopError('ERR_OPTION', `${name} must be a CacheBackend, received ${describe(backend)}`);
}
