import type { CacheBackend } from '../backends/cache-backend.js';
import { type ErrorCode, OffloopError } from '../errors.js';
/** One test: gets an empty backend, which its caller closes. */
export type Check = (backend: CacheBackend) => Promise<void>;
/** Tests by their titles. */
export type Checks = Readonly<Record<string, Check>>;
/** Asserts that each value comes back equal. */
export declare function keepsEach(backend: CacheBackend, values: readonly unknown[]): Promise<void>;
/** Asserts that a value comes back equal. */
export declare function keeps(backend: CacheBackend, value: unknown): Promise<void>;
/** Asserts that a value comes back equal, or is refused with `ERR_VALUE`. */
export declare function keepsOrRefuses(backend: CacheBackend, value: unknown): Promise<void>;
/** Whether the backend took the value; where it `mayRefuse`, the refusal must be `ERR_VALUE`. */
export declare function isSet(backend: CacheBackend, value: unknown, mayRefuse: boolean): Promise<boolean>;
/** Judges each answer by when it was asked for, so that a busy machine cannot fail a right backend. */
export declare function expiresAfter(backend: CacheBackend, key: string, ttl: number): Promise<void>;
/** Asserts a rejection, not a synchronous throw, with one of our errors. */
export declare function refused(operation: () => Promise<unknown>, code: ErrorCode): Promise<OffloopError>;
