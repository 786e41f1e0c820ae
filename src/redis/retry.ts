import type { ErrorCode, OffloopError } from '../errors.js';

/** When and how often what failed is tried again. */
export interface RetrySettings {
  /** Further attempts after the first; 0 for none. */
  readonly attempts: number;
  /** The longest pause before the first further attempt, in ms; it doubles from there. */
  readonly minDelayMs: number;
  /** The longest pause, in ms. */
  readonly maxDelayMs: number;
  /** Whether a write of which nobody knows whether it was done is tried again: it may then be done twice. */
  readonly unknownOutcome: boolean;
}

/** Failures that another attempt may not meet. A time that is up is none: no time is left. */
const TRANSIENT: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'ERR_CONNECTION',
  'ERR_LOADING',
  'ERR_READONLY',
  'ERR_OVERLOADED',
  'ERR_WORKER',
]);

/** Whether a call that failed with this is tried again, as far as attempts are left. */
export function mayRetry(error: OffloopError, writes: boolean, settings: RetrySettings): boolean {
  if (!TRANSIENT.has(error.code)) return false;
  return !writes || error.outcome === 'not-applied' || settings.unknownOutcome;
}

/**
 * Milliseconds before a further attempt, the first being 1: a random time up to a limit that doubles by each ("full jitter"), so
 * that what failed together does not come back together.
 */
export function retryDelay(attempt: number, { minDelayMs, maxDelayMs }: RetrySettings): number {
  return Math.random() * Math.min(maxDelayMs, minDelayMs * 2 ** Math.min(attempt - 1, 20));
}
