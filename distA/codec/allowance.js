import { assertBinary, assertItems, assertString, tooDeep } from './limits.js';
/** What of the limits one value has used while it is read. */
export class Allowance {
    /** How many containers deep the reader is. */
    depth = 0;
    #items = 0;
    #limits;
    #maxDepth;
    constructor(limits) {
        this.#limits = limits;
        this.#maxDepth = limits.maxDepth;
    }
    /** Items of containers that have been announced. */
    get itemCount() {
        return this.#items;
    }
    /** A container begins. Whoever reads it takes {@link depth} back at its end. */
    enter() {
        if (++this.depth > this.#maxDepth)
            throw tooDeep('graph', this.#limits);
    }
    /** So many levels come below this one. */
    levels(levels) {
        if (this.depth + levels > this.#maxDepth)
            throw tooDeep('columns', this.#limits);
    }
    items(count) {
        this.#items += count;
        assertItems(this.#items, this.#limits);
    }
    string(characters) {
        assertString(characters, this.#limits);
    }
    binary(bytes) {
        assertBinary(bytes, this.#limits);
    }
}
