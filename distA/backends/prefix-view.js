import { OffloopError } from '../errors.js';
import { assertKey } from './arguments.js';
import { NOTED, notedStoreOf } from './noted-store.js';
import { SCOPE, scopeOf } from './scope-store.js';
/** The view of a backend that keeps its keys in this process. It shares everything, and costs nothing. */
export class PrefixView {
    #host;
    #prefix;
    #closing;
    constructor(host, prefix) {
        this.#host = host;
        this.#prefix = prefix;
    }
    async get(key) {
        return this.#host.get(this.#full(key));
    }
    async set(key, value, options) {
        return this.#host.set(this.#full(key), value, options);
    }
    async delete(key) {
        return this.#host.delete(this.#full(key));
    }
    async exists(key) {
        return this.#host.exists(this.#full(key));
    }
    async clear() {
        this.#assertOpen();
        return this.#host.clearPrefix(this.#prefix);
    }
    withPrefix(prefix) {
        this.#assertOpen();
        return new PrefixView(this.#host, this.#prefix + prefix);
    }
    /** Values with notes. @internal */
    get [NOTED]() {
        const noted = notedStoreOf(this.#host);
        if (!noted)
            return undefined;
        const { leases, make } = noted;
        return {
            make,
            leases: leases && {
                acquire: async (key, ttlMs) => leases.acquire(this.#full(key), ttlMs),
                renew: (lease) => leases.renew(lease),
                release: (lease) => leases.release(lease),
                listen: (key) => leases.listen(this.#full(key)),
            },
            getNoted: async (key, options) => noted.getNoted(this.#full(key), options),
            setNoted: async (key, value, options) => noted.setNoted(this.#full(key), value, options),
        };
    }
    /** For tags and generations. @internal */
    get [SCOPE]() {
        const scope = scopeOf(this.#host);
        const sweep = scope.sweep;
        return {
            read: (key) => scope.read(this.#full(key)),
            claim: (key, ttlMs) => scope.claim(this.#full(key), ttlMs),
            drop: (key) => scope.drop(this.#full(key)),
            sweep: sweep &&
                (({ prefix, spared }) => sweep({ prefix: this.#full(prefix), spared: async () => this.#full(await spared()) })),
        };
    }
    close() {
        this.#closing ??= this.#host.settle(this.#prefix);
        return this.#closing;
    }
    [Symbol.asyncDispose]() {
        return this.close();
    }
    #full(key) {
        this.#assertOpen();
        assertKey(key);
        return this.#prefix + key;
    }
    #assertOpen() {
        if (this.#closing)
            throw new OffloopError('ERR_CLOSED', 'the view of the backend was closed');
    }
}
/** Whether a backend can give a part of its keys away. */
export function isPrefixed(backend) {
    return 'withPrefix' in backend && typeof backend.withPrefix === 'function';
}
