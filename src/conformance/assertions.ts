import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CacheBackend } from '../backends/cache-backend.js';
import { type ErrorCode, OffloopError } from '../errors.js';

/** One test: gets an empty backend, which its caller closes. */
export type Check = (backend: CacheBackend) => Promise<void>;

/** Tests by their titles. */
export type Checks = Readonly<Record<string, Check>>;

/** Asserts that each value comes back equal. */
export async function keepsEach(backend: CacheBackend, values: readonly unknown[]): Promise<void> {
  for (const value of values) await keeps(backend, value);
}

/** Asserts that a value comes back equal. */
export async function keeps(backend: CacheBackend, value: unknown): Promise<void> {
  await backend.set('k', value);
  assertSame(await backend.get('k'), value);
  assert.equal(await backend.exists('k'), true);
}

/** Asserts that a value comes back equal, or is refused with `ERR_VALUE`. */
export async function keepsOrRefuses(backend: CacheBackend, value: unknown): Promise<void> {
  if (await isSet(backend, value, true)) assertSame(await backend.get('k'), value);
}

function assertSame(actual: unknown, expected: unknown): void {
  // Node 20 calls no two invalid Dates equal.
  const isInvalid = (value: unknown) => value instanceof Date && Number.isNaN(value.getTime());
  if (!(isInvalid(actual) && isInvalid(expected))) assert.deepStrictEqual(actual, expected);
}

/** Whether the backend took the value; where it `mayRefuse`, the refusal must be `ERR_VALUE`. */
export async function isSet(backend: CacheBackend, value: unknown, mayRefuse: boolean): Promise<boolean> {
  try {
    await backend.set('k', value);
    return true;
  } catch (error) {
    if (mayRefuse && error instanceof OffloopError && error.code === 'ERR_VALUE') return false;
    throw error;
  }
}

/** How long after its TTL a value may still be there, in milliseconds. Rounding up to whole seconds exceeds it. */
const EXPIRY_SLACK = 500;

/** Judges each answer by when it was asked for, so that a busy machine cannot fail a right backend. */
export async function expiresAfter(backend: CacheBackend, key: string, ttl: number): Promise<void> {
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
export async function refused(operation: () => Promise<unknown>, code: ErrorCode): Promise<OffloopError> {
  const outcome = await operation().then(
    () => undefined,
    (error: unknown) => error,
  );
  assert.ok(outcome instanceof OffloopError, `expected an OffloopError with ${code}`);
  assert.equal(outcome.code, code);
  return outcome;
}
