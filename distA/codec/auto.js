import { columnsCodec } from './columns.js';
import { LEAST_ROWS } from './columns-batches.js';
import { TUPLE_NUMBERS } from './columns-format.js';
import { graphCodec } from './graph.js';
import { isPlain, isRecord } from './graph-shapes.js';
import { rawCodec } from './raw.js';
/** Levels, and fields of each object, that are searched for a list of records or numbers, or of lists of numbers. */
const SEARCHED_LEVELS = 3;
const SEARCHED_FIELDS = 32;
/**
 * The codec that `auto` takes for a value: strings and binary data need none. What is a list of records, or holds one
 * near its top, is stored by columns, as are numbers and short lists of them; for all else `graph` was the fastest or near
 * it on every corpus measured, both ways and on every Node (docs/codecs.md). Of the value some hundreds of fields are looked
 * at, at most.
 */
export function chooseCodec(value) {
    if (typeof value === 'string' || ArrayBuffer.isView(value) || value instanceof ArrayBuffer)
        return rawCodec;
    return holdsRecords(value, SEARCHED_LEVELS) ? columnsCodec : graphCodec;
}
/** What the elements of a list that is stored by columns may be, all of one kind. */
const KINDS = [
    isRecord,
    (item) => typeof item === 'number',
    (item) => Array.isArray(item) && item.length <= TUPLE_NUMBERS && typeof item[0] === 'number',
];
function holdsRecords(value, levels) {
    if (typeof value !== 'object' || value === null)
        return false;
    if (Array.isArray(value)) {
        const { length } = value;
        const middle = value[length >> 1];
        if (length >= LEAST_ROWS) {
            // The middle and the end tell a list of records or numbers from one with a few of them.
            const looked = [value[0], middle, value[length - 1]];
            if (KINDS.some((isKind) => looked.every(isKind)))
                return true;
        }
        return levels > 0 && holdsRecords(middle, levels - 1);
    }
    if (levels === 0 || !isPlain(value))
        return false;
    let fields = 0;
    try {
        for (const key in value) {
            if (++fields > SEARCHED_FIELDS)
                return false;
            const field = value[key];
            if (typeof field === 'object' && holdsRecords(field, levels - 1))
                return true;
        }
    }
    catch {
        // A getter threw, and will again: the codec says what that means.
    }
    return false;
}
