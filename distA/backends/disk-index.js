/** Bytes that an entry takes in the store besides its key and its payload, about. */
export const RECORD_BYTES = 128;
/** What a store holds, in memory: the least recently used first. */
export class DiskIndex {
    #entries = new Map();
    #bytes = 0;
    #nextId = 1;
    /** Of all entries, the expired that are still there included. */
    get bytes() {
        return this.#bytes;
    }
    get count() {
        return this.#entries.size;
    }
    /** An id that no value has had. */
    newId() {
        return this.#nextId++;
    }
    /** That an id is taken. */
    sawId(id) {
        this.#nextId = Math.max(this.#nextId, id + 1);
    }
    /** The entry, expired or not. */
    find(key) {
        return this.#entries.get(key);
    }
    /** The entry, where it has not expired. */
    live(key) {
        const entry = this.#entries.get(key);
        return entry && isLive(entry) ? entry : undefined;
    }
    /** Makes an entry the last to be evicted. */
    use(key) {
        const entry = this.#entries.get(key);
        if (!entry)
            return;
        this.#entries.delete(key);
        this.#entries.set(key, entry);
    }
    put(key, entry) {
        this.remove(key);
        this.sawId(entry.id);
        this.#entries.set(key, entry);
        this.#bytes += entry.bytes;
    }
    remove(key) {
        const entry = this.#entries.get(key);
        if (!entry)
            return;
        this.#entries.delete(key);
        this.#bytes -= entry.bytes;
    }
    /** Keys and entries with a prefix, the least recently used first. */
    *withPrefix(prefix) {
        for (const found of this.#entries)
            if (found[0].startsWith(prefix))
                yield found;
    }
    /** How many with a prefix have not expired, and their bytes. */
    liveWith(prefix) {
        let count = 0;
        let bytes = 0;
        for (const [, entry] of this.withPrefix(prefix)) {
            if (!isLive(entry))
                continue;
            count++;
            bytes += entry.bytes;
        }
        return { count, bytes };
    }
    /** The keys of the expired. */
    expired() {
        return [...this.#entries].filter(([, entry]) => !isLive(entry)).map(([key]) => key);
    }
    /** The entry that was not used for longest. */
    oldest() {
        for (const entry of this.#entries)
            return entry;
        return undefined;
    }
}
function isLive({ expiresAt }) {
    return expiresAt === undefined || expiresAt > Date.now();
}
