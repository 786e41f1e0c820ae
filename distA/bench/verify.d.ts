import type { PeerEntry } from './peers/peer.js';
import { type OpenPeer } from './peers/registry.js';
import { type Contender, type Row } from './rounds.js';
/** A peer that took part in the check: what it will be measured doing, or why it will not be. */
export interface Verified {
    readonly peer: OpenPeer;
    readonly kept: boolean;
    readonly failure?: string;
}
/** Writes a value and reads it back, once per peer: a peer that loses it is marked in every table. */
export declare function verify(peer: OpenPeer, { key, value }: PeerEntry): Promise<Verified>;
/** Those that can be measured. */
export declare function contendersOf(verified: readonly Verified[], operation: (peer: OpenPeer, index: number) => Promise<unknown>): Contender[];
/** Measured rows in the peers' order, with the marks of the check, and a row for each that failed it. */
export declare function markRows(verified: readonly Verified[], rows: readonly Row[]): Row[];
