import { OffloopError } from '../errors.js';
import { assertNotAborted, clearPrefix } from './scan.js';
/** Connections that a clear may lose one after another without having found a key on any of them. */
const MAX_FRUITLESS = 3;
/**
 * Removes the keys of a prefix, and goes on over a new connection where it loses one: removing a key a second time does
 * no harm. Resolves to how many went. Rejects with `ERR_CONNECTION` where no new one comes within the time of a step, or
 * several are lost without a key found.
 */
export async function clearThroughLosses(connection, first, options) {
    const state = { removed: 0, scanned: 0, unanswered: [] };
    let client = first;
    let fruitless = 0;
    for (;;) {
        const scanned = state.scanned;
        try {
            await clearPrefix(client, options, state);
            return state.removed;
        }
        catch (error) {
            if (!(error instanceof OffloopError) || error.code !== 'ERR_CONNECTION')
                throw error;
            fruitless = state.scanned > scanned ? 0 : fruitless + 1;
            if (fruitless >= MAX_FRUITLESS)
                throw partly(error, state);
            client = await anotherClient(connection, options).catch((lost) => {
                throw partly(lost, state);
            });
            assertNotAborted(options.signal, state.removed);
        }
    }
}
async function anotherClient(connection, { patience }) {
    let limit;
    try {
        return await connection.whenReady((abandon) => {
            limit = setTimeout(abandon, patience.timeoutMs, patience.timeoutMs);
        });
    }
    finally {
        clearTimeout(limit);
    }
}
function partly(error, { removed }) {
    if (!(error instanceof OffloopError) || error.code !== 'ERR_CONNECTION')
        return error;
    const text = `clear: the connection to Redis was lost after at least ${removed} keys had been removed; a part is left`;
    return new OffloopError('ERR_CONNECTION', text);
}
