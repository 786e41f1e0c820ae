import { isDeepStrictEqual } from 'node:util';
import type { PeerEntry } from './peers/peer.js';
import { LIMITS, type OpenPeer } from './peers/registry.js';
import { type Contender, type Row, reasonOf } from './rounds.js';

/** A peer that took part in the check: what it will be measured doing, or why it will not be. */
export interface Verified {
  readonly peer: OpenPeer;
  readonly kept: boolean;
  readonly failure?: string;
}

/** Writes a value and reads it back, once per peer: a peer that loses it is marked in every table. */
export async function verify(peer: OpenPeer, { key, value }: PeerEntry): Promise<Verified> {
  try {
    await peer.set(key, value);
    return { peer, kept: isDeepStrictEqual(await peer.get(key), value) };
  } catch (error) {
    return { peer, kept: false, failure: reasonOf(error) };
  }
}

/** Those that can be measured. */
export function contendersOf(
  verified: readonly Verified[],
  operation: (peer: OpenPeer, index: number) => Promise<unknown>,
): Contender[] {
  return verified
    .filter(({ failure }) => failure === undefined)
    .map(({ peer }) => ({
      name: peer.name,
      variant: peer.variant,
      operation: (index) => operation(peer, index),
    }));
}

/** Measured rows in the peers' order, with the marks of the check, and a row for each that failed it. */
export function markRows(verified: readonly Verified[], rows: readonly Row[]): Row[] {
  return verified.flatMap(({ peer, kept, failure }) => {
    if (failure !== undefined)
      return [{ peer: peer.name, ...(peer.variant && { variant: peer.variant }), figures: {}, failure }];
    const row = rows.find((measured) => measured.peer === peer.name);
    if (!row) return [];
    return [LIMITS.has(peer.name) ? row : { ...row, kept }];
  });
}
