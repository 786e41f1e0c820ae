/** Where nobody tells of the end of a lease, it is looked for at least as often: ms, of which a random half is taken off. */
const LOOK_MS = 2_000;
/** A lease is looked for a little after it has run out, at random: all who wait would come at once. */
const AFTER_MS = 100;
/** Gets the right to make a value, or the value. Rejects as Redis does. Resolves early, with `others`, where the signal fires. */
export async function rightToMake(input) {
    const { leases, key, ttlMs, signal } = input;
    const first = await leases.acquire(key, ttlMs);
    if (first.lease)
        return confirmed(input, first.lease, first.exists);
    if (input.waitMs === 0)
        return { kind: 'others' };
    input.waits();
    const endsAt = performance.now() + input.waitMs;
    let { leftMs } = first;
    const wakeup = leases.listen(key);
    try {
        for (;;) {
            const rest = endsAt - performance.now();
            if (rest <= 0 || signal.aborted)
                return { kind: 'others' };
            const look = LOOK_MS * (0.5 + Math.random() / 2);
            await wakeup.next(Math.min(rest, look, leftMs + AFTER_MS * Math.random()), signal);
            if (signal.aborted)
                return { kind: 'others' };
            const entry = await input.find();
            if (entry)
                return { kind: 'found', entry };
            const next = await leases.acquire(key, ttlMs);
            if (next.lease)
                return await confirmed(input, next.lease, next.exists);
            leftMs = next.leftMs;
        }
    }
    finally {
        wakeup.close();
    }
}
/** The value may have come between the look for it and the lease. */
async function confirmed({ leases, find }, lease, exists) {
    const entry = exists ? await find() : undefined;
    if (!entry)
        return { kind: 'make', lease };
    await leases.release(lease);
    return { kind: 'found', entry };
}
