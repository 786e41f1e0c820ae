import { Readable } from 'node:stream';
import { ReadableStream } from 'node:stream/web';
import { describe, OffloopError } from '../errors.js';
/**
 * Takes chunks until there are no more. Throws `ERR_VALUE` where one is no Uint8Array or the source fails, `ERR_ABORTED` as
 * soon as the signal fires, and what `take` throws; the source is told to end in each case.
 */
export async function takeChunks(source, { take, signal }) {
    const feed = feedOf(source);
    const end = endOf(signal);
    let done = false;
    try {
        for (let index = 0;; index++) {
            const next = await Promise.race([failing(feed.next()), end.fired]);
            done = next.done === true;
            if (done)
                return;
            if (!(next.value instanceof Uint8Array)) {
                throw refused(`chunk ${index} is ${describe(next.value)}, where a Uint8Array must be`);
            }
            take(next.value);
        }
    }
    finally {
        end.forget();
        // Not waited for: a source that hangs may never come to it.
        if (!done)
            failing(feed.end()).catch(() => { });
    }
}
function feedOf(source) {
    const given = source;
    // By its reader, which can end it while it is waited for; its iterator would wait as well.
    if (given instanceof ReadableStream) {
        const reader = given.getReader();
        return { next: () => reader.read(), end: () => reader.cancel() };
    }
    const iterator = iteratorOf(given);
    const end = () => (given instanceof Readable ? given.destroy() : iterator.return?.());
    return { next: () => iterator.next(), end };
}
function iteratorOf(given) {
    if (typeof given === 'object' && given !== null) {
        if (Symbol.asyncIterator in given)
            return given[Symbol.asyncIterator]();
        if (Symbol.iterator in given)
            return given[Symbol.iterator]();
    }
    const what = 'a ReadableStream or another iterable of Uint8Array';
    throw refused(`the source is ${describe(given)}, where ${what} must be`);
}
/** The source's own error is the caller's, who has it; it may quote what was read. */
async function failing(step) {
    try {
        return await step;
    }
    catch {
        throw refused('its source failed');
    }
}
function refused(reason) {
    return new OffloopError('ERR_VALUE', `setStream: ${reason}; nothing was stored`);
}
function endOf(signal) {
    let forget = () => { };
    const fired = new Promise((_, reject) => {
        if (signal === undefined)
            return;
        const abort = () => {
            reject(new OffloopError('ERR_ABORTED', 'setStream: aborted before its source ended; nothing was sent'));
        };
        if (signal.aborted)
            abort();
        else
            signal.addEventListener('abort', abort, { once: true });
        forget = () => signal.removeEventListener('abort', abort);
    });
    fired.catch(() => { });
    return { fired, forget };
}
