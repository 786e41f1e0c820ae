import { OffloopError } from '../errors.js';
import { MAX_NOTE_BYTES } from '../frame/note.js';
/**
 * The first byte. A note of another version is of a manager that knows more: what it asks for cannot be checked here, so its
 * value counts as a miss.
 */
const VERSION = 1;
const FLAGS_AT = 1;
const FLAG_ABSENT = 0x01;
const COST_AT = 2;
const CREATED_AT = 6;
const FRESH_AT = 14;
const HEAD_BYTES = 22;
/**
 * A note as bytes, little-endian: version, flags (bit 0: absent), cost as a 32-bit float, two times as 64-bit floats, which is all where nothing is
 * stamped; then for each stamp the lengths of name and generation, 16 bits each, and both in UTF-8. Throws `ERR_OPTION`
 * where it takes over 4096 bytes.
 */
export function encodeEntryNote({ createdAt, freshUntil, costMs, stamps, absent }) {
    const texts = stamps.map(([name, generation]) => [Buffer.from(name), Buffer.from(generation)]);
    const bytes = texts.reduce((sum, [name, generation]) => sum + 4 + name.length + generation.length, HEAD_BYTES);
    if (bytes > MAX_NOTE_BYTES) {
        throw new OffloopError('ERR_OPTION', `the names of ${stamps.length} tags take ${bytes} bytes beside the value, over the limit of ${MAX_NOTE_BYTES}`);
    }
    const note = Buffer.alloc(bytes);
    note[0] = VERSION;
    note[FLAGS_AT] = absent ? FLAG_ABSENT : 0;
    note.writeFloatLE(costMs, COST_AT);
    note.writeDoubleLE(createdAt, CREATED_AT);
    note.writeDoubleLE(freshUntil, FRESH_AT);
    let at = HEAD_BYTES;
    for (const [name, generation] of texts) {
        note.writeUInt16LE(name.length, at);
        note.writeUInt16LE(generation.length, at + 2);
        note.set(name, at + 4);
        note.set(generation, at + 4 + name.length);
        at += 4 + name.length + generation.length;
    }
    return note;
}
/** What a note says; undefined where it is of another version, or none. */
export function decodeEntryNote({ bytes, start, end }) {
    if (bytes[start] !== VERSION || end - start < HEAD_BYTES)
        return undefined;
    const stamps = readStamps(bytes, start + HEAD_BYTES, end);
    if (!stamps)
        return undefined;
    return {
        createdAt: bytes.readDoubleLE(start + CREATED_AT),
        freshUntil: bytes.readDoubleLE(start + FRESH_AT),
        costMs: bytes.readFloatLE(start + COST_AT),
        stamps,
        absent: ((bytes[start + FLAGS_AT] ?? 0) & FLAG_ABSENT) !== 0,
    };
}
/**
 * Whether a note says of its value that it is one, is fresh, and depends on nothing else; false does not mean that it is not. For
 * hits, of which taking the whole note apart would be seen in what they cost.
 */
export function isPlainlyFresh({ bytes, start, end }) {
    if (end - start !== HEAD_BYTES || bytes[start] !== VERSION || bytes[start + FLAGS_AT] !== 0)
        return false;
    return bytes.readDoubleLE(start + FRESH_AT) > Date.now();
}
function readStamps(bytes, from, to) {
    const stamps = [];
    for (let at = from; at < to;) {
        if (at + 4 > to)
            return undefined;
        const nameEnd = at + 4 + bytes.readUInt16LE(at);
        const end = nameEnd + bytes.readUInt16LE(at + 2);
        if (end > to)
            return undefined;
        stamps.push([bytes.toString('utf8', at + 4, nameEnd), bytes.toString('utf8', nameEnd, end)]);
        at = end;
    }
    return stamps;
}
