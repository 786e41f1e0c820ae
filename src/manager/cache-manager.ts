import { assertNoOptions } from '../backends/arguments.js';
import type { CacheBackend } from '../backends/cache-backend.js';
import type { CallKind, OrderedCalls } from '../backends/ordered-calls.js';
import { isPrefixed } from '../backends/prefix-view.js';
import { scopeOf } from '../backends/scope-store.js';
import { describe, OffloopError } from '../errors.js';
import { Changes } from './changes.js';
import { Entries } from './entries.js';
import type { GenerationBackend } from './generation-backend.js';
import { GetOrSet } from './get-or-set.js';
import type { Factory, GetOrSetOptions, ModuleFactory } from './get-or-set-options.js';
import type { CacheKeyBuilder } from './key-builder.js';
import { assertOwnKey, assertTag, tenantPrefix, versionPrefix } from './layout.js';
import { Lifetime } from './lifetime.js';
import {
  type CacheManagerOptions,
  isInstant,
  type ManagedClearOptions,
  type ManagedSetOptions,
  readSetOptions,
  resolveManagerOptions,
  versionOf,
} from './manager-options.js';
import { type CacheManagerStats, newCounters } from './manager-stats.js';
import type { Workshop } from './production.js';
import { Reclaim } from './reclaim.js';
import type { SchemaOptions, StandardSchema } from './standard-schema.js';
import { Tags } from './tags.js';
import type { TtlPolicy } from './ttl-policy.js';
import { TypedCache } from './typed-cache.js';
import { type Domain, UnderWay } from './under-way.js';

/**
 * A cache with a policy: a backend, plus how keys are made and how long values live. Keys are used as given;
 * `keyBuilder` makes them from content. Rejects with what the backend rejects with, and after `close()` with `ERR_CLOSED`.
 */
export class CacheManager implements AsyncDisposable {
  /** What makes keys from content. */
  readonly keyBuilder: CacheKeyBuilder;
  /** How long values live that are set without a TTL. */
  readonly ttlPolicy: TtlPolicy;
  /** What the keys of this manager are in. */
  readonly #values: CacheBackend;
  readonly #generations: GenerationBackend | undefined;
  readonly #reclaim: Reclaim | undefined;
  readonly #tags: Tags;
  readonly #entries: Entries;
  readonly #workshop: Workshop;
  readonly #getOrSet: GetOrSet;
  readonly #changes: Changes;
  readonly #domain: Domain;
  /** Shared with all views. */
  readonly #calls: OrderedCalls;
  readonly #lifetime: Lifetime;
  #closing: Promise<void> | undefined;

