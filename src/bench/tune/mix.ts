import type { Operation } from '../measure.js';
import type { Peer } from '../peers/peer.js';

/** What a candidate is measured with. */
export interface Mix {
  readonly values: readonly unknown[];
  /** The part of all calls that writes, 0 to 1. */
  readonly writeShare: number;
}

/** Stores every value under its number, so that what comes after finds them as they are stored from then on. */
export async function storeValues(peer: Peer, { values }: Mix): Promise<void> {
  for (const [index, value] of values.entries()) {
    await peer.set(`${index}`, value);
    // The first of its kind may be stored in another way than those that follow.
    await peer.set(`${index}`, value);
  }
}

/** Reads and writes in the described proportion, spread evenly, over all values. */
export function callsOf(peer: Peer, { values, writeShare }: Mix): Operation {
  return (index) => {
    const at = index % values.length;
    const writes = Math.floor((index + 1) * writeShare) > Math.floor(index * writeShare);
    return writes ? peer.set(`${at}`, values[at]) : peer.get(`${at}`);
  };
}
