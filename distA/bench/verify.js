import { isDeepStrictEqual } from 'node:util';
import { LIMITS } from './peers/registry.js';
import { reasonOf } from './rounds.js';
/** Writes a value and reads it back, once per peer: a peer that loses it is marked in every table. */
export async function verify(peer, { key, value }) {
    try {
        await peer.set(key, value);
        return { peer, kept: isDeepStrictEqual(await peer.get(key), value) };
    }
    catch (error) {
        return { peer, kept: false, failure: reasonOf(error) };
    }
}
/** Those that can be measured. */
export function contendersOf(verified, operation) {
    return verified
        .filter(({ failure }) => failure === undefined)
        .map(({ peer }) => ({
        name: peer.name,
        variant: peer.variant,
        operation: (index) => operation(peer, index),
    }));
}
/** Measured rows in the peers' order, with the marks of the check, and a row for each that failed it. */
export function markRows(verified, rows) {
    return verified.flatMap(({ peer, kept, failure }) => {
        if (failure !== undefined)
            return [{ peer: peer.name, ...(peer.variant && { variant: peer.variant }), figures: {}, failure }];
        const row = rows.find((measured) => measured.peer === peer.name);
        if (!row)
            return [];
        return [LIMITS.has(peer.name) ? row : { ...row, kept }];
    });
}
