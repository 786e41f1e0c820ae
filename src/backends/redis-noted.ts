import { callWith } from '../redis/call.js';
import type { Store } from '../redis/store.js';
import { assertStorable, ttlToMilliseconds } from './arguments.js';
import type { NotedGetOptions, NotedSetOptions, NotedStore, NotedValue } from './noted-store.js';

/** Values with notes in Redis: the note lies in the value's frame. */
export class RedisNoted implements NotedStore {
  readonly #store: Store;
  readonly #physical: (key: string) => string;

  /** @param physical the whole key in Redis; throws where the key is none, or the backend was closed */
  constructor(store: Store, physical: (key: string) => string) {
    this.#store = store;
    this.#physical = physical;
  }

  getNoted(key: string, options: NotedGetOptions): Promise<NotedValue | undefined> {
    try {
      return this.#store.reads.getNoted(this.#physical(key), options, callWith(options.signal));
    } catch (error) {
      return Promise.reject(error);
    }
  }

  async setNoted(key: string, value: unknown, { ttl, note, signal }: NotedSetOptions): Promise<void> {
    const physical = this.#physical(key);
    const ttlMs = ttlToMilliseconds(ttl);
    assertStorable(value);
    await this.#store.writes.set({
      key: physical,
      value,
      ttlMs,
      call: callWith(signal),
      snapshot: false,
      note,
    });
  }
}
