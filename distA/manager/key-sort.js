/** Keys that are sorted, or merged, in one go: some tenths of a millisecond. */
const KEYS_AT_ONCE = 4_096;
/** Keys in the order of Python: at once where they are few, else by a sort that is done step by step. */
export function sortKeys(keys) {
    return keys.length <= KEYS_AT_ONCE ? keys.sort(byCodePoint) : sortInSteps(keys);
}
/** A yield stands where another turn of the event loop may come. */
function* sortInSteps(keys) {
    let runs = [];
    for (let from = 0; from < keys.length; from += KEYS_AT_ONCE) {
        runs.push(keys.slice(from, from + KEYS_AT_ONCE).sort(byCodePoint));
        yield;
    }
    while (runs.length > 1) {
        const merged = [];
        for (let index = 0; index < runs.length; index += 2) {
            merged.push(yield* merge(runs[index] ?? [], runs[index + 1] ?? []));
        }
        runs = merged;
    }
    return runs[0] ?? [];
}
function* merge(left, right) {
    const merged = [];
    let [a, b] = [0, 0];
    while (a < left.length || b < right.length) {
        const [first, second] = [left[a], right[b]];
        if (second === undefined || (first !== undefined && byCodePoint(first, second) <= 0)) {
            if (first !== undefined)
                merged.push(first);
            a += 1;
        }
        else {
            merged.push(second);
            b += 1;
        }
        if (merged.length % KEYS_AT_ONCE === 0)
            yield;
    }
    return merged;
}
/** Python compares strings by code point; by UTF-16 unit, as JavaScript does, U+1F600 would come before U+FFFD. */
function byCodePoint(left, right) {
    const shorter = Math.min(left.length, right.length);
    for (let index = 0; index < shorter;) {
        const a = left.codePointAt(index) ?? 0;
        const b = right.codePointAt(index) ?? 0;
        if (a !== b)
            return a - b;
        index += a > 0xffff ? 2 : 1;
    }
    return left.length - right.length;
}
