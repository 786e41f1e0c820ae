import { NOTED, notedStoreOf } from '../backends/noted-store.js';
import { OrderedCalls } from '../backends/ordered-calls.js';
import { PrefixView } from '../backends/prefix-view.js';
import { SCOPE, scopeOf } from '../backends/scope-store.js';
import { OffloopError } from '../errors.js';
import { GENERATION_MARK, GENERATIONS, generationPrefix } from './layout.js';
/**
 * A backend whose keys belong to a generation: giving it another one clears all of them at once. A mark in the store holds
 * the id of the present generation. Each call asks for it beside its own command, in one turn: where it is another than the
 * one that was taken for granted, the call is made again under that. So no call that begins after a clear was acknowledged
 * finds what was there before, in whatever process. Where the mark is gone (evicted, or flushed) there is a new generation:
 * what was there before never comes back.
 */
export class GenerationBackend {
    #base;
    #marks;
    #calls = new OrderedCalls('cache manager');
    #leased = new WeakMap();
    #present;
    constructor(base) {
        this.#base = base;
        this.#marks = scopeOf(base);
    }
    /** The id of the generation of now, as far as this process knows; undefined before the first call. */
    get presentId() {
        return this.#present?.id;
    }
    get(key) {
        return this.#run(key, 'read', (view) => view.get(key));
    }
    set(key, value, options) {
        return this.#run(key, 'write', (view) => view.set(key, value, options));
    }
    delete(key) {
        return this.#run(key, 'write', (view) => view.delete(key));
    }
    exists(key) {
        return this.#run(key, 'read', (view) => view.exists(key));
    }
    /** Removes all keys, one by one, of every generation. */
    clear() {
        return this.#calls.runOnAll('', () => this.#base.clear());
    }
    /** Ends the generation: one command, however many keys there are. They are there until a sweep, and nobody finds them. */
    clearAtOnce() {
        return this.#calls.runOnAll('', () => this.#marks.drop(GENERATION_MARK));
    }
    /** Removes, step by step, the keys of all generations but the present one. */
    async sweep() {
        await this.presentOf();
        const sweep = this.#marks.sweep?.({
            prefix: GENERATIONS,
            spared: async () => generationPrefix((await this.#claim()).id),
        });
        if (sweep)
            return sweep;
        throw new OffloopError('ERR_OPTION', 'the backend has no instant clears');
    }
    /** The id of the present generation, which is made where there is none. */
    async presentOf() {
        const id = await this.#marks.read(GENERATION_MARK);
        return (id === undefined ? await this.#claim() : this.#adopt(id)).id;
    }
    clearPrefix(prefix) {
        return this.#calls.runOnAll(prefix, () => this.#attempt((view) => view.withPrefix(prefix).clear()));
    }
    settle(prefix) {
        return this.#calls.closed ? Promise.resolve() : this.#calls.runOnAll(prefix, () => { });
    }
    withPrefix(prefix) {
        return new PrefixView(this, prefix);
    }
    /** Values with notes. */
    get [NOTED]() {
        const base = notedStoreOf(this.#base);
        if (!base)
            return undefined;
        return {
            make: base.make,
            leases: base.leases && this.#leasesOf(base.leases),
            getNoted: (key, options) => this.#run(key, 'read', async (view) => notedOf(view).getNoted(key, options)),
            setNoted: (key, value, options) => {
                const set = (view) => notedOf(view).setNoted(key, value, options);
                const leased = options.fence && this.#leased.get(options.fence);
                // Where that generation has ended the value is as dead as the lease.
                if (leased)
                    return this.#calls.run(key, 'write', () => set(leased.view));
                return this.#run(key, 'write', set);
            },
        };
    }
    /** Marks that end with the generation: those of what lies within. */
    get [SCOPE]() {
        return {
            read: (key) => this.#run(key, 'read', (view) => scopeOf(view).read(key)),
            claim: (key, ttlMs) => this.#run(key, 'write', (view) => scopeOf(view).claim(key, ttlMs)),
            drop: (key) => this.#run(key, 'write', (view) => scopeOf(view).drop(key)),
            // Of the generation of now: where that ends meanwhile, all of it is dead.
            sweep: this.#marks.sweep && ((options) => this.#sweepWithin(options)),
        };
    }
    /** Closes the backend behind it. */
    close() {
        return this.#calls.closed ? this.#base.close() : this.#calls.close(() => this.#base.close());
    }
    [Symbol.asyncDispose]() {
        return this.close();
    }
    /** A lease belongs to the generation that it was taken in, and so does what is stored by it. */
    #leasesOf(base) {
        return {
            acquire: (key, ttlMs) => this.#run(key, 'read', async (view) => {
                const present = this.#present;
                const answer = await leasesOf(view).acquire(key, ttlMs);
                if (answer.lease && present)
                    this.#leased.set(answer.lease, present);
                return answer;
            }),
            renew: (lease) => base.renew(lease),
            release: (lease) => base.release(lease),
            // Who listens has asked for the lease before, and so knows the present generation.
            listen: (key) => (this.#present ? leasesOf(this.#present.view).listen(key) : base.listen(key)),
        };
    }
    #sweepWithin(options) {
        const sweep = this.#present && scopeOf(this.#present.view).sweep?.(options);
        // Before the first call nothing is known to have ended.
        return sweep ?? { removed: 0, step: () => Promise.resolve(false) };
    }
    #run(key, kind, call) {
        try {
            this.#calls.assertOpen();
        }
        catch (error) {
            return Promise.reject(error);
        }
        return this.#calls.run(key, kind, () => this.#attempt(call));
    }
    async #attempt(call) {
        let present = this.#present ?? (await this.#claim());
        for (;;) {
            // Both in this turn, and so in one round trip.
            const answer = call(present.view);
            const mark = this.#marks.read(GENERATION_MARK);
            const [answered, read] = await Promise.allSettled([answer, mark]);
            if (read.status === 'rejected')
                throw read.reason;
            if (read.value === present.id) {
                if (answered.status === 'rejected')
                    throw answered.reason;
                return answered.value;
            }
            present = read.value === undefined ? await this.#claim() : this.#adopt(read.value);
        }
    }
    async #claim() {
        return this.#adopt(await this.#marks.claim(GENERATION_MARK, undefined));
    }
    #adopt(id) {
        if (this.#present?.id !== id)
            this.#present = { id, view: this.#base.withPrefix(generationPrefix(id)) };
        return this.#present;
    }
}
/** A view keeps notes where its backend does. */
function notedOf(view) {
    const noted = notedStoreOf(view);
    if (noted)
        return noted;
    throw new OffloopError('ERR_OPTION', 'the backend keeps no notes');
}
function leasesOf(view) {
    const { leases } = notedOf(view);
    if (leases)
        return leases;
    throw new OffloopError('ERR_OPTION', 'the backend has no leases');
}
