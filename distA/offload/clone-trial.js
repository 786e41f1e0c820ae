import { serialize } from 'node:v8';
import { crosses } from './crossing.js';
/** Elements that are tried. */
export const SAMPLE = 64;
/** Both are timed so many times, and the quickest counts: whatever else happens meanwhile only adds to it. */
const TIMINGS = 3;
const REFUSED = { gain: 0, elementBytes: 0 };
/**
 * Encodes and clones the first elements of a list, which takes well under a millisecond each. Without a gain where one of the
 * two refuses them, which the whole list is then told of.
 */
export function tryCloning(codec, list) {
    const sample = list.slice(0, SAMPLE);
    let bytes = 0;
    let [encodeMs, cloneMs] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
    try {
        for (let timing = 0; timing < TIMINGS; timing++) {
            const start = performance.now();
            bytes = codec.encode(sample).length;
            const encoded = performance.now();
            if (!crosses(sample))
                return REFUSED;
            serialize(sample);
            encodeMs = Math.min(encodeMs, encoded - start);
            cloneMs = Math.min(cloneMs, performance.now() - encoded);
        }
    }
    catch {
        return REFUSED;
    }
    return { gain: encodeMs / cloneMs, elementBytes: bytes / sample.length };
}
