import type { CacheBackend, SetOptions } from './cache-backend.js';
import { InMemoryBackend } from './memory.js';

/**
 * The first layer of a tiered cache: it may be without any of its entries, so nothing that it fails with is the caller's
 * error. Where an entry could not be removed it is not trusted again before a clear of it has succeeded.
 */
export class FirstLayer {
  readonly #backend: CacheBackend;
  #state: 'trusted' | 'doubtful' | 'clearing' = 'trusted';
  #failures = 0;

  constructor(backend: CacheBackend) {
    this.#backend = backend;
  }

  /** Calls of it that failed. */
  get failures(): number {
    return this.#failures;
  }

  /** The value; undefined where there is none, or none that can be trusted. */
  async get(key: string): Promise<unknown> {
    if (this.#state !== 'trusted') {
      if (this.#state === 'doubtful') this.drop();
      return undefined;
    }
    try {
      return await this.#backend.get(key);
    } catch {
      this.#failures++;
      return undefined;
    }
  }

  /** Keeps a value that belongs to nobody else. Resolves to what to hand out for it. */
  async adopt(key: string, value: unknown, options: SetOptions): Promise<unknown> {
    try {
      if (this.#backend instanceof InMemoryBackend) return await this.#backend.adopt(key, value, options);
      await this.#backend.set(key, value, options);
    } catch {
      // Too large for it, or of a kind that it does not keep.
      this.#failures++;
    }
    return value;
  }

  /** Keeps a value that its caller goes on using. */
  async put(key: string, value: unknown, options: SetOptions): Promise<void> {
    try {
      await this.#backend.set(key, value, options);
    } catch {
      this.#failures++;
    }
  }

  /** Removes a key; what is called after it does not see it any more. */
  remove(key: string): void {
    this.#backend.delete(key).catch(() => this.#doubt());
  }

  /** Removes everything; what is called after it sees none of it any more. */
  drop(): void {
    this.#state = 'clearing';
    this.#backend.clear().then(
      () => {
        if (this.#state === 'clearing') this.#state = 'trusted';
      },
      () => this.#doubt(),
    );
  }

  close(): Promise<void> {
    return this.#backend.close();
  }

  #doubt(): void {
    this.#failures++;
    this.#state = 'doubtful';
  }
}
