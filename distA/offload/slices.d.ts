/** Work on the main thread in steps, each a fraction of a millisecond. */
export interface SlicedWork {
    /** The most milliseconds of one turn of the event loop, the work of others included; a step more at most. */
    readonly sliceMs: number;
    /** Does one step. True where there is more to do. */
    step(): boolean;
    /** Whether anybody still waits for it. */
    stillWanted(): boolean;
}
/**
 * Gives the event loop a turn between slices of long work. All works of the process share one budget a turn, step by
 * step in rotation: ten of them do not make a turn ten times as long, and a short one does not wait for a long one.
 */
export declare class Slices {
    #private;
    /** Works that are under way. */
    get count(): number;
    /**
     * Does the work, as much of it at once as fits into what is left of this turn's budget. Returns undefined where that
     * was all. Rejects with what a step throws, and with `ERR_ABORTED` where nobody waits any more.
     */
    run(work: SlicedWork): Promise<void> | undefined;
}
/** Of the whole process, which has one event loop. */
export declare const slices: Slices;
