/**
 * What a thread keeps for names that it has met: shapes, readers, plans. Where it is full it starts over, so that a
 * stream of ever new names does not grow memory.
 */
export class NamedCache {
    #entries = new Map();
    #most;
    #nameCharacters;
    /**
     * @param most entries kept at a time
     * @param nameCharacters what has a longer name is not kept
     */
    constructor(most, nameCharacters) {
        this.#most = most;
        this.#nameCharacters = nameCharacters;
    }
    get(name) {
        return this.#entries.get(name);
    }
    /** Whether a name is short enough to be kept. */
    fits(name) {
        return name.length <= this.#nameCharacters;
    }
    /** Keeps an entry, unless its name is too long. The entry. */
    keep(name, entry) {
        if (!this.fits(name))
            return entry;
        if (this.#entries.size >= this.#most && !this.#entries.has(name))
            this.#entries.clear();
        this.#entries.set(name, entry);
        return entry;
    }
}
