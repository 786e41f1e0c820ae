/** Failures that another attempt may not meet. A time that is up is none: no time is left. */
const TRANSIENT = new Set([
    'ERR_CONNECTION',
    'ERR_LOADING',
    'ERR_READONLY',
    'ERR_OVERLOADED',
    'ERR_WORKER',
]);
/** Whether a call that failed with this is tried again, as far as attempts are left. */
export function mayRetry(error, writes, settings) {
    if (!TRANSIENT.has(error.code))
        return false;
    return !writes || error.outcome === 'not-applied' || settings.unknownOutcome;
}
/**
 * Milliseconds before a further attempt, the first being 1: a random time up to a limit that doubles by each ("full jitter"), so
 * that what failed together does not come back together.
 */
export function retryDelay(attempt, { minDelayMs, maxDelayMs }) {
    return Math.random() * Math.min(maxDelayMs, minDelayMs * 2 ** Math.min(attempt - 1, 20));
}
