import { assertKnownOptions } from '../backends/arguments.js';
import type { CacheBackend } from '../backends/cache-backend.js';
import { describe, OffloopError } from '../errors.js';
import { Entries } from './entries.js';
import { GetOrSet } from './get-or-set.js';
import type { Factory, GetOrSetOptions, ModuleFactory } from './get-or-set-options.js';
import { CacheKeyBuilder } from './key-builder.js';
import { type CacheManagerStats, newCounters } from './manager-stats.js';
import type { Workshop } from './production.js';
import { TtlPolicy } from './ttl-policy.js';

/** Options of {@link CacheManager}. */
export interface CacheManagerOptions {
  /** Where values are kept. The manager's `close()` closes it. */
  readonly backend: CacheBackend;
  /**
   * What makes keys from content.
   * @default new CacheKeyBuilder()
   */
  readonly keyBuilder?: CacheKeyBuilder | undefined;
  /**
   * How long values live that are set without a TTL.
   * @default new TtlPolicy()
   */
  readonly ttlPolicy?: TtlPolicy | undefined;
}

/** Options of one `set` of a {@link CacheManager}. */
export interface ManagedSetOptions {
  /**
   * Time to live in seconds, as of the backend; `Infinity` means for ever.
   * @default what the policy has for the type
   */
  readonly ttl?: number | undefined;
  /**
   * What is cached, for the policy: a non-empty string.
   * @default 'response'
   */
  readonly type?: string | undefined;
}

const OPTIONS: ReadonlySet<string> = new Set([
  'backend',
  'keyBuilder',
  'ttlPolicy',
] satisfies (keyof CacheManagerOptions)[]);
const SET_OPTIONS: ReadonlySet<string> = new Set(['ttl', 'type'] satisfies (keyof ManagedSetOptions)[]);
const BACKEND_METHODS = ['get', 'set', 'delete', 'exists', 'clear', 'close'] satisfies (keyof CacheBackend)[];

/**
 * A cache with a policy: a backend, plus how keys are made and how long values live. Keys are used as given;
 * `keyBuilder` makes them from content. Rejects with what the backend rejects with.
 */
export class CacheManager implements AsyncDisposable {
  /** What makes keys from content. */
  readonly keyBuilder: CacheKeyBuilder;
  /** How long values live that are set without a TTL. */
  readonly ttlPolicy: TtlPolicy;
  readonly #backend: CacheBackend;
  readonly #workshop: Workshop;
  readonly #getOrSet: GetOrSet;

  /** @throws OffloopError `ERR_OPTION` for an unknown option, a missing backend, or a part of the wrong kind. */
  constructor(options: CacheManagerOptions) {
    assertKnownOptions(options ?? null, OPTIONS, 'CacheManager');
    const { backend, keyBuilder = new CacheKeyBuilder(), ttlPolicy = new TtlPolicy() } = options;
    assertHas(backend, BACKEND_METHODS, 'backend');
    assertHas(keyBuilder, ['build'], 'keyBuilder');
    assertHas(ttlPolicy, ['ttlFor'], 'ttlPolicy');
    this.#backend = backend;
    this.keyBuilder = keyBuilder;
    this.ttlPolicy = ttlPolicy;
    this.#workshop = { entries: new Entries(backend), ttlPolicy, counters: newCounters() };
    this.#getOrSet = new GetOrSet(this.#workshop);
  }

  /** The value, or `undefined` where there is no such key or it expired. `null` is a value. */
  async get<T = unknown>(key: string): Promise<T | undefined> {
    const entry = await this.#workshop.entries.read(key);
    this.#workshop.counters[entry ? 'hits' : 'misses']++;
    return entry?.value as T | undefined;
  }

  /**
   * Stores a value for the call's TTL, else for the policy's for the type.
   * Rejects with `ERR_OPTION` for an unknown option or a type that is no non-empty string, else as the backend does.
   */
  async set(key: string, value: unknown, options: ManagedSetOptions = {}): Promise<void> {
    assertKnownOptions(options, SET_OPTIONS, 'set');
    const { type = 'response' } = options;
    if (typeof type !== 'string' || type === '') {
      throw new OffloopError(
        'ERR_OPTION',
        `set: type must be a non-empty string, received ${describe(type)}`,
      );
    }
    const ttl = options.ttl === undefined ? this.ttlPolicy.ttlFor(type) : options.ttl;
    this.#getOrSet.supersede(key);
    await this.#workshop.entries.write(key, value, { ttl });
  }

  /**
   * The value, or what the factory makes of it, which is stored. Callers who ask for one key at the same time share one fetch, one
   * decoding and one call of the factory, and get the same object; with a `RedisBackend`, alone or as the second layer of a
   * `TieredBackend`, one process at a time calls it. See docs/get-or-set.md.
   *
   * Rejects with what the factory throws, as it is; with `ERR_FACTORY_TIMEOUT`, `ERR_ABORTED`, `ERR_OPTION`, `ERR_TTL` and
   * `ERR_KEY`; with `ERR_VALUE` for a value that cannot be stored; and with `ERR_CLOSED`. A backend that fails or does not
   * answer does not fail the call: the factory is called, and `stats().failures` counts it.
   */
  getOrSet<T>(key: string, factory: Factory<T> | ModuleFactory, options?: GetOrSetOptions<T>): Promise<T> {
    try {
      return this.#getOrSet.run(key, factory, options) as Promise<T>;
    } catch (error) {
      return Promise.reject(error);
    }
  }

  /** What has been done since it was made. */
  stats(): CacheManagerStats {
    return { ...this.#workshop.counters };
  }

  /** Removes a key. `true` where it was there; no error where it was not. */
  async delete(key: string): Promise<boolean> {
    this.#getOrSet.supersede(key);
    return this.#backend.delete(key);
  }

  /** Whether the key is there and has not expired. */
  async exists(key: string): Promise<boolean> {
    return this.#backend.exists(key);
  }

  /** Removes every key of the backend, those that other managers set too. Resolves to how many went. */
  async clear(): Promise<number> {
    this.#getOrSet.supersedeAll();
    return this.#backend.clear();
  }

  /** Closes the backend. Calling it again is harmless. */
  async close(): Promise<void> {
    this.#getOrSet.close();
    return this.#backend.close();
  }

  /** The same as `close()`, for `await using`. */
  async [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}

function assertHas(part: unknown, methods: readonly string[], name: string): void {
  const missing = methods.find(
    (method) => typeof part !== 'object' || part === null || typeof Reflect.get(part, method) !== 'function',
  );
  if (missing !== undefined) {
    throw new OffloopError(
      'ERR_OPTION',
      `${name} must have a method ${missing}(), received ${describe(part)}`,
    );
  }
}
