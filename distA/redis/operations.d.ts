import { OffloopError } from '../errors.js';
import { type Breaker } from './breaker.js';
import { Deadlines } from './deadlines.js';
import { type Stage } from './early-answer.js';
import type { OperationInput } from './operation.js';
import type { RetrySettings } from './retry.js';
import type { Room } from './room.js';
import { Running } from './running.js';
/** What {@link Operations} tells. */
export interface OperationsListener {
    /** The first operation begins, or the last one has ended. */
    busy(busy: boolean): void;
    /** Redis did not answer one within the time of the backend. */
    stalled(): void;
    /** One is about to be rejected. */
    failed(error: OffloopError): void;
    /** One that failed for want of Redis is about to be answered as though there was nothing. */
    unavailable(input: OperationInput, error: OffloopError): void;
}
/** What holds for all operations of a backend. */
export interface OperationsSettings {
    readonly timeoutMs: number;
    readonly onUnavailable: 'throw' | 'miss';
    readonly retry: RetrySettings;
    /** Operations whose work has not ended. */
    readonly maxPending: number;
    /** Bytes of encoded values that they hold. */
    readonly maxPendingBytes: number;
}
/**
 * The operations under way: each gets its turn by its key, is answered within its time, and is waited for by
 * `drain`. An operation whose time is up, or that is aborted, is answered at once; its turn on the key ends when its
 * work does, so that nothing overtakes it. Those whose work has not ended are watched, aborted ones too, since it is by
 * them that a dead connection is found out.
 */
export declare class Operations {
    #private;
    readonly deadlines: Deadlines;
    /** Room on the command connection. */
    readonly room: Room;
    constructor(settings: OperationsSettings, { breaker, room }: {
        readonly breaker: Breaker;
        readonly room: Room;
    }, listener: OperationsListener);
    /** Operations whose callers have no answer yet. */
    get count(): number;
    get timeoutMs(): number;
    get retry(): RetrySettings;
    /** Bytes of encoded values that are held by operations whose work has not ended. */
    get pendingBytes(): number;
    /** Throws `ERR_ABORTED` where the signal has fired before anything was done. */
    assertWanted(signal: AbortSignal | undefined, call: {
        readonly name: string;
        readonly writes: boolean;
        readonly key?: string;
    }): void;
    /**
     * Runs one operation when its turn comes. Rejects with `ERR_CLOSED` after {@link drain}, and with `ERR_OVERLOADED` or
     * `ERR_UNAVAILABLE` at once where it may not be begun. What may be tried again runs without commands beside it on its key:
     * those behind it would overtake it.
     */
    run<T>(input: OperationInput): Promise<T>;
    /** Refuses what comes from now on. Resolves when every caller has an answer; what hangs on after that is not waited for. */
    drain(): Promise<void>;
    /** Whether commands on a key are under way. */
    hasCommands(key: string): boolean;
    /** The work of an operation has ended. */
    ended(running: Running): void;
    /** The caller of an operation is being answered. */
    answered(running: Running): void;
    /** The time of one is up. A call that wanted it faster than usual tells nothing of the connection until the usual time is up too. */
    timedOut(running: Running, stage: Stage): void;
    hold(running: Running, bytes: number): void;
    succeeded({ local }: Running): void;
    /** What a failure says of Redis. */
    judge({ code }: OffloopError): void;
    /** Whether Redis may be asked once more. */
    letsRetry({ isProbe }: Running): boolean;
    /** Whether the caller is told that there is nothing, instead of this failure. */
    hides(input: OperationInput, error: OffloopError): boolean;
    /** The caller is about to be told of a failure. */
    failed(error: OffloopError): void;
}
