import { assertPath, assertRange } from '../codec/value-part.js';
import { describe, OffloopError } from '../errors.js';
import { assertKnownOptions, ttlToMilliseconds } from './arguments.js';
import { CALL_OPTIONS, readCall } from './call-options.js';
const OF_EVERY_CALL = new Set(CALL_OPTIONS);
const GET_OPTIONS = new Set([
    ...CALL_OPTIONS,
    'select',
    'slice',
]);
const SET_OPTIONS = new Set([
    ...CALL_OPTIONS,
    'ttl',
    'snapshot',
]);
const BYTES_OPTIONS = new Set([
    ...CALL_OPTIONS,
    'ttl',
    'contentType',
]);
const CLEAR_OPTIONS = new Set([
    'signal',
    'timeoutMs',
    'onProgress',
]);
const ENTRY_FIELDS = new Set(['key', 'value', 'ttl']);
/** What each call takes. */
const OPTIONS = {
    get: GET_OPTIONS,
    set: SET_OPTIONS,
    delete: OF_EVERY_CALL,
    exists: OF_EVERY_CALL,
    ttl: OF_EVERY_CALL,
    touch: OF_EVERY_CALL,
    getMany: OF_EVERY_CALL,
    setMany: SET_OPTIONS,
    deleteMany: OF_EVERY_CALL,
    clear: CLEAR_OPTIONS,
    open: OF_EVERY_CALL,
    setBytes: BYTES_OPTIONS,
    setStream: BYTES_OPTIONS,
    map: OF_EVERY_CALL,
    value: OF_EVERY_CALL,
    bytes: OF_EVERY_CALL,
    text: OF_EVERY_CALL,
    json: OF_EVERY_CALL,
    stream: OF_EVERY_CALL,
    at: OF_EVERY_CALL,
    slice: OF_EVERY_CALL,
};
/** What a call asked for; undefined for nothing. Refuses, with `ERR_OPTION`, options that it does not take, and wrong ones. */
export function callOf(options, name, retry) {
    if (options === undefined)
        return undefined;
    assertKnownOptions(options, OPTIONS[name], name);
    return readCall(options, { name, retry });
}
/** A part by its path and range. Throws `ERR_PATH`. */
export function selectionOf(path, range) {
    assertPath(path);
    if (range)
        assertRange(...range);
    return { path: [...path], range: range && [...range] };
}
/** The part that a get was asked for; undefined for the whole value. Throws `ERR_PATH`. */
export function partOfCall(options) {
    const { select, slice } = options ?? {};
    if (select === undefined && slice === undefined)
        return undefined;
    if (slice === undefined)
        return selectionOf(select ?? [], undefined);
    if (!Array.isArray(slice) || slice.length !== 2)
        throw new OffloopError('ERR_PATH', `get: slice must be [from, to], received ${describe(slice)}`);
    return selectionOf(select ?? [], slice);
}
/** Whether a set was asked to encode at once. Refuses, with `ERR_OPTION`, what is no boolean. */
export function snapshotOf(options) {
    const snapshot = options?.snapshot ?? false;
    if (typeof snapshot === 'boolean')
        return snapshot;
    throw new OffloopError('ERR_OPTION', `snapshot must be true or false, received ${describe(snapshot)}`);
}
/** What a clear tells its progress to. Refuses, with `ERR_OPTION`, what is no function. */
export function progressOf(options) {
    const onProgress = options?.onProgress;
    if (onProgress === undefined || typeof onProgress === 'function')
        return onProgress;
    throw new OffloopError('ERR_OPTION', `clear: onProgress must be a function, received ${describe(onProgress)}`);
}
/** Refuses, with `ERR_OPTION`, what is no entry of `setMany`; its key, value and TTL are looked at when it is set. */
export function assertEntry(entry) {
    if (typeof entry === 'object' && entry !== null) {
        assertKnownOptions(entry, ENTRY_FIELDS, 'setMany: an entry');
        return;
    }
    throw new OffloopError('ERR_OPTION', `setMany: an entry must be { key, value, ttl? }, received ${describe(entry)}`);
}
/** The TTL of a `touch`, which needs one. Refuses with `ERR_TTL`. */
export function requiredTtl(ttl) {
    const ttlMs = ttlToMilliseconds(ttl);
    if (ttlMs !== undefined)
        return ttlMs;
    throw new OffloopError('ERR_TTL', 'touch needs a ttl in seconds, received undefined');
}
/** The items of a batch, taken at once. Refuses, with `ERR_OPTION`, what is no list; a string is none. */
export function listOf(items, call) {
    if (typeof items !== 'string' && typeof items?.[Symbol.iterator] === 'function')
        return [...items];
    throw new OffloopError('ERR_OPTION', `${call} needs a list, received ${describe(items)}`);
}
/** The error for a clear that would empty the database and may not. */
export function flushForbidden() {
    return new OffloopError('ERR_FLUSH_FORBIDDEN', 'clear() without a key prefix would empty the database: allowFlush is false');
}
