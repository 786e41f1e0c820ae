import { type Bench } from './bench.js';
/** Batches of 1,000 values of 1 KB, one batch at a time, for the peers that have batches. */
export declare function runBatch(bench: Bench): Promise<void>;
