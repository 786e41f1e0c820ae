import type { Bench } from './bench.js';
/** What each codec takes on the main thread for a value, alone: no compression, which is a worker's, and no Redis. */
export declare function runCodecs(bench: Bench): Promise<void>;
/** How many tables {@link runCodecs} gives. */
export declare function countCodecTables(bench: Pick<Bench, 'values' | 'scale'>): number;
