import type { Operation } from '../measure.js';
import type { Peer } from '../peers/peer.js';
/** What a candidate is measured with. */
export interface Mix {
    readonly values: readonly unknown[];
    /** The part of all calls that writes, 0 to 1. */
    readonly writeShare: number;
}
/** Stores every value under its number, so that what comes after finds them as they are stored from then on. */
export declare function storeValues(peer: Peer, { values }: Mix): Promise<void>;
/** Reads and writes in the described proportion, spread evenly, over all values. */
export declare function callsOf(peer: Peer, { values, writeShare }: Mix): Operation;
