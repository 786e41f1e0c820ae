import { callWith } from '../redis/call.js';
import type { MadeValue, Maker } from '../redis/made-values.js';
import type { Store } from '../redis/store.js';
import { assertStorable, ttlToMilliseconds } from './arguments.js';
import type { KeyLeases, NotedGetOptions, NotedSetOptions, NotedStore, NotedValue } from './noted-store.js';

/** Values with notes in Redis: the note lies in the value's frame. */
export class RedisNoted implements NotedStore {
  readonly timeoutMs: number;
  readonly leases: KeyLeases;
  readonly make: (maker: Maker, signal: AbortSignal) => Promise<MadeValue | undefined>;
  readonly #store: Store;
  readonly #physical: (key: string) => string;

  /** @param physical the whole key in Redis; throws where the key is none, or the backend was closed */
  constructor(store: Store, physical: (key: string) => string) {
    this.#store = store;
    this.#physical = physical;
    this.timeoutMs = store.timeoutMs;
    this.make = (maker, signal) => store.writes.make(maker, signal);
    const { leases } = store;
    this.leases = {
      acquire: async (key, ttlMs) => leases.acquire(physical(key), ttlMs),
      renew: (lease) => leases.renew(lease),
      release: (lease) => leases.release(lease),
      listen: (key) => leases.listen(physical(key)),
    };
  }

  getNoted(key: string, options: NotedGetOptions): Promise<NotedValue | undefined> {
    try {
      return this.#store.reads.getNoted(this.#physical(key), options, callWith(options.signal));
    } catch (error) {
      return Promise.reject(error);
    }
  }

  async setNoted(key: string, value: unknown, options: NotedSetOptions): Promise<boolean> {
    const { ttl, note, signal, fence, made } = options;
    const physical = this.#physical(key);
    const ttlMs = ttlToMilliseconds(ttl);
    assertStorable(value);
    const entry = { key: physical, value, ttlMs, call: callWith(signal), snapshot: false, note, made };
    if (fence) return this.#store.writes.setFenced(entry, fence);
    await this.#store.writes.set(entry);
    return true;
  }
}
