import { assertKnownOptions } from '../backends/arguments.js';
import { moduleTarget } from '../backends/byte-arguments.js';
import type { OrderedCalls } from '../backends/ordered-calls.js';
import { ownText } from '../codec/text.js';
import { describe, OffloopError } from '../errors.js';
import type { Maker } from '../redis/made-values.js';
import type { Entry } from './entries.js';
import { abortedWait, Flight, type Place } from './flight.js';
import { type Freshness, freshnessOf } from './freshness.js';
import {
  type Factory,
  type GetOrSetOptions,
  type ModuleFactory,
  type Policy,
  policyOf,
} from './get-or-set-options.js';
import { NOT_MADE, type Order, Production, type Workshop } from './production.js';
import type { UnderWay } from './under-way.js';

/** Failures of a read that are the caller's, or for ever. */
const FAULTS_OF_THE_CALLER: readonly string[] = ['ERR_KEY', 'ERR_CLOSED'];
const FRESH = { stale: false };
const STALE = { stale: true };
const TOO_SLOW = Symbol('too slow');

/** Gets values, and makes those that are not there: one at a time for each key. */
export class GetOrSet {
  readonly #workshop: Workshop;
  readonly #underWay: UnderWay;
  readonly #places: Map<string, Place>;
  readonly #productions: Map<string, Production>;
  readonly #calls: OrderedCalls;
  readonly #prefix: string;
  /** What was begun here, and stores by the backend of this manager or view. */
  readonly #own = new Set<Production>();

  constructor(workshop: Workshop) {
    this.#workshop = workshop;
    const { underWay, prefix } = workshop.domain;
    this.#underWay = underWay;
    this.#places = underWay.places;
    this.#productions = underWay.productions;
    this.#calls = underWay.calls;
    this.#prefix = prefix;
  }

