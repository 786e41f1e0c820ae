import { types } from 'node:util';
import { describe, OffloopError } from '../errors.js';
import { BINARY_REVIVERS, binaryKindOf, bytesOf } from './graph-binary.js';
import { BINARY_KINDS } from './graph-format.js';
import { MAX_DEPTH } from './keeps.js';
/** Throws `ERR_PATH` where this is no array of 0 to 500 strings and whole numbers of 0 to 2^53 - 1. */
export function assertPath(path) {
    if (!Array.isArray(path))
        throw pathError(`path must be an array, got ${describe(path)}`);
    if (path.length > MAX_DEPTH)
        throw pathError(`path must have at most ${MAX_DEPTH} steps, got ${path.length}`);
    for (let index = 0; index < path.length; index++) {
        const step = path[index];
        if (typeof step !== 'string' && !isWhole(step)) {
            throw pathError(`path[${index}] must be a string or a safe integer from 0, got ${describe(step)}`);
        }
    }
}
/** Throws `ERR_PATH` where these are no whole numbers of 0 to 2^53 - 1, or `to` is less than `from`. */
export function assertRange(from, to) {
    if (!isWhole(from))
        throw pathError(`from must be a safe integer from 0, got ${describe(from)}`);
    if (!isWhole(to) || to < from)
        throw pathError(`to must be a safe integer from ${from}, got ${describe(to)}`);
}
/**
 * What is at a path in a value: own enumerable properties of plain objects, elements of arrays, values of Maps.
 * Undefined where there is nothing: prototypes, `length`, the insides of strings and other objects are no parts. Throws
 * `ERR_PATH` on a malformed path.
 */
export function partOf(value, path) {
    assertPath(path);
    let part = value;
    for (const step of path)
        part = stepInto(part, step);
    return part;
}
/**
 * The elements `from` to `to - 1` of what is at a path: of an array, of binary data (bytes of a Buffer, an ArrayBuffer
 * and a DataView) or the UTF-16 units of a string. It has the class of the whole, and memory of its own. Undefined
 * where there is nothing. Throws `ERR_PATH` on a malformed path or range, or where something else is there.
 */
export function sliceOf(value, path, from, to) {
    assertRange(from, to);
    const whole = partOf(value, path);
    if (whole === undefined)
        return undefined;
    if (typeof whole === 'string' || Array.isArray(whole))
        return whole.slice(from, to);
    const kind = typeof whole === 'object' && whole !== null ? binaryKindOf(whole) : undefined;
    const bytes = kind === undefined ? undefined : bytesOf(whole);
    if (kind === undefined || bytes === undefined)
        throw unsliceable();
    return sliceBytes(bytes, { kind, from, to });
}
/** What {@link partOf} or {@link sliceOf} says of a selection. */
export function selectedOf(value, { path, range }) {
    return range ? sliceOf(value, path, ...range) : partOf(value, path);
}
/** Some elements of binary data of a kind, which is its place in `BINARY_KINDS`. */
export function sliceBytes(bytes, range) {
    const reviver = BINARY_REVIVERS[BINARY_KINDS[range.kind] ?? 'Buffer'];
    const start = Math.min(range.from * reviver.elementBytes, bytes.length);
    const end = Math.min(range.to * reviver.elementBytes, bytes.length);
    const copy = new Uint8Array(end - start);
    copy.set(bytes.subarray(start, end));
    return reviver.from(copy.buffer);
}
/** The error for a range of what has no elements in an order. */
export function unsliceable() {
    return pathError('the path leads to what is no array, string or binary data');
}
/** The index that a step means in an array; undefined where it means none of its elements. */
export function elementIndex(step, length) {
    const index = Number(step);
    return String(index) === String(step) && Number.isInteger(index) && index >= 0 && index < length
        ? index
        : undefined;
}
function stepInto(value, step) {
    if (typeof value !== 'object' || value === null)
        return undefined;
    if (Array.isArray(value)) {
        const index = elementIndex(step, value.length);
        return index !== undefined && Object.hasOwn(value, index) ? value[index] : undefined;
    }
    const prototype = Object.getPrototypeOf(value);
    if (prototype === Map.prototype)
        return types.isMap(value) ? value.get(step) : undefined;
    if (prototype !== Object.prototype && prototype !== null)
        return undefined;
    const isOwn = Object.prototype.propertyIsEnumerable.call(value, step);
    return isOwn ? value[step] : undefined;
}
function isWhole(value) {
    return Number.isSafeInteger(value) && value >= 0;
}
function pathError(message) {
    return new OffloopError('ERR_PATH', message);
}
