import { type Bench } from './bench.js';
import type { Row } from './rounds.js';
/** What clearing half of the keys did, per way of clearing. */
export interface Clears {
    readonly rows: readonly Row[];
    /** The other client's p99 and maximum with nothing else going on: the floor of this machine. */
    readonly idle: {
        readonly p99Ms: number;
        readonly maxMs: number;
    };
    /** Keys outside the prefix that were changed or removed by any of the clears. */
    readonly damaged: number;
}
/** `clear()` of a prefix against KEYS and one DEL, in turns, while another client goes on. */
export declare function runClear(bench: Bench): Promise<void>;
/** Fills, clears and counts. Half of the keys lie outside the prefix. */
export declare function measureClears(bench: Bench, { keys, rounds }: {
    keys: number;
    rounds: number;
}): Promise<Clears>;
