import { notedStoreOf } from '../backends/noted-store.js';
import { decodeEntryNote, encodeEntryNote, isPlainlyFresh, } from './entry-note.js';
/**
 * The entries of a manager in its backend: values with notes, where the backend keeps such, else values alone. What does not
 * count any more by its note is not there.
 */
export class Entries {
    #backend;
    #noted;
    #validity;
    #freshWish = { accept: (note) => this.#accepts(note, false) };
    #staleWish = { accept: (note) => this.#accepts(note, true) };
    constructor(backend, validity) {
        this.#backend = backend;
        this.#noted = notedStoreOf(backend);
        this.#validity = validity;
    }
    /** Whether the backend keeps notes; without them every value that is there is fresh, and nothing can be stamped. */
    get keepsNotes() {
        return this.#noted !== undefined;
    }
    /** What keeps other processes from making the same value; undefined where nothing does. */
    get leases() {
        return this.#noted?.leases;
    }
    /** Has a worker make a value; undefined where the backend has none. */
    get make() {
        return this.#noted?.make;
    }
    /** The stamps of a value that is about to be made. */
    stamp(names) {
        return this.#validity?.stamp(names) ?? [];
    }
    /** An entry that counts; undefined where there is none. */
    async read(key, { signal, stale = false } = {}) {
        const found = await this.find(key, { signal, stale });
        return found && this.entryOf(found, stale);
    }
    /** The first half of {@link read}: what is stored. For who cannot afford a promise more. */
    find(key, { signal, stale = false }) {
        if (!this.#noted)
            return this.#findPlain(key);
        const wish = stale ? this.#staleWish : this.#freshWish;
        return this.#noted.getNoted(key, signal ? { ...wish, signal } : wish);
    }
    async #findPlain(key) {
        const value = await this.#backend.get(key);
        return value === undefined ? undefined : { value };
    }
    /** Stores a value, replacing any earlier one; false where a fence did not hold. */
    async write(key, value, { ttl, note, fence, made }) {
        const options = ttl === Number.POSITIVE_INFINITY ? {} : { ttl };
        if (this.#noted && note && note.stamps.length > 0)
            await this.#validity?.keep(note.stamps, ttl);
        if (this.#noted && note)
            return this.#noted.setNoted(key, value, { ...options, note: encodeEntryNote(note), fence, made });
        await this.#backend.set(key, value, options);
        return true;
    }
    /** Whether what is stored surely counts and is fresh; a look at its note that spares taking it apart. */
    isPlainlyFresh({ note }) {
        return note === undefined || isPlainlyFresh(note);
    }
    /** The second half of {@link read}: what counts of that. */
    entryOf(found, stale) {
        const { value, note: span } = found;
        if (!span)
            return { value, note: undefined };
        const note = decodeEntryNote(span);
        if (!note || !isWanted(note, stale))
            return undefined;
        const holds = this.#holds(note);
        const entry = { value: note.absent ? undefined : value, note };
        if (typeof holds === 'boolean')
            return holds ? entry : undefined;
        return holds.then((held) => (held ? entry : undefined));
    }
    /** Asked before the rest of a large value is fetched. */
    #accepts(span, stale) {
        const note = span && decodeEntryNote(span);
        if (!note)
            return span === undefined;
        return isWanted(note, stale) && this.#holds(note);
    }
    #holds({ stamps }) {
        return stamps.length === 0 || !this.#validity || this.#validity.holds(stamps);
    }
}
/** Whether an entry is fresh. */
export function isFresh({ note }) {
    return note === undefined || note.freshUntil > Date.now();
}
function isWanted(note, stale) {
    return stale || note.freshUntil > Date.now();
}
