var _a;
import { OrderedCalls } from '../backends/ordered-calls.js';
import { isPrefixed } from '../backends/prefix-view.js';
import { scopeOf } from '../backends/scope-store.js';
import { describe, OffloopError } from '../errors.js';
import { Entries } from './entries.js';
import { GetOrSet } from './get-or-set.js';
import { assertOwnKey, assertTag, tenantPrefix, versionPrefix } from './layout.js';
import { isInstant, readSetOptions, resolveManagerOptions, versionOf, } from './manager-options.js';
import { newCounters } from './manager-stats.js';
import { Reclaim } from './reclaim.js';
import { Tags } from './tags.js';
import { TypedCache } from './typed-cache.js';
/**
 * A cache with a policy: a backend, plus how keys are made and how long values live. Keys are used as given;
 * `keyBuilder` makes them from content. Rejects with what the backend rejects with.
 */
export class CacheManager {
    /** What makes keys from content. */
    keyBuilder;
    /** How long values live that are set without a TTL. */
    ttlPolicy;
    /** What the keys of this manager are in. */
    #values;
    #generations;
    #reclaim;
    #tags;
    #entries;
    #workshop;
    #getOrSet;
    /** Sets with tags take two steps. What is called on their keys meanwhile waits for them; nothing else passes here. */
    #calls = new OrderedCalls('cache manager');
    /**
     * The second parameter is for views of a manager.
     * @throws OffloopError `ERR_OPTION` for an unknown option, a missing backend, or a part of the wrong kind.
     */
    constructor(options, origin = {}) {
        const { backend, keyBuilder, ttlPolicy, generations } = resolveManagerOptions(options);
        this.#generations = generations;
        this.#reclaim = generations && new Reclaim(() => generations.sweep());
        this.#values = generations ?? backend;
        this.#tags = origin.tags ?? new Tags(scopeOf(backend), generations);
        this.#entries = new Entries(this.#values, this.#tags);
        this.keyBuilder = keyBuilder;
        this.ttlPolicy = ttlPolicy;
        this.#workshop = { entries: this.#entries, ttlPolicy, counters: newCounters() };
        this.#getOrSet = new GetOrSet(this.#workshop);
    }
    /** The value, or `undefined` where there is no such key, or it expired or was invalidated. `null` is a value. */
    async get(key) {
        assertOwnKey(key);
        const entry = this.#calls.isIdle
            ? await this.#entries.read(key)
            : await this.#calls.run(key, 'read', () => this.#entries.read(key));
        this.#workshop.counters[entry ? 'hits' : 'misses']++;
        return entry?.value;
    }
    /**
     * Stores a value for the call's TTL, else for the policy's for the type.
     * Rejects with `ERR_OPTION` for an unknown option, a type or tags that are none, else as the backend does.
     */
    async set(key, value, options = {}) {
        assertOwnKey(key);
        const { ttl, tags } = readSetOptions(options, this.ttlPolicy);
        this.#getOrSet.supersede(key);
        if (tags.length > 0)
            await this.#setTagged(key, value, { ttl, tags });
        else if (this.#calls.isIdle)
            await this.#entries.write(key, value, { ttl });
        else
            await this.#calls.run(key, 'write', () => this.#entries.write(key, value, { ttl }));
    }
    /**
     * The value, or what the factory makes of it, which is stored. Callers who ask for one key at the same time share one fetch, one
     * decoding and one call of the factory, and get the same object; with a `RedisBackend`, alone or as the second layer of a
     * `TieredBackend`, one process at a time calls it. See docs/get-or-set.md.
     *
     * Rejects with what the factory throws, as it is; with `ERR_FACTORY_TIMEOUT`, `ERR_ABORTED`, `ERR_OPTION`, `ERR_TTL` and
     * `ERR_KEY`; with `ERR_VALUE` for a value that cannot be stored; and with `ERR_CLOSED`. A backend that fails or does not
     * answer does not fail the call: the factory is called, and `stats().failures` counts it.
     */
    getOrSet(key, factory, options) {
        try {
            assertOwnKey(key);
            return this.#getOrSet.run(key, factory, options);
        }
        catch (error) {
            return Promise.reject(error);
        }
    }
    /** What has been done since it was made. */
    stats() {
        return { ...this.#workshop.counters, reclaimFailures: this.#reclaim?.failures ?? 0 };
    }
    /** Removes a key. `true` where it was there; no error where it was not. */
    async delete(key) {
        assertOwnKey(key);
        this.#getOrSet.supersede(key);
        if (this.#calls.isIdle)
            return this.#values.delete(key);
        return this.#calls.run(key, 'write', () => this.#values.delete(key));
    }
    /** Whether the key is there and has not expired; one that was invalidated by a tag still is. */
    async exists(key) {
        assertOwnKey(key);
        if (this.#calls.isIdle)
            return this.#values.exists(key);
        return this.#calls.run(key, 'read', () => this.#values.exists(key));
    }
    /**
     * Outdates every value that was stored with this tag, by one command: when it has resolved no `get` finds one, in whatever
     * process. Rejects with `ERR_OPTION` for what is no tag.
     */
    async invalidate(tag) {
        assertTag(tag, 'invalidate');
        this.#getOrSet.supersedeTagged(tag);
        if (this.#calls.isIdle)
            return this.#tags.invalidate(tag);
        return this.#calls.runOnAll('', () => this.#tags.invalidate(tag));
    }
    /**
     * Removes every key of the backend, those that other managers set too, and those of tenants. Resolves to how many went.
     * With `instant` it takes one command and resolves to 0: no `get` that is called after it finds what was there before, and
     * the keys go in the background. Rejects with `ERR_OPTION` for that without `instantClears`.
     */
    async clear(options) {
        const instant = isInstant(options);
        this.#getOrSet.supersedeAll();
        if (!instant)
            return this.#calls.isIdle ? this.#values.clear() : this.#calls.runOnAll('', () => this.#values.clear());
        const { generations, reclaim } = this.#instant('clear');
        await this.#calls.runOnAll('', () => generations.clearAtOnce());
        reclaim.start();
        return 0;
    }
    /**
     * Removes what instant clears left behind, also those of processes that have ended, at the pace of the background. Resolves
     * to how many keys went. Rejects with `ERR_OPTION` without `instantClears`.
     */
    async reclaim() {
        return this.#instant('reclaim').reclaim.run();
    }
    /**
     * A manager of a tenant's own keys and tags, with the same policies: no two ids share a key, whatever characters they hold.
     * Its `clear` removes its own keys alone, its `close` ends it alone. Throws `ERR_KEY` for an id that is no non-empty,
     * well-formed string, and `ERR_OPTION` where the backend has no views.
     */
    forTenant(id) {
        const instantClears = this.#generations !== undefined;
        return this.#view(tenantPrefix(id), { instantClears });
    }
    /**
     * A cache of values of one schema, of any library that speaks Standard Schema: what does not pass when it is read is a miss. See
     * docs/schemas.md. Tags and TTLs are those of this manager. Throws `ERR_OPTION` for what is no schema, or no version.
     */
    schema(schema, options) {
        const version = versionOf(schema, options);
        if (version === undefined)
            return new TypedCache(schema, this);
        const view = this.#view(versionPrefix(version), { instantClears: false, tags: this.#tags });
        return new TypedCache(schema, view);
    }
    /** Closes the backend. Calling it again is harmless. */
    async close() {
        this.#getOrSet.close();
        await this.#reclaim?.end();
        return this.#values.close();
    }
    /** The same as `close()`, for `await using`. */
    async [Symbol.asyncDispose]() {
        return this.close();
    }
    #view(prefix, { instantClears, tags }) {
        const values = this.#values;
        if (!isPrefixed(values))
            throw new OffloopError('ERR_OPTION', `backend must have withPrefix() for this, received ${describe(values)}`);
        const { keyBuilder, ttlPolicy } = this;
        const options = { backend: values.withPrefix(prefix), keyBuilder, ttlPolicy, instantClears };
        return new _a(options, tags ? { tags } : {});
    }
    /** Stamped before it is stored: what is invalidated from then on outdates it. */
    async #setTagged(key, value, { ttl, tags }) {
        const entries = this.#entries;
        if (!entries.keepsNotes)
            throw new OffloopError('ERR_OPTION', 'set: tags need a backend that keeps notes');
        await this.#calls.run(key, 'write', async () => {
            const stamps = await entries.stamp(tags);
            const note = {
                createdAt: Date.now(),
                freshUntil: Number.POSITIVE_INFINITY,
                costMs: 0,
                stamps,
                absent: false,
            };
            await entries.write(key, value, { ttl, note });
        });
    }
    #instant(call) {
        const [generations, reclaim] = [this.#generations, this.#reclaim];
        if (generations && reclaim)
            return { generations, reclaim };
        throw new OffloopError('ERR_OPTION', `${call}: the manager was made without instantClears`);
    }
}
_a = CacheManager;
