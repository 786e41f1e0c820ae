/** A thread of the pool. */
export interface CalledThread {
    readonly threadId: number;
    terminate(): Promise<number>;
}
/** Work that a thread holds. */
export interface HeldWork {
    /** When its caller is answered at the latest, by `performance.now()`. */
    readonly endsAt: number;
}
/**
 * Finds threads that hang, and ends them. As long as work is under way whose time will be up before a silence would be noticed,
 * the threads are asked whether they are there. Ended is a thread that was silent for a second while the time of some work of
 * the pool is up: a slow thread that holds up nobody is left alone, and so is one that answers while Redis does not.
 */
export declare class RollCall {
    #private;
    constructor(threads: () => readonly CalledThread[]);
    /** Threads that were ended. */
    get ended(): number;
    /** Work is given to a thread. */
    began(work: HeldWork): void;
    /** It has come back, or was lost. */
    finished(work: HeldWork): void;
    close(): void;
}
/** Says that this thread has started, and has it answer roll calls. For the worker's side. */
export declare function answerRollCalls(): void;
