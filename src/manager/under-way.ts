import type { CacheBackend } from '../backends/cache-backend.js';
import { timeoutOf } from '../backends/noted-store.js';
import { OrderedCalls } from '../backends/ordered-calls.js';
import type { OffloopError } from '../errors.js';
import type { Place } from './flight.js';
import { Lifetime } from './lifetime.js';
import { Pauses } from './pauses.js';
import type { Production } from './production.js';

/** Keys that have a place although nothing is under way for them. */
const MOST_PLACES = 1_000;

/** What is under way in a manager and in all its views, by the full names of keys: two views of one tenant share it. */
export class UnderWay {
  /** Sets with tags take two steps. What is called on their keys meanwhile waits for them; nothing else passes here. */
  readonly calls: OrderedCalls;
  /** By key. Most are kept without a flight: putting them in and taking them out again would cost a third of a hit's extra. */
  readonly places = new Map<string, Place>();
  readonly productions = new Map<string, Production>();
  /** The manager's, and with it that of all views. */
  readonly lifetime = new Lifetime();
  readonly pauses = new Pauses();

  /** A call waits for its turn no longer than one on the backend takes at most, where that is known. */
  constructor(backend?: CacheBackend) {
    this.calls = new OrderedCalls('cache manager', backend && timeoutOf(backend));
  }

  /** Nothing is under way for a key any more: whoever comes to it from now on looks for his value anew. */
  vacate(name: string, place: Place): void {
    place.flight = undefined;
    if (this.places.size > MOST_PLACES) this.places.delete(name);
  }

  /** The same of all keys that begin with a prefix. */
  vacateAll(prefix: string): void {
    for (const [name, place] of this.places) if (name.startsWith(prefix)) this.vacate(name, place);
  }

  /** A key is set or removed: what is being made for it is outdated. Gives that, where there is any. */
  supersede(name: string): Production | undefined {
    const production = this.productions.get(name);
    production?.supersede();
    this.productions.delete(name);
    this.pauses.end(name);
    const place = this.places.get(name);
    if (place) this.vacate(name, place);
    return production;
  }

  /** Ends what is being made. Resolves when its leases are given back, which they cannot be once the backend is closed. */
  async close(reason: OffloopError): Promise<void> {
    const ended = [...this.productions.values()];
    for (const production of ended) production.end(reason);
    await Promise.allSettled(ended.map(({ made }) => made));
  }
}

/** Whose keys a manager has. */
export interface Domain {
  readonly underWay: UnderWay;
  /** Begins the full names of its keys; empty for a manager that is no view. */
  readonly prefix: string;
  /** The same of those that its tags are for. */
  readonly tagPrefix: string;
}
