/** Reads it from options that were checked. */
export function resolveAvailability(flat) {
    const number = (path) => flat.get(path);
    return {
        operations: {
            timeoutMs: number('timeoutMs'),
            onUnavailable: flat.get('onUnavailable'),
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
