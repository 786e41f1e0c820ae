import { CodecRegistry } from '../codec/registry.js';
import { displayKey, OffloopError } from '../errors.js';
import { spanOf } from '../frame/note.js';
import { assertKey, assertKnownOptions, assertStorable, ttlToMilliseconds } from './arguments.js';
import { DiskIndex } from './disk-index.js';
import { resolveDiskOptions } from './disk-options.js';
import { bytesOf, DiskValues } from './disk-values.js';
import { NOTED } from './noted-store.js';
import { OrderedCalls } from './ordered-calls.js';
import { assertPrefix } from './redis-options.js';
import { decodeValue, encodeValue } from './value-bytes.js';
const SET_OPTIONS = new Set(['ttl']);
/**
 * A cache on this machine's disk, in LevelDB by the optional package `classic-level`, bounded by bytes and by entries. It
 * opens its directory when it is first used, and has what was there when the process last ended, in whatever way.
 *
 * Large values are encoded and decoded in slices, with turns of the event loop between them; the store reads and writes on other
 * threads. Where room is needed, expired entries go first, then those that were not used for longest since the start.
 * Bytes that are not those that were stored count as a miss. Besides the errors of `CacheBackend`: `ERR_DISK`,
 * `ERR_MISSING_PACKAGE`, and `ERR_VALUE_TOO_LARGE` for an entry over `maxBytes`.
 */
