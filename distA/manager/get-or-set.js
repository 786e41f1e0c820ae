import { assertKnownOptions } from '../backends/arguments.js';
import { moduleTarget } from '../backends/byte-arguments.js';
import { describe, OffloopError } from '../errors.js';
import { abortedWait, Flight } from './flight.js';
import { freshnessOf } from './freshness.js';
import { policyOf, } from './get-or-set-options.js';
import { NOT_MADE, Production } from './production.js';
/** Failures of a read that are the caller's, or for ever. */
const FAULTS_OF_THE_CALLER = ['ERR_KEY', 'ERR_CLOSED'];
const FRESH = { stale: false };
const STALE = { stale: true };
/** Keys that have a place although nothing is under way for them. */
const MOST_PLACES = 1_000;
const TOO_SLOW = Symbol('too slow');
/** Gets values, and makes those that are not there: one at a time for each key. */
export class GetOrSet {
    #workshop;
    /** By key. Most are kept without a flight: putting them in and taking them out again would cost a third of a hit's extra. */
    #places = new Map();
    #productions = new Map();
    constructor(workshop) {
        this.#workshop = workshop;
    }
    /** See `CacheManager.getOrSet`. */
    run(key, factory, options) {
        const policy = policyOf(options);
        if (policy.tags.length > 0 && !this.#workshop.entries.keepsNotes)
            throw refused('tags need a backend that keeps notes');
        const maker = typeof factory === 'function' ? factory : this.#makerOf(factory);
        const { signal } = policy;
        if (signal?.aborted)
            throw abortedWait(key);
        let place = this.#places.get(key);
        if (place === undefined) {
            place = { flight: undefined };
            this.#places.set(key, place);
        }
        if (place.flight?.landed) {
            this.#workshop.counters.sharedFlights++;
            return place.flight.join(place.flight.landed, signal);
        }
        const flight = new Flight(place, { key, factory: maker, policy });
        place.flight = flight;
        flight.landed = this.#fly(flight);
        return flight.join(flight.landed, signal);
    }
    /** The key was set or removed: what is being made for it is outdated. */
    supersede(key) {
        this.#productions.get(key)?.supersede();
        this.#productions.delete(key);
        const place = this.#places.get(key);
        if (place)
            place.flight = undefined;
    }
    /** The same of what is being made with a tag. Whoever comes from now on looks for his value anew. */
    supersedeTagged(tag) {
        for (const [key, production] of this.#productions)
            if (production.tags.includes(tag))
                this.supersede(key);
        for (const place of this.#places.values())
            place.flight = undefined;
    }
    /** The same of all keys. */
    supersedeAll() {
        for (const key of this.#productions.keys())
            this.supersede(key);
        for (const place of this.#places.values())
            place.flight = undefined;
    }
    /** Ends what is being made. */
    close() {
        for (const production of this.#productions.values())
            production.end();
    }
    #makerOf(factory) {
        if (typeof factory !== 'object' || factory === null)
            throw refused(`the factory must be a function, or { module, export }, received ${describe(factory)}`);
        assertKnownOptions(factory, MODULE_OPTIONS, 'getOrSet: the factory');
        const { module, export: exportName, args = [] } = factory;
        if (!this.#workshop.entries.make)
            throw refused('a factory by module needs a RedisBackend: no other has workers');
        return moduleTarget({ module, exportName, args }, 'getOrSet');
    }
    /** Looks for the value. Not by an async function, nor in further steps where it is fresh: that would be seen in what a hit costs. */
    #fly(flight) {
        const { graceMs, revalidateMs } = flight.policy;
        const how = graceMs + revalidateMs > 0 ? STALE : FRESH;
        const { entries } = this.#workshop;
        return entries.find(flight.key, how).then((found) => {
            if (found && flight.policy.early === undefined && entries.isPlainlyFresh(found)) {
                this.#land(flight);
                this.#workshop.counters.hits++;
                return found.value;
            }
            const entry = found && entries.entryOf(found, how.stale);
            return entry instanceof Promise ? this.#foundLater(flight, entry) : this.#found(flight, entry);
        }, (error) => this.#unread(flight, error));
    }
    #found(flight, entry) {
        const { key, factory, policy } = flight;
        const freshness = entry ? stateOf(entry, policy) : 'gone';
        if (!entry || freshness === 'gone' || freshness === 'grace') {
            const stale = freshness === 'grace' ? entry : undefined;
            return this.#make(flight, { key, factory, policy, stale, reachable: true, background: false });
        }
        this.#land(flight);
        if (freshness === 'stale')
            this.#workshop.counters.stale++;
        else
            this.#workshop.counters.hits++;
        if (freshness !== 'fresh')
            this.#refresh({ key, factory, policy, stale: entry, reachable: true, background: true });
        return entry.value;
    }
    async #foundLater(flight, entry) {
        let counted;
        try {
            counted = await entry;
        }
        catch (error) {
            return this.#unread(flight, error);
        }
        return this.#found(flight, counted);
    }
    /** A backend that fails is as one that has nothing. */
    #unread(flight, error) {
        if (error instanceof OffloopError && FAULTS_OF_THE_CALLER.includes(error.code)) {
            this.#land(flight);
            throw error;
        }
        this.#workshop.counters.failures++;
        const { key, factory, policy } = flight;
        return this.#make(flight, {
            key,
            factory,
            policy,
            stale: undefined,
            reachable: false,
            background: false,
        });
    }
    async #make(flight, order) {
        try {
            return await this.#wait(flight, order);
        }
        finally {
            this.#land(flight);
        }
    }
    async #wait(flight, order) {
        const { counters } = this.#workshop;
        const { stale, policy } = order;
        const production = this.#productionOf(order);
        // It was set or removed since it was looked for.
        if (flight.place.flight !== flight)
            production.supersede();
        flight.whenAbandoned(() => {
            this.#land(flight);
            production.abandon();
            if (this.#productions.get(order.key) === production)
                this.#productions.delete(order.key);
        });
        if (!stale) {
            const made = await production.made;
            // One in the background had been under way.
            if (made === NOT_MADE)
                return this.#wait(flight, order);
            counters.misses++;
            return made;
        }
        try {
            const made = await within(production.made, policy.softMs);
            if (made === NOT_MADE)
                return await this.#wait(flight, order);
            if (made !== TOO_SLOW) {
                counters.misses++;
                return made;
            }
            production.goOn();
        }
        catch {
            // It was counted as the factory's.
        }
        counters.stale++;
        return stale.value;
    }
    #refresh(order) {
        if (this.#productions.has(order.key))
            return;
        this.#workshop.counters.refreshes++;
        this.#productionOf(order);
    }
    /** The one that is under way already, or a new one. */
    #productionOf(order) {
        const { key } = order;
        const underWay = this.#productions.get(key);
        if (underWay)
            return underWay;
        const production = new Production(this.#workshop, order);
        this.#productions.set(key, production);
        const leave = () => {
            if (this.#productions.get(key) === production)
                this.#productions.delete(key);
        };
        production.made.then(leave, leave);
        return production;
    }
    #land(flight) {
        const { place, key } = flight;
        if (place.flight !== flight)
            return;
        place.flight = undefined;
        if (this.#places.size > MOST_PLACES)
            this.#places.delete(key);
    }
}
const MODULE_OPTIONS = new Set([
    'module',
    'export',
    'args',
]);
function refused(why) {
    return new OffloopError('ERR_OPTION', `getOrSet: ${why}`);
}
function stateOf({ note }, policy) {
    return note ? freshnessOf(note, policy, CLOCK) : 'fresh';
}
const CLOCK = {
    get now() {
        return Date.now();
    },
    /** Never 0, of which there is no logarithm. */
    random: () => 1 - Math.random(),
};
async function within(work, limitMs) {
    if (limitMs === undefined)
        return work;
    let timer;
    const limit = new Promise((resolve) => {
        timer = setTimeout(resolve, limitMs, TOO_SLOW);
    });
    try {
        return await Promise.race([work, limit]);
    }
    finally {
        clearTimeout(timer);
    }
}
