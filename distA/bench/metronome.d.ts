/** How often and how long. */
export interface Beats {
    readonly perSecond: number;
    readonly ms: number;
}
/**
 * Beats by the clock, from a thread of its own. A timer of the measured thread is up to a millisecond late even when
 * nothing goes on, which would make a quiet service look slow, and it is silent while that thread is held up.
 */
export declare class Metronome {
    #private;
    private constructor();
    static start(): Promise<Metronome>;
    /**
     * Calls back once for each beat, with the moment at which it was due by {@link clockMs}. Beats that fall into a
     * stall come after it, all of them. Resolves after the last.
     */
    beat(beats: Beats, onBeat: (dueMs: number) => void): Promise<void>;
    close(): Promise<void>;
}
