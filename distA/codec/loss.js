import { types } from 'node:util';
import { BUILT_INS, isModestBigint, MAX_DEPTH, survivesSeconds } from './keeps.js';
import { changedMeanwhile, findLoss } from './loss-path.js';
/**
 * Throws `ERR_VALUE` with the path and the reason of the first part of `value` that a codec with these `keeps`
 * would lose. Costs 0.5 to 0.8 ms per MB of JSON text for lists of records (Node 20 to 26), since it notes no paths:
 * only a value that fails is walked again with them.
 *
 * Not part of the data, and so neither kept nor refused: symbol keys, non-enumerable properties, and named
 * properties on arrays and on other built-ins. Accessors count as the value that they return.
 */
export function assertKeepable(value, keeps) {
    if (keepsAll(value, keeps))
        return;
    const loss = findLoss(value, keeps);
    if (loss !== undefined)
        throw loss;
}
/**
 * The error for a value that is known not to be keepable: the slow walk alone. Code `ERR_VALUE`. Where the walk
 * finds nothing (the value changed meanwhile), the error says so.
 */
export function explainLoss(value, keeps) {
    return findLoss(value, keeps) ?? changedMeanwhile();
}
/** Whether {@link assertKeepable} passes. */
export function keepsAll(value, keeps) {
    try {
        return value !== undefined && isKeepable(value, keeps, 1);
    }
    catch {
        // An accessor threw, or a prototype was borrowed: the slow walk meets the same and reports it with its path.
        return false;
    }
}
function isKeepable(value, keeps, depth) {
    switch (typeof value) {
        case 'string':
            return keeps.loneSurrogates || value.isWellFormed();
        case 'number':
            return value === 0 ? keeps.negativeZero || 1 / value > 0 : keeps.nonFinite || value - value === 0;
        case 'boolean':
            return true;
        case 'undefined':
            return keeps.undefined;
        case 'bigint':
            return keeps.bigint && (keeps.hugeBigint || isModestBigint(value));
        case 'object': {
            if (value === null)
                return true;
            if (depth > MAX_DEPTH)
                return false;
            const prototype = Object.getPrototypeOf(value);
            if (prototype === Object.prototype || prototype === null) {
                return isKeepableObject(value, keeps, depth);
            }
            if (prototype === Array.prototype) {
                return Array.isArray(value) && isKeepableArray(value, keeps, depth);
            }
            return isKeepableBuiltIn(value, prototype, keeps, depth);
        }
        default:
            return false;
    }
}
// Keys that passed all checks, by depth and position: records of one shape ask for the same key at the same place,
// and comparing two pointers is cheaper than looking at the characters.
const PASSED_SLOTS = 1024;
const PASSED_PER_DEPTH = 64;
const LONGEST_PASSED_KEY = 64;
const passed = new Array(PASSED_SLOTS).fill('');
function isKeepableObject(value, keeps, depth) {
    if (typeof value.toJSON === 'function')
        return false;
    let slot = depth * PASSED_PER_DEPTH;
    for (const key in value) {
        slot = (slot + 1) % PASSED_SLOTS;
        if (passed[slot] !== key && !isKeepableKey(key, slot, keeps))
            return false;
        if (!isKeepable(value[key], keeps, depth + 1))
            return false;
    }
    return true;
}
function isKeepableKey(key, slot, keeps) {
    if (key === '__proto__')
        return keeps.protoKey;
    if (key === '__keys__')
        return keeps.keysKey;
    if (!key.isWellFormed())
        return keeps.loneSurrogates;
    if (key.length <= LONGEST_PASSED_KEY)
        passed[slot] = key;
    return true;
}
function isKeepableArray(value, keeps, depth) {
    if (typeof value.toJSON === 'function')
        return false;
    for (let index = 0; index < value.length; index++) {
        const element = value[index];
        if (element === undefined && !keeps.holes && !(index in value))
            return false;
        if (!isKeepable(element, keeps, depth + 1))
            return false;
    }
    return true;
}
function isKeepableBuiltIn(value, prototype, keeps, depth) {
    const kept = BUILT_INS.get(prototype);
    if (kept === undefined || !keeps[kept])
        return false;
    switch (kept) {
        case 'date': {
            const time = Date.prototype.getTime.call(value);
            return time - time !== 0 ? keeps.invalidDate : keeps.extremeDate || survivesSeconds(time);
        }
        case 'map':
            for (const [key, element] of value) {
                if (!isKeepable(key, keeps, depth + 1) || !isKeepable(element, keeps, depth + 1))
                    return false;
            }
            return true;
        case 'set':
            for (const element of value) {
                if (!isKeepable(element, keeps, depth + 1))
                    return false;
            }
            return true;
        case 'buffer':
        case 'uint8Array':
        case 'typedArray':
        case 'dataView':
            return ArrayBuffer.isView(value);
        case 'arrayBuffer':
            return types.isArrayBuffer(value);
        default:
            return true;
    }
}
