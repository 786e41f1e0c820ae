/** How long an event that arrives at a random moment waits for the event loop, in milliseconds. */
export interface Wait {
    /** Time-weighted mean: sum of gap²/2 over sum of gaps. */
    readonly meanMs: number;
    /** 99 % of the time passed in gaps no longer than this. */
    readonly p99Ms: number;
    /** The longest gap. */
    readonly maxMs: number;
    /** The longest gap less what garbage collection took of it: no slice can cut that. */
    readonly ownMaxMs: number;
    /**
     * That less the time without a core too, where the platform tells it. On a machine with fewer cores than busy threads
     * the longest gap is often one in which another thread ran. What was both counts twice: this is a lower bound.
     */
    readonly ranMaxMs: number;
    /** What was sampled. */
    readonly wallMs: number;
}
/**
 * Measures the gaps between turns of `setImmediate`. It keeps the main thread busy all the time: nothing that is
 * measured beside it can count CPU, so CPU and wait are taken in separate passes.
 */
export declare class WaitSampler {
    #private;
    start(): void;
    /** Ends the sampling. The gap that is open counts, so that a stall at the end is not lost. */
    stop(): Promise<Wait>;
}
