import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { OffloopError } from '../errors.js';
/** Asserts that each value comes back equal. */
export async function keepsEach(backend, values) {
    for (const value of values)
        await keeps(backend, value);
}
/** Asserts that a value comes back equal. */
export async function keeps(backend, value) {
    await backend.set('k', value);
    assertSame(await backend.get('k'), value);
    assert.equal(await backend.exists('k'), true);
}
/** Asserts that a value comes back equal, or is refused with `ERR_VALUE`. */
export async function keepsOrRefuses(backend, value) {
    if (await isSet(backend, value, true))
        assertSame(await backend.get('k'), value);
}
function assertSame(actual, expected) {
    // Node 20 calls no two invalid Dates equal.
    const isInvalid = (value) => value instanceof Date && Number.isNaN(value.getTime());
    if (!(isInvalid(actual) && isInvalid(expected)))
        assert.deepStrictEqual(actual, expected);
}
/** Whether the backend took the value; where it `mayRefuse`, the refusal must be `ERR_VALUE`. */
export async function isSet(backend, value, mayRefuse) {
    try {
        await backend.set('k', value);
        return true;
    }
    catch (error) {
        if (mayRefuse && error instanceof OffloopError && error.code === 'ERR_VALUE')
            return false;
        throw error;
    }
}
/** How long after its TTL a value may still be there, in milliseconds. Rounding up to whole seconds exceeds it. */
const EXPIRY_SLACK = 500;
/** Judges each answer by when it was asked for, so that a busy machine cannot fail a right backend. */
export async function expiresAfter(backend, key, ttl) {
    const called = performance.now();
    await backend.set(key, ttl, { ttl });
    const stored = performance.now();
    for (;;) {
        const asked = performance.now();
        const value = await backend.get(key);
        if (value === undefined) {
            // A server's clock may tick up to a millisecond before ours.
            assert.ok(performance.now() - called >= ttl * 1000 - 2, `a ttl of ${ttl} s was over too early`);
            return;
        }
        assert.equal(value, ttl);
        assert.ok(asked - stored <= ttl * 1000 + EXPIRY_SLACK, `a ttl of ${ttl} s was not over in time`);
        await sleep(20);
    }
}
/** Asserts a rejection, not a synchronous throw, with one of our errors. */
export async function refused(operation, code) {
    const outcome = await operation().then(() => undefined, (error) => error);
    assert.ok(outcome instanceof OffloopError, `expected an OffloopError with ${code}`);
    assert.equal(outcome.code, code);
    return outcome;
}
