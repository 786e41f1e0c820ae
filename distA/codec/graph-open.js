/** Containers that a segment can end in, by the number that an outline has for them. */
export const OPEN_KINDS = {
    array: 0,
    record: 1,
    dictionary: 2,
    map: 3,
    set: 4,
    text: 5,
    bytes: 6,
};
/** Thrown where a value cannot be kept. The caller finds out which part it was: paths are not tracked on the way. */
export class Unencodable extends Error {
}
/** A container that has been begun, and not ended, by the segments so far. */
export class OpenContainer {
    kind;
    source;
    /** Elements, fields, characters or bytes as they were when it was begun; of a map, keys and values are counted. */
    length;
    /** The names of a record's or a dictionary's fields; none for others. */
    keys;
    /** What comes next, or is in the middle of being written: then a container of it is open as well. */
    index = 0;
    /** What binary data is: its place in `BINARY_KINDS`. */
    binary = 0;
    /** What writes several of an array's elements together, where something does. */
    batches;
    /** Fields of a dictionary that the outline knows of. */
    outlined = 0;
    #rest;
    constructor(kind, source, length, keys = []) {
        this.kind = kind;
        this.source = source;
        this.length = length;
        this.keys = keys;
    }
    static ofArray(items, batches) {
        const open = new OpenContainer(OPEN_KINDS.array, items, items.length);
        open.batches = batches;
        return open;
    }
    /** What is left of a map, key and value by turns, or of a set. Always the same iterator. */
    rest() {
        this.#rest ??=
            this.source instanceof Map ? flatEntries(this.source) : this.source.values();
        return this.#rest;
    }
}
function* flatEntries(map) {
    for (const [key, value] of map) {
        yield key;
        yield value;
    }
}
