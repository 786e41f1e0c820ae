import { assertItems, assertString, isDefault, tooDeep } from './limits.js';
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
/** `[` and `{`, `]` and `}` differ in this bit alone. */
const CASE_BIT = 0x20;
const OPEN = 0x5b;
const CLOSE = 0x5d;
/**
 * Holds JSON text against the limits, as far as it is JSON: what is not, the parser says afterwards. Throws `ERR_LIMIT`, and
 * `ERR_CORRUPT` where it is deeper than any codec writes. 1 to 2 ms per MB; nothing for short text, which cannot be deep.
 */
export function scanJson(bytes, limits) {
    // Each level takes a bracket at both ends.
    if (bytes.length < 2 * limits.maxDepth && isDefault(limits))
        return;
    let depth = 0;
    let items = 0;
    for (let at = 0; at < bytes.length; at++) {
        const byte = bytes[at] ?? 0;
        if (byte === QUOTE) {
            const start = at + 1;
            at = stringEnd(bytes, start);
            assertString(at - start, limits);
        }
        else if (byte === COMMA)
            items++;
        else if ((byte | CASE_BIT) === (OPEN | CASE_BIT)) {
            // At least one item, unless it is empty; one too many does no harm.
            items++;
            if (++depth > limits.maxDepth)
                throw tooDeep('json', limits);
        }
        else if ((byte | CASE_BIT) === (CLOSE | CASE_BIT))
            depth--;
    }
    assertItems(items, limits);
}
/** Where the closing quote is; the end where there is none. */
function stringEnd(bytes, start) {
    let at = start;
    for (; at < bytes.length; at++) {
        const byte = bytes[at];
        if (byte === QUOTE)
            return at;
        if (byte === BACKSLASH)
            at++;
    }
    return at;
}
