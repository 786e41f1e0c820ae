/**
 * How an operation may run beside others on the same key.
 *
 * - `command`: one command on the command connection, which keeps the order of what is sent.
 * - `read`: begins on the command connection and may go on over a worker's.
 * - `bulk`: a write over a worker's connection, which the command connection knows nothing of.
 */
export type Access = 'command' | 'read' | 'bulk';
/** What is told when its turn comes. */
export interface Turn {
    start(): void;
}
/**
 * Program order of each key, across lanes and connections: the results are those of running the operations on a key
 * one after another in the order of their calls. Different keys do not wait for each other.
 */
export declare class KeyOrder {
    #private;
    /** True where the operation may run at once; else `turn.start()` is called when it may. Either way it must leave. */
    enter(key: string, access: Access, turn: Turn): boolean;
    /** Whether commands on a key have been sent whose answers are still to come. */
    hasCommands(key: string): boolean;
    /** The end of an operation that had its turn. */
    leave(key: string, access: Access): void;
    /** As {@link enter}, for a clear of all keys that begin with a prefix. */
    enterClear(prefix: string, turn: Turn): boolean;
    /** The end of a clear that had its turn. */
    leaveClear(turn: Turn): void;
}
