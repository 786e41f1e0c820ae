import { columnsCodec } from '../codec/columns.js';
import { graphCodec } from '../codec/graph.js';
import { readPart, readSlice } from '../codec/graph-part-reader.js';
import { segmentsOf } from '../codec/segments.js';
import { selectedOf } from '../codec/value-part.js';
import { decodePayload } from './decode-payload.js';
import { encodedPayload } from './worker-encode.js';
import { openFrame, Replaced, } from './worker-fetch.js';
/** How often a value that is replaced while parts of it are read is begun with again, before it is read in one piece. */
const ATTEMPTS = 3;
/** Bytes of a frame that are asked for first: enough for the table of all but the largest values. */
const FIRST_BYTES = 16_384;
/** Gets a part of a value, by the segments that it lies in where there are such. */
export async function fetchPart(task, { registry, fetcher }) {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
        try {
            const begun = await fetcher.begin(task, FIRST_BYTES);
            if (!begun)
                return { kind: 'missing', found: false };
            if ('frame' in begun)
                return ofWhole(task, registry, begun);
            // Only these codecs say where in the value a segment begins.
            const { codec } = begun.header;
            if (codec !== graphCodec.id && codec !== columnsCodec.id)
                break;
            return await ofSegments(task, { registry, fetcher }, begun);
        }
        catch (error) {
            if (!(error instanceof Replaced))
                throw error;
        }
    }
    const frame = await fetcher.whole(task);
    return frame ? ofWhole(task, registry, frame) : { kind: 'missing', found: false };
}
async function ofSegments({ path, range }, { registry, fetcher }, frame) {
    let storedBytes = frame.begin.length;
    const source = {
        hasBatches: frame.header.codec === columnsCodec.id,
        limits: registry.limits,
        outline: frame.outline,
        lengths: Uint32Array.from(frame.rows, ({ rawLength }) => rawLength),
        async segments(first, end) {
            const { payload, lengths } = await fetcher.segments(frame, first, end);
            storedBytes += frame.rows.slice(first, end).reduce((sum, row) => sum + row.storedLength, 0);
            return [...segmentsOf({ slabs: [payload], lengths })];
        },
    };
    const value = await (range ? readSlice(source, path, ...range) : readPart(source, path));
    return encoded(value, storedBytes);
}
function ofWhole(task, registry, whole) {
    const value = decodePayload(registry, openFrame(whole));
    return encoded(selectedOf(value, task), whole.frame.length);
}
function encoded(value, storedBytes) {
    if (value === undefined)
        return { kind: 'missing', found: true };
    return encodedPayload(columnsCodec, value, storedBytes);
}
