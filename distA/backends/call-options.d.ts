import type { Call } from '../redis/call.js';
import type { RetrySettings } from '../redis/retry.js';
/** When what failed is tried again. */
export interface RetryOptions {
    /** Further attempts after the first, 0 to 100. @default 0 */
    readonly attempts?: number | undefined;
    /** The longest pause before the first of them, in ms, 0 to 60,000; it doubles from there, and each is a random part of it. @default 50 */
    readonly minDelayMs?: number | undefined;
    /** The longest pause, in ms, 0 to 60,000. @default 1000 */
    readonly maxDelayMs?: number | undefined;
    /** Whether a write is tried again of which nobody knows whether it was done: it may then be done twice. @default false */
    readonly unknownOutcome?: boolean | undefined;
}
/** Options of a call on a `RedisBackend`. */
export interface CallOptions {
    /**
     * Answers the call with `ERR_ABORTED` as soon as it fires. What has not been sent by then never is; what has been is
     * not taken back, and the next calls on the key still come after it.
     * @default none
     */
    readonly signal?: AbortSignal | undefined;
    /**
     * Milliseconds for the call, waiting and further attempts included, 10 to 3,600,000; of a `clear` for one step.
     * @default that of the backend
     */
    readonly timeoutMs?: number | undefined;
    /**
     * When a call is tried again that failed for want of a connection or of room. `false`: never. What is not given is as the
     * backend has it.
     * @default that of the backend
     */
    readonly retry?: RetryOptions | false | undefined;
}
/** The names of {@link CallOptions}. */
export declare const CALL_OPTIONS: ["signal", "timeoutMs", "retry"];
/** What a call asked for; undefined for nothing. Refuses, with `ERR_OPTION`, what is wrong. Names are checked elsewhere. */
export declare function readCall({ signal, timeoutMs, retry }: CallOptions, { name, retry: standard }: {
    readonly name: string;
    readonly retry: RetrySettings;
}): Call | undefined;
