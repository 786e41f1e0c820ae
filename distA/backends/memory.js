import { LRUCache } from 'lru-cache';
import { describe, displayKey, OffloopError } from '../errors.js';
import { noteBytes, spanOf } from '../frame/note.js';
import { slices } from '../offload/slices.js';
import { assertInteger, assertKey, assertKnownOptions, assertStorable, ttlToMilliseconds, } from './arguments.js';
import { HeapWalk } from './heap-walk.js';
import { NOTED } from './noted-store.js';
import { OrderedCalls } from './ordered-calls.js';
import { PrefixView } from './prefix-view.js';
import { decodeValue, encodeValue, SLICE_MS } from './value-bytes.js';
const OPTIONS = new Set([
    'maxEntries',
    'maxBytes',
    'keep',
]);
const SET_OPTIONS = new Set(['ttl']);
const KEEPS = ['bytes', 'frozen', 'shared'];
const MAX_ENTRIES = 2 ** 24 - 1;
/** What the engine needs for an entry besides key and value: measured with 300,000 entries of 630 bytes on Node 20. */
const ENTRY_BYTES = 600;
/**
 * A cache in this process, bounded by entries and by bytes; the least recently used entry makes room.
 *
 * By default values are kept as bytes, in the codec that `auto` takes for them, and every `get` makes a new value of them, so
 * a caller shares nothing with the cache or with other callers, as it would be with Redis; `keep` chooses otherwise. Large
 * values are encoded, decoded and frozen in slices, with turns of the event loop between them.
 */
