import type { Store } from '../redis/store.js';
import { MAX_TTL_SECONDS } from './cache-backend.js';
import { newMarkId, type ScopeStore, type Sweep, type SweepOptions } from './scope-store.js';

/** Marks that live beside the values in Redis, as values of their own. */
export class RedisScope implements ScopeStore {
  readonly #store: Store;
  readonly #physical: (key: string) => string;

  constructor(store: Store, physical: (key: string) => string) {
    this.#store = store;
    this.#physical = physical;
  }

  async read(key: string): Promise<string | undefined> {
    return textOf(await this.#store.get(this.#physical(key)));
  }

  async claim(key: string, ttlMs = MAX_TTL_SECONDS * 1000): Promise<string> {
    const physical = this.#physical(key);
    const store = this.#store;
    // One round trip: the three go out together, in this order.
    const [, left, found] = await Promise.all([
      store.add({ key: physical, value: newMarkId(), ttlMs: generous(ttlMs) }),
      store.ttl(physical),
      store.get(physical),
    ]);
    const id = textOf(found);
    if (id === undefined) {
      // Bytes of another kind, which nobody can have stamped a value with; or it was dropped meanwhile.
      await this.drop(key);
      return this.claim(key, ttlMs);
    }
    if (left !== undefined && left * 1000 < ttlMs)
      await store.touch({ key: physical, ttlMs: generous(ttlMs) });
    return id;
  }

  async drop(key: string): Promise<void> {
    await this.#store.delete(this.#physical(key));
  }

  readonly sweep = ({ prefix, spared }: SweepOptions): Sweep =>
    this.#store.sweep({
      prefix: this.#physical(prefix),
      spared: async () => this.#physical(await spared()),
    });
}

/**
 * A power of two of seconds, twice what is needed at least: the mark then rarely has to be told to live longer, and two who
 * tell it so at the same time mostly tell it the same.
 */
function generous(ttlMs: number): number {
  const seconds = 2 ** Math.ceil(Math.log2(Math.max(1, ttlMs / 1000)) + 1);
  return Math.min(seconds, MAX_TTL_SECONDS) * 1000;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
