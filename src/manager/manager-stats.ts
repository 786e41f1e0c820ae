/** What a `CacheManager` has done since it was made. Views count for themselves. */
export interface CacheManagerStats {
  /** Fresh values that were found. */
  readonly hits: number;
  /** Keys without a value to give. */
  readonly misses: number;
  /** Values that were given although they were not fresh any more. */
  readonly stale: number;
  /** Values that were begun to be made in the background. */
  readonly refreshes: number;
  /** Factories that were called, and those of them that failed, a `hardTimeout` included. */
  readonly factoryCalls: number;
  readonly factoryErrors: number;
  /** Times that a factory was not called, since it had failed within `graceBackoff`. */
  readonly backoffs: number;
  /** Calls of `getOrSet` that joined another one of the same key. */
  readonly sharedFlights: number;
  /** Times that another process was waited for. */
  readonly leaseWaits: number;
  /** Values that were not stored because the lease had run out meanwhile. */
  readonly lateWrites: number;
  /** Calls of the backend that failed, and were not let fail a `getOrSet`. */
  readonly failures: number;
  /** Times that giving back the space of instant clears ended with an error; it goes on with the next clear or `reclaim()`. */
  readonly reclaimFailures: number;
}

/** The same, to count with. */
export type ManagerCounters = { -readonly [N in keyof CacheManagerStats]: number };

export function newCounters(): ManagerCounters {
  return {
    hits: 0,
    misses: 0,
    stale: 0,
    refreshes: 0,
    factoryCalls: 0,
    factoryErrors: 0,
    backoffs: 0,
    sharedFlights: 0,
    leaseWaits: 0,
    lateWrites: 0,
    failures: 0,
    reclaimFailures: 0,
  };
}
