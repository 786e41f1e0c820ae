import type { OffloopError } from '../errors.js';
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
/** Whether a call that failed with this is tried again, as far as attempts are left. */
export declare function mayRetry(error: OffloopError, writes: boolean, settings: RetrySettings): boolean;
/**
 * Milliseconds before a further attempt, the first being 1: a random time up to a limit that doubles by each ("full jitter"), so
 * that what failed together does not come back together.
 */
export declare function retryDelay(attempt: number, { minDelayMs, maxDelayMs }: RetrySettings): number;
