import type { Sweep } from '../backends/scope-store.js';
/** Gives back the space of generations that have ended, in the background. */
export declare class Reclaim {
    #private;
    constructor(begin: () => Promise<Sweep>);
    /** How often it ended with an error. The next clear, or an explicit one, goes on. */
    get failures(): number;
    /** Begins in the background. Nobody waits for it, and it keeps no process alive. */
    start(): void;
    /** Resolves to how many keys went. One for all who ask at the same time; what ended meanwhile goes too. */
    run(): Promise<number>;
    /** Ends it after the step under way. */
    end(): Promise<void>;
}
