import { chooseCodec } from '../codec/auto.js';
import { displayKey, OffloopError } from '../errors.js';
import { decodePayload } from './decode-payload.js';
import { encodedPayload } from './worker-encode.js';
import { openFrame } from './worker-fetch.js';
/** Calls a function of the user's on a value. What it returns goes back; what it throws is `ERR_MAP`. */
export async function mapValue(task, { registry, fetcher }) {
    // Before the value is got: a function that is not there needs none.
    const call = await loadFunction(task, 'map');
    const whole = await fetcher.whole(task);
    if (!whole)
        return { kind: 'missing', found: false };
    const { storedBytes, ...opened } = openFrame(whole);
    const value = decodePayload(registry, opened);
    const result = await call(value, ...task.args);
    if (result === undefined)
        return { kind: 'missing', found: true };
    return encodedPayload(chooseCodec(result), result, storedBytes);
}
/** A function of the user's, which rejects with `ERR_MAP` where it throws. Throws `ERR_MAP` where it is not there. */
export async function loadFunction(task, call) {
    let exports;
    try {
        exports = await import(task.module);
    }
    catch {
        throw failure(task, call, 'is in a module that cannot be imported');
    }
    const found = Object.hasOwn(exports, task.exportName) ? exports[task.exportName] : undefined;
    if (typeof found === 'function')
        return guarded(found, task, call);
    throw failure(task, call, 'is no function that the module exports');
}
function guarded(work, task, call) {
    return async (...args) => {
        try {
            return await work(...args);
        }
        catch (error) {
            // Its message may quote the value.
            const name = error instanceof Error ? displayName(error.name) : 'something that is no Error';
            throw failure(task, call, `threw ${name}`);
        }
    };
}
function failure({ exportName }, call, reason) {
    return new OffloopError('ERR_MAP', `${call}: ${displayKey(exportName)} ${reason}`);
}
const SHOWN_NAME = /^[A-Za-z_$][\w$]{0,47}$/;
function displayName(name) {
    return typeof name === 'string' && SHOWN_NAME.test(name) ? name : 'an Error';
}
