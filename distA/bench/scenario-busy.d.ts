import type { Bench } from './bench.js';
import { type PeerId } from './peers/registry.js';
import { type Row } from './rounds.js';
/** Gets and sets of 1 to 8 MB a second: well under what each peer manages on two cores, so that all carry the same. */
export declare const LARGE_RATE = 8;
/** What every peer reached under the same load, and how much it moves when it is let. */
export interface BusyRows {
    readonly sameLoad: readonly Row[];
    readonly flatOut: readonly Row[];
}
/** An HTTP service that answers small requests from the cache while it moves large values through it. */
export declare function runBusy(bench: Bench, largeRate: number): Promise<void>;
/** Takes the turns. A peer that fails is out, with the reason in its rows. */
export declare function measureBusy(bench: Bench, { ids, largeRate }: {
    readonly ids: readonly PeerId[];
    readonly largeRate: number;
}): Promise<BusyRows>;
