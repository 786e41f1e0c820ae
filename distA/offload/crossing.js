import { GRAPH_KEEPS } from '../codec/graph-keeps.js';
import { keepsAll } from '../codec/loss.js';
/**
 * Whether structured clone brings a value to a worker as it is: it makes a Uint8Array of a Buffer and a plain object of a class
 * instance, in silence.
 */
export function crosses(value) {
    return keepsAll(value, GRAPH_KEEPS) && !holdsBuffer(value);
}
/**
 * Whether a Buffer is anywhere in a decoded or checked value. Structured clone turns it into a Uint8Array, so such a
 * value must not cross between threads as a graph. The value holds no cycle: codecs neither write nor make one.
 */
export function holdsBuffer(value) {
    if (typeof value !== 'object' || value === null)
        return false;
    if (Buffer.isBuffer(value))
        return true;
    if (ArrayBuffer.isView(value) || value instanceof Date || value instanceof ArrayBuffer)
        return false;
    if (Array.isArray(value) || value instanceof Set) {
        for (const item of value)
            if (holdsBuffer(item))
                return true;
        return false;
    }
    if (value instanceof Map) {
        for (const [key, item] of value)
            if (holdsBuffer(key) || holdsBuffer(item))
                return true;
        return false;
    }
    for (const key in value)
        if (holdsBuffer(value[key]))
            return true;
    return false;
}
