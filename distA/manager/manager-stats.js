export function newCounters() {
    return {
        hits: 0,
        misses: 0,
        stale: 0,
        refreshes: 0,
        factoryCalls: 0,
        factoryErrors: 0,
        sharedFlights: 0,
        leaseWaits: 0,
        lateWrites: 0,
        failures: 0,
        reclaimFailures: 0,
    };
}
