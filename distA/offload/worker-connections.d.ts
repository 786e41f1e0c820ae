import type { RedisClient } from '../redis/client.js';
/** Which connection a task wants, and for how long it is kept when nobody does. */
export interface ConnectionWish {
    /** {@link ConnectionSettings} as text. */
    readonly connection: string;
    readonly idleTimeoutMs: number;
    /** When the time for the command is up, waiting for the connection included. See the tasks. */
    readonly endsAt: number;
}
/** What is sent. */
export interface BulkCommand<T> {
    readonly name: string;
    /** Whether Redis may have done it although no answer came. */
    readonly writes: boolean;
    send(client: RedisClient): Promise<T>;
}
/** The connections of one worker thread: one for each set of settings, shared by the backends that have them. */
export declare class WorkerConnections {
    #private;
    /** Runs a command on the connection that is wished for, within the time that is left for it. */
    use<T>(wish: ConnectionWish, command: BulkCommand<T>): Promise<T>;
}
/** Throws `ERR_TIMEOUT` where the caller of a task has been answered by now: nothing may be done for it any more. */
export declare function assertInTime({ endsAt }: {
    readonly endsAt: number;
}, name: string): void;
