/** How a call may run beside others on its key: reads at the same time, a write alone. */
export type CallKind = 'read' | 'write';
/**
 * The calls on a backend, each when its turn comes: on one key they take effect in the order in which they were made, and
 * clears and the end come after what was called before them.
 */
export declare class OrderedCalls {
    #private;
    /** @param name the backend's, for messages. */
    constructor(name: string);
    /** Whether nothing runs or waits: what is done at once is in order then. */
    get isIdle(): boolean;
    get closed(): boolean;
    /** Throws `ERR_CLOSED`. */
    assertOpen(): void;
    /** Does the work when earlier calls on the key allow it. Takes its place in the order before it returns. */
    run<T>(key: string, kind: CallKind, work: () => T | Promise<T>): Promise<T>;
    /** As {@link run}, for all keys that begin with a prefix. */
    runOnAll<T>(prefix: string, work: () => T | Promise<T>): Promise<T>;
    /** Refuses what comes from now on, and does the work when what was called before has ended. */
    close(work: () => void | Promise<void>): Promise<void>;
}
