import type { Peer } from './peers/peer.js';
/** How hard and how long large values are moved. */
export interface LargeTask {
    readonly ms: number;
    /** Calls a second, due by the clock; what comes late is not left out. Absent: each caller calls again at once. */
    readonly perSecond?: number;
}
/** What was moved. */
export interface LargeMoved {
    readonly calls: number;
    /** Of the values' JSON text. */
    readonly bytes: number;
    readonly wallMs: number;
    readonly latenciesMs: readonly number[];
    /** Calls that failed, and gets that gave something else than was set. */
    readonly errors: number;
}
/** Two callers that get and set records of 1, 2, 4 and 8 MB by turns. */
export declare class LargeLoad {
    #private;
    private constructor();
    /** Makes the values, and stores those that will be got. */
    static prepare(peer: Peer): Promise<LargeLoad>;
    run({ ms, perSecond }: LargeTask): Promise<LargeMoved>;
}
