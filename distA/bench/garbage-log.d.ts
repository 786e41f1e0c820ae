import type { Span } from './span.js';
/**
 * When this thread's garbage collector stopped the program. Steps of marking between the program's own are not
 * recorded by Node: what they take stays with the program.
 */
export declare class GarbageLog {
    #private;
    start(): void;
    /** Every collection since the start, in order. */
    close(): Promise<readonly Span[]>;
}
