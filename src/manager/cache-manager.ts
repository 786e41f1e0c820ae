import type { CacheBackend } from '../backends/cache-backend.js';
import { OrderedCalls } from '../backends/ordered-calls.js';
import { isPrefixed } from '../backends/prefix-view.js';
import { scopeOf } from '../backends/scope-store.js';
import { describe, OffloopError } from '../errors.js';
import { Entries } from './entries.js';
import type { GenerationBackend } from './generation-backend.js';
import type { CacheKeyBuilder } from './key-builder.js';
import { assertOwnKey, assertTag, tenantPrefix } from './layout.js';
import {
  type CacheManagerOptions,
  isInstant,
  type ManagedClearOptions,
  type ManagedSetOptions,
  readSetOptions,
  resolveManagerOptions,
} from './manager-options.js';
import { Reclaim } from './reclaim.js';
import { Tags } from './tags.js';
import type { TtlPolicy } from './ttl-policy.js';

/**
 * A cache with a policy: a backend, plus how keys are made and how long values live. Keys are used as given;
 * `keyBuilder` makes them from content. Rejects with what the backend rejects with.
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
  /** Sets with tags take two steps. What is called on their keys meanwhile waits for them; nothing else passes here. */
  readonly #calls = new OrderedCalls('cache manager');

  /**
   * The second parameter is for views of a manager.
   * @throws OffloopError `ERR_OPTION` for an unknown option, a missing backend, or a part of the wrong kind.
   */
  constructor(options: CacheManagerOptions, origin: { readonly tags?: Tags } = {}) {
    const { backend, keyBuilder, ttlPolicy, generations } = resolveManagerOptions(options);
    this.#generations = generations;
    this.#reclaim = generations && new Reclaim(() => generations.sweep());
    this.#values = generations ?? backend;
    this.#tags = origin.tags ?? new Tags(scopeOf(backend), generations);
    this.#entries = new Entries(this.#values, this.#tags);
    this.keyBuilder = keyBuilder;
    this.ttlPolicy = ttlPolicy;
  }

  /** The value, or `undefined` where there is no such key, or it expired or was invalidated. `null` is a value. */
  async get<T = unknown>(key: string): Promise<T | undefined> {
    assertOwnKey(key);
    const entry = this.#calls.isIdle
      ? await this.#entries.read(key)
      : await this.#calls.run(key, 'read', () => this.#entries.read(key));
    return entry?.value as T | undefined;
  }

  /**
   * Stores a value for the call's TTL, else for the policy's for the type.
   * Rejects with `ERR_OPTION` for an unknown option, a type or tags that are none, else as the backend does.
   */
  async set(key: string, value: unknown, options: ManagedSetOptions = {}): Promise<void> {
    assertOwnKey(key);
    const { ttl, tags } = readSetOptions(options, this.ttlPolicy);
    if (tags.length > 0) return this.#setTagged(key, value, { ttl, tags });
    if (this.#calls.isIdle) return this.#entries.write(key, value, { ttl });
    return this.#calls.run(key, 'write', () => this.#entries.write(key, value, { ttl }));
  }

  /** Removes a key. `true` where it was there; no error where it was not. */
  async delete(key: string): Promise<boolean> {
    assertOwnKey(key);
    if (this.#calls.isIdle) return this.#values.delete(key);
    return this.#calls.run(key, 'write', () => this.#values.delete(key));
  }

  /** Whether the key is there and has not expired; one that was invalidated by a tag still is. */
  async exists(key: string): Promise<boolean> {
    assertOwnKey(key);
    if (this.#calls.isIdle) return this.#values.exists(key);
    return this.#calls.run(key, 'read', () => this.#values.exists(key));
  }

  /**
   * Outdates every value that was stored with this tag, by one command: when it has resolved no `get` finds one, in whatever
   * process. Rejects with `ERR_OPTION` for what is no tag.
   */
  async invalidate(tag: string): Promise<void> {
    assertTag(tag, 'invalidate');
    if (this.#calls.isIdle) return this.#tags.invalidate(tag);
    return this.#calls.runOnAll('', () => this.#tags.invalidate(tag));
  }

  /**
   * Removes every key of the backend, those that other managers set too, and those of tenants. Resolves to how many went.
   * With `instant` it takes one command and resolves to 0: no `get` that is called after it finds what was there before, and
   * the keys go in the background. Rejects with `ERR_OPTION` for that without `instantClears`.
   */
  async clear(options?: ManagedClearOptions): Promise<number> {
    if (!isInstant(options))
      return this.#calls.isIdle ? this.#values.clear() : this.#calls.runOnAll('', () => this.#values.clear());
    const { generations, reclaim } = this.#instant('clear');
    await this.#calls.runOnAll('', () => generations.clearAtOnce());
    reclaim.start();
    return 0;
  }

  /**
   * Removes what instant clears left behind, also those of processes that have ended, at the pace of the background. Resolves
   * to how many keys went. Rejects with `ERR_OPTION` without `instantClears`.
   */
  async reclaim(): Promise<number> {
    return this.#instant('reclaim').reclaim.run();
  }

  /**
   * A manager of a tenant's own keys and tags, with the same policies: no two ids share a key, whatever characters they hold.
   * Its `clear` removes its own keys alone, its `close` ends it alone. Throws `ERR_KEY` for an id that is no non-empty,
   * well-formed string, and `ERR_OPTION` where the backend has no views.
   */
  forTenant(id: string): CacheManager {
    const instantClears = this.#generations !== undefined;
    return this.#view(tenantPrefix(id), { instantClears });
  }

  /** Closes the backend. Calling it again is harmless. */
  async close(): Promise<void> {
    await this.#reclaim?.end();
    return this.#values.close();
  }

  /** The same as `close()`, for `await using`. */
  async [Symbol.asyncDispose](): Promise<void> {
    return this.close();
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
    return new CacheManager(options, tags ? { tags } : {});
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
    await this.#calls.run(key, 'write', async () => {
      const stamps = await entries.stamp(tags);
      const note = { createdAt: Date.now(), freshUntil: Number.POSITIVE_INFINITY, costMs: 0, stamps };
      await entries.write(key, value, { ttl, note });
    });
  }

  #instant(call: string): { readonly generations: GenerationBackend; readonly reclaim: Reclaim } {
    const [generations, reclaim] = [this.#generations, this.#reclaim];
    if (generations && reclaim) return { generations, reclaim };
    throw new OffloopError('ERR_OPTION', `${call}: the manager was made without instantClears`);
  }
}
