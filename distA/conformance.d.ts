import type { CacheBackend } from './backends/cache-backend.js';
/** What the suite needs of a test runner: `vitest`, `node:test` and mocha's globals have it. */
export interface ConformanceRunner {
    describe(name: string, body: () => void): unknown;
    it(name: string, body: () => Promise<void>): unknown;
}
/** What a backend may lack and still be a cache. */
export interface ConformanceFeatures {
    /**
     * Keeps Date, Map, Set, bigint, NaN, Uint8Array and the like. A backend that does not, such as one on plain JSON,
     * must then refuse each of them with `ERR_VALUE`; it may not change them in silence.
     * @default true
     */
    readonly richTypes?: boolean | undefined;
}
/** What {@link describeCacheBackend} tests, and with what. */
export interface ConformanceOptions {
    /** Names the backend in the runner's report. */
    readonly name: string;
    /** Makes an empty backend, alone with its keys. Called once a test; the test closes it. */
    readonly create: () => CacheBackend | Promise<CacheBackend>;
    readonly runner: ConformanceRunner;
    readonly features?: ConformanceFeatures | undefined;
}
/**
 * Declares the tests that every `CacheBackend` must pass: misses, values, TTLs, keys, isolation, refusals, program
 * order and closing. They take about two seconds, most of it waiting for TTLs. Tests are independent of each other
 * and may run at the same time.
 */
export declare function describeCacheBackend(options: ConformanceOptions): void;
