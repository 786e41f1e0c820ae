import { describe, OffloopError } from '../errors.js';
import type { Entry } from './entries.js';
import { abortedWait, Flight } from './flight.js';
import { type Freshness, freshnessOf } from './freshness.js';
import { type Factory, type GetOrSetOptions, type Policy, policyOf } from './get-or-set-options.js';
import { NOT_MADE, type Order, Production, type Workshop } from './production.js';

/** Failures of a read that are the caller's, or for ever. */
const FAULTS_OF_THE_CALLER: readonly string[] = ['ERR_KEY', 'ERR_CLOSED'];
const FRESH = {};
const STALE = { stale: true };
const TOO_SLOW = Symbol('too slow');

/** Gets values, and makes those that are not there: one at a time for each key. */
export class GetOrSet {
  readonly #workshop: Workshop;
  readonly #flights = new Map<string, Flight>();
  readonly #productions = new Map<string, Production>();

  constructor(workshop: Workshop) {
    this.#workshop = workshop;
  }

  /** See `CacheManager.getOrSet`. */
  run(key: string, factory: Factory<unknown>, options: GetOrSetOptions<never> | undefined): Promise<unknown> {
    const policy = policyOf(options);
    if (typeof factory !== 'function') {
      throw new OffloopError(
        'ERR_OPTION',
        `getOrSet: the factory must be a function, received ${describe(factory)}`,
      );
    }
    const { signal } = policy;
    if (signal?.aborted) throw abortedWait(key);
    let flight = this.#flights.get(key);
    if (flight) this.#workshop.counters.sharedFlights++;
    else {
      flight = new Flight(key);
      this.#flights.set(key, flight);
      flight.begin(this.#fly(flight, key, { factory, policy }));
    }
    return flight.join(signal);
  }

  /** The key was set or removed: what is being made for it is outdated. */
  supersede(key: string): void {
    this.#productions.get(key)?.supersede();
    this.#productions.delete(key);
    this.#flights.delete(key);
  }

  /** The same of all keys. */
  supersedeAll(): void {
    for (const key of this.#productions.keys()) this.supersede(key);
    this.#flights.clear();
  }

  /** Ends what is being made. */
  close(): void {
    for (const production of this.#productions.values()) production.end();
  }

  async #fly(flight: Flight, key: string, call: Call): Promise<unknown> {
    const { policy } = call;
    const { entries, counters } = this.#workshop;
    let entry: Entry | undefined;
    let reachable = true;
    try {
      entry = await entries.read(key, policy.graceMs + policy.revalidateMs > 0 ? STALE : FRESH);
    } catch (error) {
      if (error instanceof OffloopError && FAULTS_OF_THE_CALLER.includes(error.code)) {
        this.#land(flight, key);
        throw error;
      }
      counters.failures++;
      reachable = false;
    }
    const freshness = entry ? stateOf(entry, policy) : 'gone';
    if (entry && freshness !== 'gone' && freshness !== 'grace') {
      this.#land(flight, key);
      counters[freshness === 'stale' ? 'stale' : 'hits']++;
      if (freshness !== 'fresh') this.#refresh({ ...call, key, stale: entry, reachable, background: true });
      return entry.value;
    }
    try {
      const stale = freshness === 'grace' ? entry : undefined;
      return await this.#make(flight, { ...call, key, stale, reachable, background: false });
    } finally {
      this.#land(flight, key);
    }
  }

  async #make(flight: Flight, order: Order): Promise<unknown> {
    const { counters } = this.#workshop;
    const { stale, policy } = order;
    const production = this.#productionOf(order);
    // It was set or removed since it was looked for.
    if (this.#flights.get(order.key) !== flight) production.supersede();
    flight.whenAbandoned(() => {
      this.#land(flight, order.key);
      production.abandon();
      if (this.#productions.get(order.key) === production) this.#productions.delete(order.key);
    });
    if (!stale) {
      const made = await production.made;
      // One in the background had been under way.
      if (made === NOT_MADE) return this.#make(flight, order);
      counters.misses++;
      return made;
    }
    try {
      const made = await within(production.made, policy.softMs);
      if (made === NOT_MADE) return await this.#make(flight, order);
      if (made !== TOO_SLOW) {
        counters.misses++;
        return made;
      }
      production.goOn();
    } catch {
      // It was counted as the factory's.
    }
    counters.stale++;
    return stale.value;
  }

  #refresh(order: Order): void {
    if (this.#productions.has(order.key)) return;
    this.#workshop.counters.refreshes++;
    this.#productionOf(order);
  }

  /** The one that is under way already, or a new one. */
  #productionOf(order: Order): Production {
    const { key } = order;
    const underWay = this.#productions.get(key);
    if (underWay) return underWay;
    const production = new Production(this.#workshop, order);
    this.#productions.set(key, production);
    const leave = (): void => {
      if (this.#productions.get(key) === production) this.#productions.delete(key);
    };
    production.made.then(leave, leave);
    return production;
  }

  #land(flight: Flight, key: string): void {
    if (this.#flights.get(key) === flight) this.#flights.delete(key);
  }
}

type Call = Pick<Order, 'factory' | 'policy'>;

function stateOf({ note }: Entry, policy: Policy): Freshness {
  return note ? freshnessOf(note, policy, CLOCK) : 'fresh';
}

const CLOCK = {
  get now(): number {
    return Date.now();
  },
  /** Never 0, of which there is no logarithm. */
  random: (): number => 1 - Math.random(),
};

async function within(work: Promise<unknown>, limitMs: number | undefined): Promise<unknown> {
  if (limitMs === undefined) return work;
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<typeof TOO_SLOW>((resolve) => {
    timer = setTimeout(resolve, limitMs, TOO_SLOW);
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
}
