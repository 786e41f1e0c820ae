import type { Call } from './call.js';
import type { Stage } from './early-answer.js';
import type { Access } from './key-order.js';
/** What an operation is, for its errors. */
export interface OperationInput {
    /** Such as `set`, for messages. */
    readonly name: string;
    /** The physical key; for a clear, the prefix. */
    readonly key: string;
    readonly access: Access | 'clear';
    /** Whether it changes what is stored. */
    readonly writes: boolean;
    /** Whether the caller gets `undefined` instead of what the work resolves to. */
    readonly silent?: boolean | undefined;
    /** Whether it needs no Redis, so that it is never refused for want of one. */
    readonly local?: boolean | undefined;
    /** Bytes of an encoded value that it holds from the beginning. @default 0 */
    readonly bytes?: number | undefined;
    /** What it resolves to instead of failing for want of Redis, where that was asked for. @default it fails */
    readonly absent?: {
        readonly value: unknown;
    } | undefined;
    /** What its call asked for; undefined where that is nothing. */
    readonly call: Call | undefined;
    /**
     * Does the work, once more for each further attempt. An error of ioredis that it throws or rejects with is made one of ours.
     */
    work(operation: Operation): Promise<unknown>;
}
/** What the work of an operation sees of it. */
export interface Operation {
    stage: Stage;
    /** When its time is up, by `performance.now()` of this thread. */
    readonly endsAt: number;
    /**
     * Whether its caller has been answered, be it early (its time was up, or it was aborted): nothing more may be sent
     * for it. Whoever waits or works in slices asks again before he goes on.
     */
    readonly settled: boolean;
    /**
     * Called when its time is up, with how long that was in ms, or it is aborted, to end what its work waits for: the work then
     * rejects at once. What it rejects with is what the caller of an operation without time left is told.
     */
    onCancel: ((afterMs: number) => void) | undefined;
    /** Whether it must go by the command connection to come after commands on its key that were called before it. */
    readonly followsCommands: boolean;
    /** Whether the work may be done again, and so must not give away what it would need for that. */
    readonly retries: boolean;
    /** Bytes of room on the command connection that it has taken. */
    roomBytes: number;
    /** It holds so many more bytes of an encoded value. Throws `ERR_OVERLOADED` where all together would hold too much. */
    hold(bytes: number): void;
    /** It has no more to do on the command connection for now. */
    leaveCommands(): void;
    /** From here on the work looks after its own time, as a clear does step by step. */
    keepOwnTime(): void;
}
