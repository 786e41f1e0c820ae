import { OffloopError } from '../errors.js';
import { BINARY_REVIVERS } from './graph-binary.js';
import { BINARY_KINDS, SHAPE_KEYS } from './graph-format.js';
import { OPEN_KINDS } from './graph-open.js';
import { SpanningContainer } from './graph-spanning.js';
import { MAX_DEPTH } from './keeps.js';
/** The least that a segment takes: two counts of containers, and one of lists. */
const SEGMENT_BYTES = 3;
const KINDS = Object.values(OPEN_KINDS);
/**
 * The outline of a value of so many segments. It takes memory in proportion to its bytes and to the segments: of a
 * stack, what it shares with the one before is there once. Throws `ERR_CORRUPT`.
 */
export function readOutline(bytes, segments) {
    const innermost = new OutlineReader(bytes).read(segments);
    const root = chain(innermost[1])[0];
    return {
        root,
        levels: (segment) => chain(innermost[segment]).map((container) => {
            const mark = container.markAt(segment);
            if (mark === undefined)
                throw corruptOutline();
            return { ...mark, container };
        }),
        child(container, index) {
            const mark = container.insideOf(index);
            return mark && chain(innermost[mark.segment])[container.level + 1];
        },
        candidates: (container, key) => container.candidates(key, bytes),
    };
}
/** The containers around one, the outermost first, and itself. */
function chain(innermost) {
    const containers = [];
    for (let next = innermost; next; next = next.parent)
        containers.push(next);
    return containers.reverse();
}
function corruptOutline() {
    return new OffloopError('ERR_CORRUPT', 'the outline is not one of the graph codec');
}
class OutlineReader {
    #bytes;
    #position = 0;
    /** What is open where the segment begins, the outermost first. */
    #stack = [];
    /** Lists of fingerprints of containers that the segment begins and the next stack names. */
    #unnamed = [];
    /** Whose fingerprints have to be counted again. */
    #touched = [];
    constructor(bytes) {
        this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    }
    /** The innermost container that is open where each segment begins. */
    read(segments) {
        // A value of one segment has no outline.
        const least = segments > 1 ? segments * SEGMENT_BYTES : 0;
        this.#assert(least <= this.#bytes.length);
        const innermost = [];
        for (let segment = 0; least > 0 && segment < segments; segment++) {
            this.#open(segment);
            innermost.push(this.#stack.at(-1));
            this.#lists();
        }
        this.#assert(this.#position === this.#bytes.length && this.#unnamed.length === 0);
        this.#drop(0, segments - 1);
        this.#checkPrints();
        return innermost;
    }
    #open(segment) {
        const same = this.#count();
        const depth = this.#count();
        const before = this.#stack.length;
        this.#assert(depth === 0 ? segment === 0 : segment > 0 && depth <= MAX_DEPTH + 1);
        this.#assert(same <= Math.min(before, depth));
        // A container that is as far as before is still in the same element of it, or in none.
        if (same > 0)
            this.#assert(before > same === depth > same);
        for (let level = same; level < depth; level++)
            this.#level({ segment, level, same, depth });
        this.#assert(segment < 2 || this.#stack[0]?.first === 0);
        this.#assert(depth <= MAX_DEPTH || isFlat(this.#stack[MAX_DEPTH]));
        for (const { level, count, at } of this.#unnamed) {
            const container = this.#stack[level];
            this.#assert(container?.kind === OPEN_KINDS.dictionary && container.first === segment - 1);
            container?.print(count, at);
            if (container)
                this.#touched.push(container);
        }
        this.#unnamed = [];
        this.#checkPrints();
    }
    #level(place) {
        const { segment, level, same, depth } = place;
        const head = this.#count();
        const kind = KINDS[head >>> 1];
        const known = (head & 1) === 1;
        // Below the first level that has changed there is nothing that was open before.
        if (level === same)
            this.#drop(known ? level + 1 : level, segment - 1);
        const container = known ? this.#stack[level] : this.#container(kind, level, segment - 1);
        if (container === undefined || container.kind !== kind || (known && level > same))
            throw corruptOutline();
        const index = this.#count();
        const inside = level + 1 < depth;
        const key = kind === OPEN_KINDS.dictionary && inside ? this.#string() : undefined;
        this.#assert(container.advance({ segment, index, inside, key }));
        this.#stack[level] = container;
        this.#touched.push(container);
    }
    #container(kind, level, first) {
        const length = this.#count();
        if (kind === undefined)
            throw corruptOutline();
        const names = [];
        if (kind === OPEN_KINDS.record) {
            this.#assert(length <= SHAPE_KEYS);
            while (names.length < length)
                names.push(this.#string());
        }
        const binary = kind === OPEN_KINDS.bytes ? this.#count() : 0;
        const name = BINARY_KINDS[binary];
        if (name === undefined)
            throw corruptOutline();
        this.#assert(kind !== OPEN_KINDS.bytes || length % BINARY_REVIVERS[name].elementBytes === 0);
        const parent = this.#stack[level - 1];
        return new SpanningContainer({ kind, level, parent, length, names, binary, first });
    }
    /** Ends all containers from a level on. */
    #drop(level, segment) {
        for (const container of this.#stack.splice(level)) {
            container.end(segment);
            this.#touched.push(container);
        }
    }
    #lists() {
        const lists = this.#count();
        for (let list = 0; list < lists; list++) {
            const head = this.#count();
            const level = head >>> 1;
            const count = this.#count();
            const at = this.#position;
            this.#take(2 * count);
            this.#assert(count > 0);
            if ((head & 1) === 0)
                this.#unnamed.push({ level, count, at });
            else {
                const container = this.#stack[level];
                if (container?.kind !== OPEN_KINDS.dictionary)
                    throw corruptOutline();
                container.print(count, at);
                this.#touched.push(container);
            }
        }
    }
    #checkPrints() {
        for (const container of this.#touched)
            this.#assert(container.isPrinted());
        this.#touched = [];
    }
    #count() {
        let value = 0;
        for (let shift = 0; shift <= 28; shift += 7) {
            const byte = this.#bytes[this.#position++];
            if (byte === undefined)
                throw corruptOutline();
            value |= (byte & 0x7f) << shift;
            if (byte < 0x80)
                return value >>> 0;
        }
        throw corruptOutline();
    }
    #string() {
        const bytes = this.#count();
        this.#assert(bytes % 2 === 0);
        const start = this.#take(bytes);
        return this.#bytes.toString('utf16le', start, this.#position);
    }
    /** Passes over bytes; where they begin. */
    #take(bytes) {
        const start = this.#position;
        this.#assert(bytes <= this.#bytes.length - start);
        this.#position += bytes;
        return start;
    }
    #assert(holds) {
        if (!holds)
            throw corruptOutline();
    }
}
function isFlat(container) {
    return container?.kind === OPEN_KINDS.text || container?.kind === OPEN_KINDS.bytes;
}
