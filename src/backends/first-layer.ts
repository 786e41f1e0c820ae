import { noteBytes } from '../frame/note.js';
import type { CacheBackend, SetOptions } from './cache-backend.js';
import { InMemoryBackend } from './memory.js';
import { type NotedStore, type NotedValue, notedStoreOf } from './noted-store.js';

/**
 * The first layer of a tiered cache: it may be without any of its entries, so nothing that it fails with is the caller's
 * error. Where an entry could not be removed it is not trusted again before a clear of it has succeeded.
 */
export class FirstLayer {
  readonly #backend: CacheBackend;
  readonly #noted: NotedStore | undefined;
  #state: 'trusted' | 'doubtful' | 'clearing' = 'trusted';
  #failures = 0;

  constructor(backend: CacheBackend) {
    this.#backend = backend;
    this.#noted = notedStoreOf(backend);
  }

  /** Whether it keeps notes. */
  get keepsNotes(): boolean {
    return this.#noted !== undefined;
  }

  /** Calls of it that failed, and values that it could not be given. */
  get failures(): number {
    return this.#failures;
  }

  /** The value; undefined where there is none, or none that can be trusted. */
  async get(key: string): Promise<NotedValue | undefined> {
    if (this.#state !== 'trusted') {
      if (this.#state === 'doubtful') this.drop();
      return undefined;
    }
    try {
      if (this.#noted) return await this.#noted.getNoted(key, {});
      const value = await this.#backend.get(key);
      return value === undefined ? undefined : { value };
    } catch {
      this.#failures++;
      return undefined;
    }
  }

  /** Keeps a value that belongs to nobody else. */
  async adopt(key: string, found: NotedValue, options: SetOptions): Promise<void> {
    if (!(this.#backend instanceof InMemoryBackend)) return this.put(key, found, options);
    try {
      await this.#backend.adopt(key, found, options);
    } catch {
      this.#failures++;
    }
  }

  /** What belongs to nobody else and is not kept, as it would be given if it were: frozen where it keeps frozen values. */
  async conform<Found extends NotedValue | undefined>(found: Found): Promise<Found> {
    try {
      if (this.#backend instanceof InMemoryBackend) await this.#backend.conform(found?.value);
    } catch {
      this.#failures++;
    }
    return found;
  }

  /** Keeps a value that its caller goes on using. */
  async put(key: string, { value, note }: NotedValue, options: SetOptions): Promise<void> {
    try {
      if (this.#noted) await this.#noted.setNoted(key, value, { ...options, note: note && noteBytes(note) });
      else await this.#backend.set(key, value, options);
    } catch {
      // Too large for it, or of a kind that it does not keep.
      this.#failures++;
    }
  }

  /** What it would have needed to be given a value could not be had. */
  failed(): void {
    this.#failures++;
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
