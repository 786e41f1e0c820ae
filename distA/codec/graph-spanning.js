import { OPEN_KINDS } from './graph-open.js';
import { fingerprint, progressOf } from './graph-outline.js';
/** A container that lies in several segments, as an outline describes it. */
export class SpanningContainer {
    kind;
    /** How many containers it is in. */
    level;
    parent;
    /** Elements, fields, characters or bytes; of a map, keys and values are counted. */
    length;
    /** The names of a record's fields. */
    names;
    /** What binary data is: its place in `BINARY_KINDS`. */
    binary;
    /** The segment that it begins in. */
    first;
    #last;
    /** One for each segment that begins further in it than the segment before. */
    #marks = [];
    #prints = [];
    #printed = 0;
    constructor({ kind, level, parent, length, names, binary, first }) {
        this.kind = kind;
        this.level = level;
        this.parent = parent;
        this.length = length;
        this.names = names;
        this.binary = binary;
        this.first = first;
    }
    /** The segment that it ends in. */
    get last() {
        return this.#last ?? this.first;
    }
    /** How far it is where a segment begins that is not its first. */
    markAt(segment) {
        return this.#marks[this.#firstMark((mark) => mark.segment > segment) - 1];
    }
    /** The segment in which an element begins. */
    beginsIn(index) {
        return this.#segmentBefore(progressOf(index, true));
    }
    /** The segment in which an element ends. */
    endsIn(index) {
        return this.#segmentBefore(progressOf(index + 1, false));
    }
    /** The first mark in the middle of an element; undefined where the element lies in one segment. */
    insideOf(index) {
        const mark = this.#markFrom(progressOf(index, true));
        return mark?.inside && mark.index === index ? mark : undefined;
    }
    /** Where in a dictionary a key may be; others have the same fingerprint. */
    *candidates(key, outline) {
        const wanted = fingerprint(key);
        const low = wanted & 0xff;
        const high = wanted >> 8;
        for (const { ordinal, count, at } of this.#prints) {
            for (let index = 0; index < count; index++) {
                const place = at + 2 * index;
                if (outline[place] === low && outline[place + 1] === high)
                    yield ordinal + index;
            }
        }
    }
    /** Notes how far it is. False where that cannot be. */
    advance(mark) {
        const before = this.#marks.at(-1);
        const flat = this.kind === OPEN_KINDS.text || this.kind === OPEN_KINDS.bytes;
        if (mark.index >= this.length || (flat && mark.inside))
            return false;
        if (before && progressOf(mark.index, mark.inside) <= progressOf(before.index, before.inside))
            return false;
        this.#marks.push(mark);
        return true;
    }
    /** Notes the fingerprints of the next keys. */
    print(count, at) {
        this.#prints.push({ ordinal: this.#printed, count, at });
        this.#printed += count;
    }
    /** Notes the segment that it ends in. */
    end(last) {
        this.#last = last;
    }
    /** Whether there are fingerprints of exactly the keys that have begun. */
    isPrinted() {
        if (this.kind !== OPEN_KINDS.dictionary)
            return true;
        const mark = this.#marks.at(-1);
        const begun = mark && this.#last === undefined ? mark.index + (mark.inside ? 1 : 0) : this.length;
        return this.#printed === begun;
    }
    #segmentBefore(progress) {
        const mark = this.#markFrom(progress);
        return mark ? mark.segment - 1 : this.last;
    }
    /** The first mark that is as far as this or further. */
    #markFrom(progress) {
        return this.#marks[this.#firstMark(({ index, inside }) => progressOf(index, inside) >= progress)];
    }
    /** The place of the first mark of which something is true that is true of all after it. */
    #firstMark(isTrue) {
        let low = 0;
        let high = this.#marks.length;
        while (low < high) {
            const middle = (low + high) >>> 1;
            const mark = this.#marks[middle];
            if (mark === undefined || isTrue(mark))
                high = middle;
            else
                low = middle + 1;
        }
        return low;
    }
}
