import { chooseCodec } from '../codec/auto.js';
import { encodeSegments } from '../codec/segments.js';
import { assertSize } from './worker-fetch.js';
import { loadFunction } from './worker-map.js';
/** Has a function of the user's make a value, and encodes it. What it throws is `ERR_MAP`. */
export async function makeValue(task, registry) {
    const { codec: name, args, maxValueBytes } = task;
    const call = await loadFunction(task, 'getOrSet');
    const value = await call(...args);
    if (value === undefined)
        return { kind: 'missing', found: false };
    const codec = name === 'auto' ? chooseCodec(value) : registry.byName(name);
    const { slabs, lengths, outline } = encodeSegments(codec, value);
    const [only] = slabs;
    const payload = only && slabs.length === 1 ? only : new Uint8Array(Buffer.concat(slabs));
    assertSize(payload.length, maxValueBytes);
    return { kind: 'made', codec: codec.id, payload, lengths, outline };
}