  /**
   * The second parameter is for views of a manager.
   * @throws OffloopError `ERR_OPTION` for an unknown option, a missing backend, or a part of the wrong kind.
   */
  constructor(options: CacheManagerOptions, origin: { readonly tags?: Tags; readonly domain?: Domain } = {}) {
    const { backend, keyBuilder, ttlPolicy, generations } = resolveManagerOptions(options);
    this.#generations = generations;
    this.#reclaim = generations && new Reclaim(() => generations.sweep());
    this.#values = generations ?? backend;
    this.#tags = origin.tags ?? new Tags(scopeOf(backend), generations);
    this.#entries = new Entries(this.#values, this.#tags);
    this.keyBuilder = keyBuilder;
    this.ttlPolicy = ttlPolicy;
    this.#domain = origin.domain ?? { underWay: new UnderWay(backend), prefix: '', tagPrefix: '' };
    const { calls, lifetime } = this.#domain.underWay;
    this.#calls = calls;
    this.#lifetime = origin.domain ? new Lifetime(lifetime) : lifetime;
    this.#workshop = {
      entries: this.#entries,
      ttlPolicy,
      counters: newCounters(),
      domain: this.#domain,
    };
    this.#getOrSet = new GetOrSet(this.#workshop);
    this.#changes = new Changes(this.#domain);
  }

  /** The value, or `undefined` where there is no such key, or it expired or was invalidated. `null` is a value. */
  async get<T = unknown>(key: string, options?: undefined): Promise<T | undefined> {
    const entry = await this.#lifetime.run('read', () => {
      assertNoOptions(options, 'get');
      assertOwnKey(key);
      return this.#onKey(key, 'read', () => this.#entries.read(key));
    });
    this.#workshop.counters[entry ? 'hits' : 'misses']++;
    return entry?.value as T | undefined;
  }

  /**
   * Stores a value for the call's TTL, else for the policy's for the type.
   * Rejects with `ERR_OPTION` for an unknown option, a type or tags that are none, else as the backend does.
   */
  async set(key: string, value: unknown, options: ManagedSetOptions = {}): Promise<void> {
    await this.#lifetime.run('write', () => {
      assertOwnKey(key);
      const { ttl, tags } = readSetOptions(options, this.ttlPolicy);
      return this.#changes.ofKey<unknown>(key, () => {
        if (tags.length > 0) return this.#setTagged(key, value, { ttl, tags });
        return this.#onKey(key, 'write', () => this.#entries.write(key, value, { ttl }));
      });
    });
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
      this.#lifetime.assertOpen('read');
      assertOwnKey(key);
      return this.#getOrSet.run(key, factory, options) as Promise<T>;
    } catch (error) {
      return Promise.reject(error);
    }
  }

  /** What has been done since it was made. */
  stats(): CacheManagerStats {
    return { ...this.#workshop.counters, reclaimFailures: this.#reclaim?.failures ?? 0 };
  }

  /** Removes a key. `true` where it was there; no error where it was not. */
  async delete(key: string, options?: undefined): Promise<boolean> {
    return this.#lifetime.run('write', () => {
      assertNoOptions(options, 'delete');
      assertOwnKey(key);
      return this.#changes.ofKey(key, () => this.#onKey(key, 'write', () => this.#values.delete(key)));
    });
  }

  /** Whether the key is there and has not expired; one that was invalidated by a tag still is. */
  async exists(key: string, options?: undefined): Promise<boolean> {
    return this.#lifetime.run('read', () => {
      assertNoOptions(options, 'exists');
      assertOwnKey(key);
      return this.#onKey(key, 'read', () => this.#values.exists(key));
    });
  }

  /**
   * Outdates every value that was stored with this tag, by one command: when it has resolved no `get` finds one, in whatever
   * process. Rejects with `ERR_OPTION` for what is no tag.
   */
  async invalidate(tag: string, options?: undefined): Promise<void> {
    return this.#lifetime.run('write', () => {
      assertNoOptions(options, 'invalidate');
      assertTag(tag, 'invalidate');
      const { tagPrefix } = this.#domain;
      return this.#changes.ofTag(tag, () => this.#onAll(tagPrefix, () => this.#tags.invalidate(tag)));
    });
  }

  /**
   * Removes every key of the backend, those that other managers set too, and those of tenants. Resolves to how many went: the ids
   * of tags and of the generation are keys as well. With `instant` it takes one command and resolves to 0: no `get` that is called
   * after it finds what was there before, and the keys go in the background. Rejects with `ERR_OPTION` for that without `instantClears`.
   */
  async clear(options?: ManagedClearOptions): Promise<number> {
    return this.#lifetime.run('write', () => {
      const instant = isInstant(options);
      const { prefix } = this.#domain;
      return this.#changes.ofAll(async () => {
        if (!instant) return this.#onAll(prefix, () => this.#values.clear());
        const { generations, reclaim } = this.#instant('clear');
        await this.#calls.runOnAll(prefix, () => generations.clearAtOnce());
        reclaim.start();
        return 0;
      });
    });
  }

  /**
   * Removes what instant clears left behind, also those of processes that have ended, at the pace of the background. Resolves
   * to how many keys went. Rejects with `ERR_OPTION` without `instantClears`.
   */
  async reclaim(options?: undefined): Promise<number> {
    this.#lifetime.assertOpen('write');
    assertNoOptions(options, 'reclaim');
    return this.#instant('reclaim').reclaim.run();
  }

  /**
   * A manager of a tenant's own keys and tags, with the same policies: no two ids share a key, whatever characters they hold.
   * Its `clear` removes its own keys alone, its `close` ends it alone. Throws `ERR_KEY` for an id that is no non-empty,
   * well-formed string, `ERR_OPTION` where the backend has no views, and `ERR_CLOSED`.
   */
  forTenant(id: string): CacheManager {
    this.#lifetime.assertOpen('read');
    const instantClears = this.#generations !== undefined;
    return this.#view(tenantPrefix(id), { instantClears });
  }

  /**
   * A cache of values of one schema, of any library that speaks Standard Schema: what does not pass when it is read is a miss. See
   * docs/schemas.md. Tags and TTLs are those of this manager. Throws `ERR_OPTION` for what is no schema, or no version, and
   * `ERR_CLOSED`.
   */
  schema<Input, Output>(
    schema: StandardSchema<Input, Output>,
    options?: SchemaOptions,
  ): TypedCache<Input, Output> {
    this.#lifetime.assertOpen('read');
    const version = versionOf(schema, options);
    if (version === undefined) return new TypedCache(schema, this);
    const view = this.#view(versionPrefix(version), { instantClears: false, tags: this.#tags });
    return new TypedCache(schema, view);
  }

  /**
   * Refuses what is called from now on, and closes the backend when what was called before has ended; a `getOrSet` that still makes its
   * value is ended. Of a view it ends that view alone. Calling it again is harmless.
   */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  /** The same as `close()`, for `await using`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #close(): Promise<void> {
    const ended = this.#lifetime.end();
    await this.#getOrSet.close();
    await ended;
    await this.#reclaim?.end();
    await this.#getOrSet.whenIdle(() => this.#values.close());
  }

  #view(prefix: string, { instantClears, tags }: { instantClears: boolean; tags?: Tags }): CacheManager {
    const values = this.#values;
    if (!isPrefixed(values))
      throw new OffloopError(
        'ERR_OPTION',
        `backend must have withPrefix() for this, received ${describe(values)}`,
      );
    const { keyBuilder, ttlPolicy } = this;
    const options = { backend: values.withPrefix(prefix), keyBuilder, ttlPolicy, instantClears };
    const fullPrefix = this.#domain.prefix + prefix;
    const { underWay, tagPrefix } = this.#domain;
    const domain = { underWay, prefix: fullPrefix, tagPrefix: tags ? tagPrefix : fullPrefix };
    return new CacheManager(options, tags ? { tags, domain } : { domain });
  }

  /** In its turn on the key, which is at once where nothing is under way. */
  #onKey<T>(key: string, kind: CallKind, work: () => Promise<T>): Promise<T> {
    return this.#calls.isIdle ? work() : this.#calls.run(this.#nameOf(key), kind, work);
  }

  /** The same for all keys that begin with a prefix. */
  #onAll<T>(prefix: string, work: () => Promise<T>): Promise<T> {
    return this.#calls.isIdle ? work() : this.#calls.runOnAll(prefix, work);
  }

  /** By which what is under way on a key is found. */
  #nameOf(key: string): string {
    return this.#domain.prefix + key;
  }

  /** Stamped before it is stored: what is invalidated from then on outdates it. */
  async #setTagged(
    key: string,
    value: unknown,
    { ttl, tags }: { readonly ttl: number; readonly tags: readonly string[] },
  ): Promise<void> {
    const entries = this.#entries;
    if (!entries.keepsNotes)
      throw new OffloopError('ERR_OPTION', 'set: tags need a backend that keeps notes');
    await this.#calls.run(this.#nameOf(key), 'write', async () => {
      const stamps = await entries.stamp(tags);
      const note = {
        createdAt: Date.now(),
        freshUntil: Number.POSITIVE_INFINITY,
        costMs: 0,
        stamps,
        absent: false,
      };
      await entries.write(key, value, { ttl, note });
    });
  }

  #instant(call: string): { readonly generations: GenerationBackend; readonly reclaim: Reclaim } {
    const [generations, reclaim] = [this.#generations, this.#reclaim];
    if (generations && reclaim) return { generations, reclaim };
    throw new OffloopError('ERR_OPTION', `${call}: the manager was made without instantClears`);
  }
}
