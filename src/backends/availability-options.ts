import type { FlatOptions } from '../options.js';
import type { BreakerSettings } from '../redis/breaker.js';
import type { OperationsSettings } from '../redis/operations.js';
import type { RoomLimits } from '../redis/room.js';

/** How much a backend, its views included, takes on. */
export interface OverloadOptions {
  /** Operations under way on the command connection, 1 to 1,000,000; others wait in their order. @default 10000 */
  readonly maxInFlight?: number | undefined;
  /** Bytes of those, 1 MB to 16 GB: values sent, and `inlineLimitBytes` for each get. @default 536870912 */
  readonly maxBytesInFlight?: number | undefined;
  /** Operations under way or waiting, by either lane, 1 to 10,000,000; more are `ERR_OVERLOADED` at once. @default 200000 */
  readonly maxPending?: number | undefined;
  /** Bytes of encoded values that those hold, 1 MB to 64 GB; more are `ERR_OVERLOADED` at once. @default 2147483648 */
  readonly maxPendingBytes?: number | undefined;
}

/** When calls fail at once with `ERR_UNAVAILABLE`, because Redis did not answer the last ones. */
export interface BreakerOptions {
  /** @default true */
  readonly enabled?: boolean | undefined;
  /** Calls in a row without an answer, after which it opens, 1 to 1,000,000. @default 20 */
  readonly failures?: number | undefined;
  /** It opens only when they have gone on failing for so many ms, 0 to 600,000. @default 1000 */
  readonly windowMs?: number | undefined;
  /** Milliseconds after which Redis is asked again, 10 to 600,000; earlier once it is connected. @default 1000 */
  readonly openMs?: number | undefined;
  /** Calls that ask it at a time, 1 to 10,000. @default 1 */
  readonly probes?: number | undefined;
}

/** What decides how calls fare when Redis is slow or away. */
export interface Availability {
  readonly operations: OperationsSettings;
  readonly overload: RoomLimits;
  readonly breaker: BreakerSettings;
}

/** Reads it from options that were checked. */
export function resolveAvailability(flat: FlatOptions): Availability {
  const number = (path: string): number => flat.get(path) as number;
  return {
    operations: {
      timeoutMs: number('timeoutMs'),
      onUnavailable: flat.get('onUnavailable') as 'throw' | 'miss',
      retry: {
        attempts: number('retry.attempts'),
        minDelayMs: number('retry.minDelayMs'),
        maxDelayMs: number('retry.maxDelayMs'),
        unknownOutcome: flat.get('retry.unknownOutcome') === true,
      },
      maxPending: number('overload.maxPending'),
      maxPendingBytes: number('overload.maxPendingBytes'),
    },
    overload: {
      maxInFlight: number('overload.maxInFlight'),
      maxBytesInFlight: number('overload.maxBytesInFlight'),
    },
    breaker: {
      enabled: flat.get('breaker.enabled') === true,
      failures: number('breaker.failures'),
      windowMs: number('breaker.windowMs'),
      openMs: number('breaker.openMs'),
      probes: number('breaker.probes'),
    },
  };
}
