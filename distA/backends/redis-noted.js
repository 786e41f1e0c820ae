import { callWith } from '../redis/call.js';
import { assertStorable, ttlToMilliseconds } from './arguments.js';
/** Values with notes in Redis: the note lies in the value's frame. */
export class RedisNoted {
    leases;
    make;
    #store;
    #physical;
    /** @param physical the whole key in Redis; throws where the key is none, or the backend was closed */
    constructor(store, physical) {
        this.#store = store;
        this.#physical = physical;
        this.make = (maker, signal) => store.writes.make(maker, signal);
        const { leases } = store;
        this.leases = {
            acquire: async (key, ttlMs) => leases.acquire(physical(key), ttlMs),
            renew: (lease) => leases.renew(lease),
            release: (lease) => leases.release(lease),
            listen: (key) => leases.listen(physical(key)),
        };
    }
    getNoted(key, options) {
        try {
            return this.#store.reads.getNoted(this.#physical(key), options, callWith(options.signal));
        }
        catch (error) {
            return Promise.reject(error);
        }
    }
    async setNoted(key, value, options) {
        const { ttl, note, signal, fence, made } = options;
        const physical = this.#physical(key);
        const ttlMs = ttlToMilliseconds(ttl);
        assertStorable(value);
        const entry = { key: physical, value, ttlMs, call: callWith(signal), snapshot: false, note, made };
        if (fence)
            return this.#store.writes.setFenced(entry, fence);
        await this.#store.writes.set(entry);
        return true;
    }
}
