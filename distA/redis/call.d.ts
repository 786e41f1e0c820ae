import type { RetrySettings } from './retry.js';
/** What a single call asked for; undefined stands for what the backend has. */
export interface Call {
    /** Has the caller answered at once, with `ERR_ABORTED`, when it fires. */
    readonly signal: AbortSignal | undefined;
    /** Milliseconds that the call may take, waiting and further attempts included. */
    readonly timeoutMs: number | undefined;
    readonly retry: RetrySettings | undefined;
}
/** A call that has nothing of its own but a signal. */
export declare function callWith(signal: AbortSignal | undefined): Call | undefined;
