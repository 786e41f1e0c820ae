import { OffloopError } from '../errors.js';
import { assertKey, assertNoOptions } from './arguments.js';
import type { CacheBackend, SetOptions } from './cache-backend.js';
import { NOTED, type NotedStore, notedStoreOf } from './noted-store.js';
import { SCOPE, type ScopeStore, scopeOf } from './scope-store.js';

/** A backend that can give a part of its keys away. @internal */
export interface Prefixed {
  /** A view whose keys have a further prefix: its `clear` removes those alone, and its `close` closes nothing else. */
  withPrefix(prefix: string): CacheBackend;
}

/** A backend that may tell how long it keeps a key. @internal */
export interface TimedBackend extends CacheBackend {
  /** Seconds that a key has left. @default it cannot tell */
  ttl?(key: string): Promise<number | undefined>;
}

/** What a {@link PrefixView} needs of the backend behind it. */
interface PrefixHost extends TimedBackend {
  /** Removes the keys that begin with a prefix. Resolves to how many went. */
  clearPrefix(prefix: string): Promise<number>;
  /** Resolves when what was called before on keys with this prefix has ended. */
  settle(prefix: string): Promise<void>;
}

/** The view of a backend that keeps its keys in this process. It shares everything, and costs nothing. */
export class PrefixView implements CacheBackend, Prefixed {
  readonly #host: PrefixHost;
  readonly #prefix: string;
  #closing: Promise<void> | undefined;

  constructor(host: PrefixHost, prefix: string) {
    this.#host = host;
    this.#prefix = prefix;
  }

  async get<T = unknown>(key: string, options?: undefined): Promise<T | undefined> {
    assertNoOptions(options, 'get');
    return this.#host.get<T>(this.#full(key));
  }

  async set(key: string, value: unknown, options?: SetOptions): Promise<void> {
    return this.#host.set(this.#full(key), value, options);
  }

  async delete(key: string, options?: undefined): Promise<boolean> {
    assertNoOptions(options, 'delete');
    return this.#host.delete(this.#full(key));
  }

  async exists(key: string, options?: undefined): Promise<boolean> {
    assertNoOptions(options, 'exists');
    return this.#host.exists(this.#full(key));
  }

  async ttl(key: string, options?: undefined): Promise<number | undefined> {
    assertNoOptions(options, 'ttl');
    return ttlOf(this.#host, this.#full(key));
  }

  async clear(options?: undefined): Promise<number> {
    assertNoOptions(options, 'clear');
    this.#assertOpen();
    return this.#host.clearPrefix(this.#prefix);
  }

  withPrefix(prefix: string): PrefixView {
    this.#assertOpen();
    return new PrefixView(this.#host, this.#prefix + prefix);
  }

  /** Values with notes. @internal */
  get [NOTED](): NotedStore | undefined {
    const noted = notedStoreOf(this.#host);
    if (!noted) return undefined;
    const { leases, make, timeoutMs } = noted;
    return {
      make,
      timeoutMs,
      leases: leases && {
        acquire: async (key, ttlMs) => leases.acquire(this.#full(key), ttlMs),
        renew: (lease) => leases.renew(lease),
        release: (lease) => leases.release(lease),
        listen: (key) => leases.listen(this.#full(key)),
      },
      getNoted: async (key, options) => noted.getNoted(this.#full(key), options),
      setNoted: async (key, value, options) => noted.setNoted(this.#full(key), value, options),
    };
  }

  /** For tags and generations. @internal */
  get [SCOPE](): ScopeStore {
    const scope = scopeOf(this.#host);
    const sweep = scope.sweep;
    return {
      read: (key) => scope.read(this.#full(key)),
      claim: (key, ttlMs) => scope.claim(this.#full(key), ttlMs),
      drop: (key) => scope.drop(this.#full(key)),
      sweep:
        sweep &&
        (({ prefix, spared }) =>
          sweep({ prefix: this.#full(prefix), spared: async () => this.#full(await spared()) })),
    };
  }

  close(): Promise<void> {
    this.#closing ??= this.#host.settle(this.#prefix);
    return this.#closing;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #full(key: unknown): string {
    this.#assertOpen();
    assertKey(key);
    return this.#prefix + key;
  }

  #assertOpen(): void {
    if (this.#closing) throw new OffloopError('ERR_CLOSED', 'the view of the backend was closed');
  }
}

/** Seconds that a backend keeps a key for; `Infinity` where it has no end or cannot tell, `undefined` where it is not there. */
export async function ttlOf(backend: TimedBackend, key: string): Promise<number | undefined> {
  if (backend.ttl) return backend.ttl(key);
  return (await backend.exists(key)) ? Number.POSITIVE_INFINITY : undefined;
}

/** Whether a backend can give a part of its keys away. */
export function isPrefixed<T extends CacheBackend>(backend: T): backend is T & Prefixed {
  return 'withPrefix' in backend && typeof backend.withPrefix === 'function';
}