export class InMemoryBackend {
    #maxBytes;
    #keep;
    #entries;
    #calls = new OrderedCalls('in-memory backend');
    #setsSincePurge = 0;
    #closing;
    /** @throws OffloopError `ERR_OPTION` for an unknown option or one out of its bounds. */
    constructor(options = {}) {
        assertKnownOptions(options, OPTIONS, 'InMemoryBackend');
        const { maxEntries = 10_000, maxBytes = 64 * 1024 * 1024, keep = 'bytes' } = options;
        assertInteger('maxEntries', maxEntries, MAX_ENTRIES);
        assertInteger('maxBytes', maxBytes, Number.MAX_SAFE_INTEGER);
        if (!KEEPS.includes(keep)) {
            throw new OffloopError('ERR_OPTION', `keep must be one of ${KEEPS.join(', ')}, received ${describe(keep)}`);
        }
        this.#maxBytes = maxBytes;
        this.#keep = keep;
        // A resolution of 0 asks the clock each time; otherwise an entry could outlive its TTL.
        this.#entries = new LRUCache({ max: maxEntries, maxSize: maxBytes, ttlResolution: 0 });
    }
    /** How many entries there are, without the expired. Walks all of them. 0 once closed. */
    get size() {
        this.#entries.purgeStale();
        return this.#entries.size;
    }
    /** The bytes that the entries take, without the expired. Walks all entries. 0 once closed. */
    get bytes() {
        this.#entries.purgeStale();
        return this.#entries.calculatedSize;
    }
    /** The value, or `undefined` where there is no such key or it expired. `null` is a value. */
    async get(key) {
        return (await this.#read(key, () => this.#valueOf(this.#entries.get(key))));
    }
    /**
     * Stores a value, replacing any earlier one together with its TTL. A large one must not be changed until the promise
     * resolves. Rejects with `ERR_TTL`, with `ERR_VALUE` and the path of what cannot be kept, with `ERR_OPTION` for an unknown
     * option, and with `ERR_VALUE_TOO_LARGE` for an entry over `maxBytes`; what was under the key then stays.
     */
    async set(key, value, options) {
        assertKnownOptions(options, SET_OPTIONS, 'set');
        await this.#put({ key, value, ttl: options?.ttl, isOurs: false });
    }
    /** As `set`, of a value that is the cache's from now on. @internal */
    async adopt(key, { value, note }, options) {
        await this.#put({ key, value, note: note && noteBytes(note), ttl: options?.ttl, isOurs: true });
    }
    /** Values with notes. @internal */
    get [NOTED]() {
        const read = (key) => this.#read(key, async () => {
            const entry = this.#entries.get(key);
            return entry && { value: await this.#valueOf(entry), note: entry.note && spanOf(entry.note) };
        });
        return {
            getNoted: async (key) => read(key),
            setNoted: async (key, value, { ttl, note }) => {
                await this.#put({ key, value, note, ttl, isOurs: false });
                return true;
            },
        };
    }
    /** Removes a key. `true` where it was there; no error where it was not. */
    async delete(key) {
        return this.#write(key, () => {
            const there = this.#entries.has(key);
            this.#entries.delete(key);
            return there;
        });
    }
    /** Whether the key is there and has not expired. Does not count as a use. */
    async exists(key) {
        return this.#read(key, () => this.#entries.has(key));
    }
    /** Seconds that a key has left; `Infinity` where it does not expire, `undefined` where it is not there. */
    async ttl(key) {
        return this.#read(key, () => this.#entries.has(key) ? this.#entries.getRemainingTTL(key) / 1000 : undefined);
    }
    /** Removes every key. Resolves to how many went, without the expired. */
    async clear() {
        this.#calls.assertOpen();
        const empty = () => {
            const gone = this.size;
            this.#entries.clear();
            return gone;
        };
        return this.#calls.isIdle ? empty() : this.#calls.runOnAll('', empty);
    }
    /** Removes the keys that begin with a prefix, and no other. @internal */
    async clearPrefix(prefix) {
        return this.#calls.runOnAll(prefix, () => {
            const keys = [...this.#entries.keys()].filter((key) => key.startsWith(prefix));
            // An expired one is there for `keys` and not for `has`.
            const live = keys.filter((key) => this.#entries.has(key));
            for (const key of keys)
                this.#entries.delete(key);
            return live.length;
        });
    }
    /** Resolves when what was called before on keys with this prefix has ended. @internal */
    settle(prefix) {
        return this.#calls.closed ? Promise.resolve() : this.#calls.runOnAll(prefix, () => { });
    }
    /** A view whose keys have a further prefix. @internal */
    withPrefix(prefix) {
        this.#calls.assertOpen();
        return new PrefixView(this, prefix);
    }
    /** Waits for what was called before, and lets go of everything. Calling it again is harmless. */
    close() {
        this.#closing ??= this.#calls.close(() => this.#entries.clear());
        return this.#closing;
    }
    /** The same as `close()`, for `await using`. */
    [Symbol.asyncDispose]() {
        return this.close();
    }
    #read(key, work) {
        this.#calls.assertOpen();
        assertKey(key);
        return this.#calls.isIdle ? work() : this.#calls.run(key, 'read', work);
    }
    #write(key, work) {
        this.#calls.assertOpen();
        assertKey(key);
        return this.#calls.isIdle ? work() : this.#calls.run(key, 'write', work);
    }
    #valueOf(entry) {
        if (entry === undefined)
            return undefined;
        const { kept } = entry;
        return 'value' in kept ? kept.value : decodeValue(kept);
    }
    /** At once where the value is small and nothing is under way, else when its turn comes. */
    async #put(given) {
        const { key, value } = given;
        this.#calls.assertOpen();
        assertKey(key);
        const ttl = ttlToMilliseconds(given.ttl) ?? 0;
        assertStorable(value);
        const prepared = this.#keep === 'bytes' ? this.#encode(given) : this.#decoded(given);
        if (!(prepared instanceof Promise) && this.#calls.isIdle)
            return this.#store(key, prepared, ttl);
        // It may fail before its turn on the key, which is where that is taken up.
        if (prepared instanceof Promise)
            prepared.catch(() => { });
        return this.#calls.run(key, 'write', async () => this.#store(key, await prepared, ttl));
    }
    #store(key, entry, ttl) {
        const { size } = entry;
        if (size > this.#maxBytes) {
            throw new OffloopError('ERR_VALUE_TOO_LARGE', `${displayKey(key)} needs ${size} bytes, over maxBytes of ${this.#maxBytes}`);
        }
        this.#purgeWhereFull(size);
        this.#entries.set(key, entry, { size, ttl });
    }
    #encode(given) {
        const { value } = given;
        const entryOf = (encoded) => entryFor(given, { ...encoded, slabs: encoded.slabs.map(alone) }, encoded.bytes);
        const encoded = encodeValue(value);
        return encoded instanceof Promise ? encoded.then(entryOf) : entryOf(encoded);
    }
    async #decoded(given) {
        const freezes = this.#keep === 'frozen';
        const value = freezes && !given.isOurs ? await decodeValue(await encodeValue(given.value)) : given.value;
        const walk = new HeapWalk(value, { freezes, isDecoded: freezes || given.isOurs });
        await slices.run({ sliceMs: SLICE_MS, step: () => walk.step(), stillWanted: () => true });
        return entryFor(given, { value }, walk.bytes);
    }
    /** Expired entries make room before live ones do. One walk per as many sets as there are entries: O(1) a set. */
    #purgeWhereFull(size) {
        const entries = this.#entries;
        this.#setsSincePurge += 1;
        const full = entries.size >= entries.max || entries.calculatedSize + size > this.#maxBytes;
        if (!full || this.#setsSincePurge < entries.size)
            return;
        entries.purgeStale();
        this.#setsSincePurge = 0;
    }
}
function entryFor({ key, note }, kept, valueBytes) {
    const size = ENTRY_BYTES + Buffer.byteLength(key) + valueBytes + (note?.length ?? 0);
    return { size, kept, note: note && new Uint8Array(note) };
}
/** The bytes in memory of their own: an encoder's buffer is larger than what it wrote. */
function alone(slab) {
    return slab.byteLength === slab.buffer.byteLength ? slab : new Uint8Array(slab);
}
