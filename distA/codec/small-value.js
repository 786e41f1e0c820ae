/** What a value may cost that is stored in a column of values of any kind: one for each part of it, more for long ones. */
const MOST_COST = 1_024;
/** Levels of nesting that are followed: a deeper value counts as a large one. */
const MOST_LEVELS = 64;
/** Characters or bytes that cost one. */
const PIECE = 64;
/** Whether a value is small enough to be one of many in a batch, which is always read as a whole. Cyclic ones are not. */
export function isSmall(value) {
    return costOf(value, MOST_COST, 0) <= MOST_COST;
}
/** What a value costs; anything over `most` where it is more. */
function costOf(value, most, level) {
    if (typeof value === 'string')
        return 1 + value.length / PIECE;
    if (typeof value === 'bigint')
        return value < 2n ** 64n && value > -(2n ** 64n) ? 1 : most + 1;
    if (typeof value !== 'object' || value === null)
        return 1;
    if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer)
        return 1 + value.byteLength / PIECE;
    if (value instanceof Map || value instanceof Set)
        return most + 1;
    if (level === MOST_LEVELS)
        return most + 1;
    let cost = 1;
    if (Array.isArray(value)) {
        if (value.length > most)
            return most + 1;
        for (const item of value) {
            cost += costOf(item, most - cost, level + 1);
            if (cost > most)
                return cost;
        }
        return cost;
    }
    for (const key in value) {
        cost += 1 + costOf(value[key], most - cost, level + 1);
        if (cost > most)
            return cost;
    }
    return cost;
}