export class DiskBackend {
    #shared;
    #prefix;
    /** Throws `ERR_OPTION`. The second parameter is for `withPrefix`. */
    constructor(options, origin) {
        if (origin) {
            this.#shared = origin.parent.#shared;
            this.#prefix = origin.parent.#prefix + origin.prefix;
            return;
        }
        this.#prefix = '';
        this.#shared = {
            ...resolveDiskOptions(options),
            calls: new OrderedCalls('disk backend'),
            index: new DiskIndex(),
            counts: { corrupt: 0, setsSincePurge: 0 },
            opening: undefined,
            closing: undefined,
            evicting: undefined,
        };
    }
    /** How many entries there are, without the expired. Walks all of them. */
    async size() {
        this.#shared.calls.assertOpen();
        await this.#values();
        return this.#shared.index.liveWith(this.#prefix).count;
    }
    /** The bytes of keys and encoded values, without the expired. Walks all entries. */
    async bytes() {
        this.#shared.calls.assertOpen();
        await this.#values();
        return this.#shared.index.liveWith(this.#prefix).bytes;
    }
    /** The value, or `undefined` where there is no such key or it expired. `null` is a value. */
    async get(key) {
        return (await this.#read(key))?.value;
    }
    async #read(key) {
        const full = this.#full(key);
        const { calls, index, counts } = this.#shared;
        return calls.run(full, 'read', async () => {
            const values = await this.#values();
            const entry = index.live(full);
            if (!entry)
                return undefined;
            index.use(full);
            try {
                const stored = await values.read(entry);
                return { value: await decodeValue(stored), note: stored.note && spanOf(stored.note) };
            }
            catch (error) {
                if (!(error instanceof OffloopError) || error.code === 'ERR_DISK')
                    throw error;
                counts.corrupt++;
                return undefined;
            }
        });
    }
    /**
     * Stores a value, replacing any earlier one together with its TTL. A large one must not be changed until the promise
     * resolves. What is acknowledged survives the end of the process.
     */
    async set(key, value, options) {
        assertKnownOptions(options, SET_OPTIONS, 'set');
        await this.#write(key, { value, note: undefined }, options?.ttl);
    }
    async #write(key, { value, note }, ttl) {
        const full = this.#full(key);
        const ttlMs = ttlToMilliseconds(ttl);
        assertStorable(value);
        const encoded = encodeValue(value);
        // It may fail before its turn on the key, which is where that is taken up.
        if (encoded instanceof Promise)
            encoded.catch(ignore);
        await this.#shared.calls.run(full, 'write', async () => {
            const bytes = { ...(await encoded), note };
            this.#checkSize(full, bytes);
            const values = await this.#values();
            await values.write(full, bytes, ttlMs === undefined ? undefined : Date.now() + ttlMs);
        });
        await this.#makeRoom();
    }
    /** Removes a key. `true` where it was there; no error where it was not. */
    async delete(key) {
        const full = this.#full(key);
        const { calls, index } = this.#shared;
        return calls.run(full, 'write', async () => {
            const values = await this.#values();
            const was = index.live(full) !== undefined;
            await values.remove([full]);
            return was;
        });
    }
    /** Whether the key is there and has not expired. Does not count as a use. */
    async exists(key) {
        const full = this.#full(key);
        const { calls, index } = this.#shared;
        return calls.run(full, 'read', async () => {
            await this.#values();
            return index.live(full) !== undefined;
        });
    }
    /** Seconds that a key has left; `Infinity` where it does not expire, `undefined` where it is not there. */
    async ttl(key) {
        const full = this.#full(key);
        const { calls, index } = this.#shared;
        return calls.run(full, 'read', async () => {
            await this.#values();
            const entry = index.live(full);
            if (entry?.expiresAt === undefined)
                return entry && Number.POSITIVE_INFINITY;
            return Math.max(1, entry.expiresAt - Date.now()) / 1000;
        });
    }
    /** Removes the keys that begin with this backend's prefix, and no other. Resolves to how many went, without the expired. */
    async clear() {
        const { calls, index } = this.#shared;
        calls.assertOpen();
        return calls.runOnAll(this.#prefix, async () => {
            const values = await this.#values();
            const { count } = index.liveWith(this.#prefix);
            await values.remove([...index.withPrefix(this.#prefix)].map(([key]) => key));
            return count;
        });
    }
    /** Values with notes. @internal */
    get [NOTED]() {
        return {
            getNoted: (key) => this.#read(key),
            setNoted: async (key, value, { ttl, note }) => {
                await this.#write(key, { value, note }, ttl);
                return true;
            },
        };
    }
    /** A view whose keys have a further prefix. It shares everything; closing it does nothing. */
    withPrefix(prefix) {
        this.#shared.calls.assertOpen();
        assertPrefix(prefix);
        return new DiskBackend(undefined, { parent: this, prefix });
    }
    /** Waits for what was called before, then closes the store. Calling it again is harmless. On a view it only waits. */
    close() {
        const shared = this.#shared;
        if (this.#prefix !== '')
            return shared.calls.closed ? Promise.resolve() : shared.calls.runOnAll('', ignore);
        shared.closing ??= shared.calls.close(async () => {
            const values = await shared.opening?.catch(ignore);
            await values?.close();
        });
        return shared.closing;
    }
    /** The same as `close()`, for `await using`. */
    [Symbol.asyncDispose]() {
        return this.close();
    }
    #values() {
        const shared = this.#shared;
        if (shared.opening)
            return shared.opening;
        const opening = DiskValues.open(shared.path, shared.index, new CodecRegistry());
        shared.opening = opening;
        opening.catch(() => {
            // The next call tries again.
            shared.opening = undefined;
        });
        return opening;
    }
    #checkSize(key, value) {
        const { maxBytes } = this.#shared;
        const bytes = bytesOf(key, value);
        if (bytes <= maxBytes)
            return;
        const text = `${displayKey(key)} needs ${bytes} bytes, over maxBytes of ${maxBytes}`;
        throw new OffloopError('ERR_VALUE_TOO_LARGE', text);
    }
    /** After a set, and not within: two sets that evicted each other's keys would wait for each other. One for all at a time. */
    async #makeRoom() {
        const shared = this.#shared;
        shared.counts.setsSincePurge++;
        if (!this.#isOver())
            return;
        shared.evicting ??= this.#evict().finally(() => {
            shared.evicting = undefined;
        });
        await shared.evicting;
    }
    async #evict() {
        const { calls, index, counts } = this.#shared;
        // Looking for expired ones walks all entries: once per as many sets as there are, O(1) a set.
        if (counts.setsSincePurge >= index.count) {
            counts.setsSincePurge = 0;
            for (const key of index.expired())
                await this.#remove(key, () => index.live(key) === undefined);
        }
        // What is over the bound when it is closed goes when it is used again.
        while (this.#isOver() && !calls.closed) {
            const oldest = index.oldest();
            if (!oldest)
                return;
            const [key, entry] = oldest;
            await this.#remove(key, () => index.find(key) === entry);
        }
    }
    async #remove(key, isDue) {
        const { calls } = this.#shared;
        if (calls.closed)
            return;
        await calls.run(key, 'write', async () => {
            if (isDue())
                await (await this.#values()).remove([key]);
        });
    }
    #isOver() {
        const { index, maxBytes, maxEntries } = this.#shared;
        return index.bytes > maxBytes || index.count > maxEntries;
    }
    #full(key) {
        this.#shared.calls.assertOpen();
        assertKey(key);
        return this.#prefix + key;
    }
}
function ignore() { }
