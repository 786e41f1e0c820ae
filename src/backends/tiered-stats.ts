import type { Trust } from './near-cache.js';

/** What a `TieredBackend` has done since it was made. */
export interface TieredBackendStats {
  /** Gets that the first layer answered. */
  readonly l1Hits: number;
  /** Gets that went to the second layer and found something there, and nothing. */
  readonly l2Hits: number;
  readonly misses: number;
  /** Gets that waited for another one of the same key, and read nothing themselves. */
  readonly joined: number;
  /** Values that the first layer did not take, or that were not given to it for want of their TTL, and calls of it that failed. */
  readonly l1Failures: number;
  /**
   * How far the first layer is trusted: `tracked` by what Redis tells, `bounded` to `maxStaleMs` where it tells nothing,
   * `none` while its connection is not there; `local` without a near cache.
   */
  readonly trust: Trust | 'local';
  /** Keys that Redis told of. */
  readonly invalidations: number;
  /** How often the connection by which it tells was lost. */
  readonly trackingLosses: number;
}