  /** See `CacheManager.getOrSet`. */
  run(
    key: string,
    factory: Factory<unknown> | ModuleFactory,
    options: GetOrSetOptions<never> | undefined,
  ): Promise<unknown> {
    const policy = policyOf(options);
    if (policy.tags.length > 0 && !this.#workshop.entries.keepsNotes)
      throw refused('tags need a backend that keeps notes');
    const maker = typeof factory === 'function' ? factory : this.#makerOf(factory);
    const { signal } = policy;
    if (signal?.aborted) throw abortedWait(key, { cause: signal.reason });
    const name = this.#prefix + key;
    let place = this.#places.get(name);
    if (place === undefined) {
      place = { flight: undefined };
      this.#places.set(ownText(name), place);
    }
    if (place.flight?.landed) {
      this.#workshop.counters.sharedFlights++;
      return place.flight.join(place.flight.landed, signal);
    }
    const flight = new Flight(place, { name, key, factory: maker, policy });
    place.flight = flight;
    flight.landed = this.#fly(flight);
    return flight.join(flight.landed, signal);
  }

  /** Ends what is being made; of a view nothing, since other views may wait for it too. */
  async close(): Promise<void> {
    if (this.#prefix === '') await this.#underWay.close(closed());
  }

  /**
   * Closes the backend of this manager. That of a view as soon as nothing is made any more that is to be stored by it, for which nobody
   * waits: a refresh in the background outlasts the view of the request that began it.
   */
  async whenIdle(close: () => Promise<void>): Promise<void> {
    const made = [...this.#own].map((production) => production.made);
    if (made.length === 0 || this.#prefix === '') return close();
    Promise.allSettled(made)
      .then(close)
      .catch(() => {});
  }

  #makerOf(factory: ModuleFactory): Maker {
    if (typeof factory !== 'object' || factory === null)
      throw refused(`the factory must be a function, or { module, export }, received ${describe(factory)}`);
    assertKnownOptions(factory, MODULE_OPTIONS, 'getOrSet: the factory');
    const { module, export: exportName, args = [] } = factory;
    if (!this.#workshop.entries.make)
      throw refused('a factory by module needs a RedisBackend: no other has workers');
    return moduleTarget({ module, exportName, args }, 'getOrSet');
  }

  /** Looks for the value. Not by an async function, nor in further steps where it is fresh: that would be seen in what a hit costs. */
  #fly(flight: Flight): Promise<unknown> {
    const { graceMs, revalidateMs } = flight.policy;
    const how = graceMs + revalidateMs > 0 ? STALE : FRESH;
    const { entries } = this.#workshop;
    const find = () => entries.find(flight.key, how);
    const found = this.#calls.isIdle ? find() : this.#calls.run(flight.name, 'read', find);
    return found.then(
      (found) => {
        if (found && flight.policy.early === undefined && entries.isPlainlyFresh(found)) {
          this.#land(flight);
          this.#workshop.counters.hits++;
          return found.value;
        }
        const entry = found && entries.entryOf(found, how.stale);
        return entry instanceof Promise ? this.#foundLater(flight, entry) : this.#found(flight, entry);
      },
      (error) => this.#unread(flight, error),
    );
  }

  #found(flight: Flight, entry: Entry | undefined): unknown {
    const { name, key, factory, policy } = flight;
    const { counters } = this.#workshop;
    const freshness = entry ? stateOf(entry, policy) : 'gone';
    const { pauses } = this.#underWay;
    const isPaused =
      entry !== undefined && freshness !== 'fresh' && pauses.holds(name, entry, policy.backoffMs);
    if (!entry || freshness === 'gone' || (freshness === 'grace' && !isPaused)) {
      const stale = freshness === 'grace' ? entry : undefined;
      return this.#make(flight, { name, key, factory, policy, stale, reachable: true, background: false });
    }
    // Otherwise it was set or removed since it was looked for: there is nothing to refresh.
    const isCurrent = flight.place.flight === flight;
    this.#land(flight);
    if (freshness === 'stale' || freshness === 'grace') counters.stale++;
    else counters.hits++;
    if (isPaused) counters.backoffs++;
    else if (freshness !== 'fresh' && isCurrent)
      this.#refresh({ name, key, factory, policy, stale: entry, reachable: true, background: true });
    return entry.value;
  }

  async #foundLater(flight: Flight, entry: Promise<Entry | undefined>): Promise<unknown> {
    let counted: Entry | undefined;
    try {
      counted = await entry;
    } catch (error) {
      return this.#unread(flight, error);
    }
    return this.#found(flight, counted);
  }

  /** A backend that fails is as one that has nothing. */
  #unread(flight: Flight, error: unknown): Promise<unknown> {
    if (error instanceof OffloopError && FAULTS_OF_THE_CALLER.includes(error.code)) {
      this.#land(flight);
      throw error;
    }
    this.#workshop.counters.failures++;
    const { name, key, factory, policy } = flight;
    return this.#make(flight, {
      name,
      key,
      factory,
      policy,
      stale: undefined,
      reachable: false,
      background: false,
    });
  }

  async #make(flight: Flight, order: Order): Promise<unknown> {
    try {
      return await this.#wait(flight, order);
    } finally {
      this.#land(flight);
    }
  }

  async #wait(flight: Flight, order: Order): Promise<unknown> {
    const { counters } = this.#workshop;
    const { stale, policy } = order;
    const production = this.#productionOf(order);
    // It was set or removed since it was looked for.
    if (flight.place.flight !== flight) {
      production.supersede();
      production.release();
    }
    production.join();
    flight.whenAbandoned(() => {
      this.#land(flight);
      if (production.abandon()) this.#leave(production, order.name);
    });
    if (!stale) {
      const made = await production.made;
      // One in the background had been under way.
      if (made === NOT_MADE) return this.#wait(flight, order);
      counters.misses++;
      return made;
    }
    try {
      const made = await within(production.made, policy.softMs);
      if (made === NOT_MADE) return await this.#wait(flight, order);
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
    if (this.#productions.has(order.name)) return;
    this.#workshop.counters.refreshes++;
    this.#productionOf(order);
  }

  /** The one that is under way already, or a new one. */
  #productionOf(order: Order): Production {
    const { name } = order;
    const underWay = this.#productions.get(name);
    if (underWay) return underWay;
    const production = new Production(this.#workshop, order);
    this.#productions.set(name, production);
    this.#own.add(production);
    // The value was looked for when the manager was closed.
    if (this.#underWay.lifetime.isOver) production.end(closed());
    const { pauses } = this.#underWay;
    production.made.then(
      () => {
        this.#own.delete(production);
        if (this.#leave(production, name)) pauses.end(name);
      },
      () => {
        this.#own.delete(production);
        if (this.#leave(production, name) && order.stale) pauses.begin(name, order.stale);
      },
    );
    return production;
  }

  /** Whether it was still the one of its key: neither superseded nor given up. */
  #leave(production: Production, name: string): boolean {
    return this.#productions.get(name) === production && this.#productions.delete(name);
  }

  #land(flight: Flight): void {
    const { place, name } = flight;
    if (place.flight === flight) this.#underWay.vacate(name, place);
  }
}

const MODULE_OPTIONS: ReadonlySet<string> = new Set([
  'module',
  'export',
  'args',
] satisfies (keyof ModuleFactory)[]);

function refused(why: string): OffloopError {
  return new OffloopError('ERR_OPTION', `getOrSet: ${why}`);
}

function closed(): OffloopError {
  return new OffloopError('ERR_CLOSED', 'getOrSet: the cache manager was closed');
}

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
