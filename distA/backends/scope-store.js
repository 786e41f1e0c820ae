import { newMarkId } from '../redis/marks.js';
/** Where a backend has its {@link ScopeStore}. @internal */
export const SCOPE = Symbol('offloop.scope');
/** What a backend has for tags and generations: its own, else what can be made of its `get` and `set`. */
export function scopeOf(backend) {
    return SCOPE in backend ? backend[SCOPE] : new PlainScope(backend);
}
/**
 * Marks of a backend that belongs to one process and is bounded: they take their place among its entries, and make room
 * as those do. Calls on one mark by one process are in order; two processes could both make it.
 */
export class PlainScope {
    sweep = undefined;
    #backend;
    constructor(backend) {
        this.#backend = backend;
    }
    read = async (key) => {
        const id = await this.#backend.get(key);
        return typeof id === 'string' ? id : undefined;
    };
    claim(key) {
        return claimOnce(this.#backend, key, async () => {
            const there = await this.read(key);
            if (there !== undefined)
                return there;
            const id = newMarkId();
            await this.#backend.set(key, id);
            return id;
        });
    }
    drop = async (key) => {
        await this.#backend.delete(key);
    };
}
/** Claims under way. Two at a time would each make the mark. */
const claims = new WeakMap();
function claimOnce(backend, key, claim) {
    const ofBackend = claims.get(backend) ?? new Map();
    claims.set(backend, ofBackend);
    const underWay = ofBackend.get(key);
    if (underWay)
        return underWay;
    const claimed = claim().finally(() => ofBackend.delete(key));
    ofBackend.set(key, claimed);
    return claimed;
}
