import { OffloopError } from '../errors.js';
import { spanOf } from '../frame/note.js';
import {
  assertKey,
  assertKnownOptions,
  assertNoOptions,
  assertStorable,
  ttlToMilliseconds,
} from './arguments.js';
import type { CacheBackend, SetOptions } from './cache-backend.js';
import { FirstLayer } from './first-layer.js';
import { NearCache, type Trust } from './near-cache.js';
import { NOTED, type NotedStore, type NotedValue, notedStoreOf, timeoutOf } from './noted-store.js';
import { type CallKind, OrderedCalls } from './ordered-calls.js';
import { isPrefixed, type Prefixed, PrefixView, type TimedBackend, ttlOf } from './prefix-view.js';
import { PlainScope, SCOPE, type ScopeStore, scopeOf } from './scope-store.js';
import type { Flight } from './tiered-flight.js';
import { resolveTieredOptions, type TieredBackendOptions } from './tiered-options.js';
import type { TieredBackendStats } from './tiered-stats.js';

const SET_OPTIONS: ReadonlySet<string> = new Set(['ttl'] satisfies (keyof SetOptions)[]);

/**
 * Two layers: a small fast one, as a rule in memory, before a large one, as a rule Redis. A get asks the first, then the
 * second, and keeps what it finds there in the first; callers who ask for one key at the same time cause one read of it. A
 * write goes to the second layer, and to the first where no other process could have changed the key meanwhile. With a `RedisBackend` as
 * the second layer the first is kept right across processes (docs/near-cache.md). What the second layer rejects with, this
 * rejects with; the first layer's failures are counted, and nobody else's.
 */
export class TieredBackend implements CacheBackend, Prefixed {
  readonly #first: FirstLayer;
  readonly #second: TimedBackend;
  /** Values go between the layers with their notes, where both keep such. */
  readonly #noted: NotedStore | undefined;
  readonly #l1TtlMs: number;
  readonly #near: NearCache | undefined;
  readonly #calls: OrderedCalls;
  /** Reads that may be joined, by their keys. */
  readonly #flights = new Map<string, Flight>();
  readonly #counts = { l1Hits: 0, l2Hits: 0, misses: 0, joined: 0 };
  #closing: Promise<void> | undefined;

  /** @throws OffloopError `ERR_OPTION` for an unknown option or one out of its bounds, `ERR_TTL` for `l1Ttl`. */
  constructor(options: TieredBackendOptions) {
    const { l1, l2, l1TtlMs, near } = resolveTieredOptions(options);
    this.#first = new FirstLayer(l1);
    this.#second = l2;
    this.#calls = new OrderedCalls('tiered backend', timeoutOf(l2));
    this.#noted = this.#first.keepsNotes ? notedStoreOf(l2) : undefined;
    this.#l1TtlMs = l1TtlMs;
    this.#near =
      near && new NearCache(near.redis, near.maxStaleMs, { invalidated: (keys) => this.#invalidate(keys) });
  }

  /** The value, or `undefined` where there is no such key or it expired. `null` is a value. */
  async get<T = unknown>(key: string, options?: undefined): Promise<T | undefined> {
    assertNoOptions(options, 'get');
    const found = await this.#onKey(key, 'read', () => this.#read(key));
    return found?.value as T | undefined;
  }

  /**
   * Stores a value in the second layer, replacing any earlier one together with its TTL, and in the first. The value must not
   * be changed until the promise resolves. Rejects as the second layer does.
   */
  async set(key: string, value: unknown, options?: SetOptions): Promise<void> {
    assertKnownOptions(options, SET_OPTIONS, 'set');
    const store = async (): Promise<boolean> => {
      await this.#second.set(key, value, options);
      return true;
    };
    await this.#write(key, { value }, { ttl: options?.ttl, store });
  }

  /** Values with notes. @internal */
  get [NOTED](): NotedStore | undefined {
    const second = this.#noted;
    return (
      second && {
        getNoted: async (key) => this.#onKey(key, 'read', () => this.#read(key)),
        timeoutMs: second.timeoutMs,
        leases: second.leases,
        make: second.make,
        setNoted: (key, value, options) => {
          const note = options.note && spanOf(options.note);
          const store = (): Promise<boolean> => second.setNoted(key, value, options);
          return this.#write(key, { value, note }, { ttl: options.ttl, store });
        },
      }
    );
  }

  /** Removes a key from both layers. `true` where it was there; no error where it was not. */
  async delete(key: string, options?: undefined): Promise<boolean> {
    assertNoOptions(options, 'delete');
    return this.#onKey(key, 'write', () => {
      this.#invalidate([key]);
      return this.#second.delete(key);
    });
  }

  /** Whether the second layer has the key, and it has not expired. */
  async exists(key: string, options?: undefined): Promise<boolean> {
    assertNoOptions(options, 'exists');
    return this.#onKey(key, 'read', () => this.#second.exists(key));
  }

  /** Seconds that the second layer keeps a key for; `Infinity` where it has no end or cannot tell, `undefined` where it is not there. */
  async ttl(key: string, options?: undefined): Promise<number | undefined> {
    assertNoOptions(options, 'ttl');
    return this.#onKey(key, 'read', () => ttlOf(this.#second, key));
  }

  /** Removes every key of both layers. Resolves to how many went from the second. */
  async clear(options?: undefined): Promise<number> {
    assertNoOptions(options, 'clear');
    this.#calls.assertOpen();
    return this.#calls.runOnAll('', async () => {
      this.#invalidate(undefined);
      return this.#second.clear();
    });
  }

  /** Removes the keys of both layers that begin with a prefix, and no other of the second. @internal */
  async clearPrefix(prefix: string): Promise<number> {
    return this.#calls.runOnAll(prefix, async () => {
      // The first layer may be without any of its entries: it loses all of them, which costs a read each.
      this.#invalidate(undefined);
      return isPrefixed(this.#second) ? this.#second.withPrefix(prefix).clear() : 0;
    });
  }

  /** Resolves when what was called before on keys with this prefix has ended. @internal */
  settle(prefix: string): Promise<void> {
    return this.#calls.closed ? Promise.resolve() : this.#calls.runOnAll(prefix, () => {});
  }

  /** A view whose keys have a further prefix. Throws `ERR_OPTION` where the second layer gives none. @internal */
  withPrefix(prefix: string): PrefixView {
    this.#calls.assertOpen();
    if (isPrefixed(this.#second)) return new PrefixView(this, prefix);
    throw new OffloopError('ERR_OPTION', 'l2 must have withPrefix() for a part of a tiered cache');
  }

  /** For tags and generations: marks are read by the first layer, as values are, and made in the second. @internal */
  get [SCOPE](): ScopeStore {
    const { read, drop } = new PlainScope(this);
    const second = scopeOf(this.#second);
    return { read, drop, claim: (key, ttlMs) => second.claim(key, ttlMs), sweep: second.sweep };
  }

  /** What has been done, and how far the first layer is trusted now. */
  stats(): TieredBackendStats {
    const { invalidations = 0, losses = 0 } = this.#near?.counts ?? {};
    return {
      ...this.#counts,
      l1Failures: this.#first.failures,
      trust: this.#near?.trust ?? 'local',
      invalidations,
      trackingLosses: losses,
    };
  }

  /** Waits for what was called before, then closes both layers. Calling it again is harmless. */
  close(): Promise<void> {
    this.#closing ??= this.#calls.close(async () => {
      this.#near?.close();
      await Promise.all([this.#first.close(), this.#second.close()]);
    });
    return this.#closing;
  }

  /** The same as `close()`, for `await using`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #write(
    key: string,
    given: NotedValue,
    { ttl, store }: { readonly ttl: number | undefined; store(): Promise<boolean> },
  ): Promise<boolean> {
    this.#assertKey(key);
    const ttlMs = ttlToMilliseconds(ttl) ?? Number.POSITIVE_INFINITY;
    assertStorable(given.value);
    return this.#calls.run(key, 'write', async () => {
      this.#invalidate([key]);
      const isStored = await store();
      // With a near cache Redis tells of this write too, and would have it removed again at once.
      const keeps = isStored && !this.#near;
      if (keeps) await this.#first.put(key, given, { ttl: Math.min(ttlMs, this.#l1TtlMs) / 1000 });
      return isStored;
    });
  }

  async #read(key: string): Promise<NotedValue | undefined> {
    if (this.#trust === 'none') return this.#first.conform(await this.#fromSecond(key));
    const kept = await this.#first.get(key);
    if (kept !== undefined) {
      this.#counts.l1Hits++;
      return kept;
    }
    const flight = this.#flights.get(key);
    if (flight && !this.#isTooOld(flight)) return this.#join(key, flight);
    return this.#take(key);
  }

  /** Another caller reads it already. Each gets what the first layer gives it: nobody shares an object by accident. */
  async #join(key: string, flight: Flight): Promise<NotedValue | undefined> {
    this.#counts.joined++;
    if ((await flight.landed) === undefined) return undefined;
    const kept = await this.#first.get(key);
    return kept ?? this.#first.conform(await this.#get(key));
  }

  #take(key: string): Promise<NotedValue | undefined> {
    const startedAt = performance.now();
    const trust = this.#trust;
    const landed = this.#fromSecond(key).then((found) =>
      found === undefined || trust === 'none' ? this.#first.conform(found) : this.#keep(key, found, flight),
    );
    const flight: Flight = { startedAt, landed, stale: trust === 'none' };
    this.#flights.set(key, flight);
    const leave = (): void => {
      if (this.#flights.get(key) === flight) this.#flights.delete(key);
    };
    landed.then(leave, leave);
    return landed;
  }

  /** Puts what was read into the first layer, unless the key may have changed since the read began. */
  async #keep(key: string, found: NotedValue, flight: Flight): Promise<NotedValue> {
    const left = await this.#left(key);
    const age = performance.now() - flight.startedAt;
    const bound = this.#trust === 'bounded' ? (this.#near?.maxStaleMs ?? 0) - age : this.#l1TtlMs;
    const ttlMs = Math.min(left * 1000, this.#l1TtlMs, bound);
    // Looked at last: whatever makes it stale from here on removes it from the first layer, after this put it there.
    if (flight.stale || ttlMs < 1) return this.#first.conform(found);
    await this.#first.adopt(key, found, { ttl: ttlMs / 1000 });
    return found;
  }

  /** Seconds that the second layer keeps a key for; none where it fails to say so. What it gave of the key stands. */
  async #left(key: string): Promise<number> {
    if (!this.#second.ttl) return Number.POSITIVE_INFINITY;
    try {
      return (await this.#second.ttl(key)) ?? 0;
    } catch {
      this.#first.failed();
      return 0;
    }
  }

  async #fromSecond(key: string): Promise<NotedValue | undefined> {
    const found = await this.#get(key);
    this.#counts[found === undefined ? 'misses' : 'l2Hits']++;
    return found;
  }

  async #get(key: string): Promise<NotedValue | undefined> {
    if (this.#noted) return this.#noted.getNoted(key, {});
    const value = await this.#second.get(key);
    return value === undefined ? undefined : { value };
  }

  /** What is in the first layer, or on its way there, under these keys, or under all, must not be seen any more. */
  #invalidate(keys: readonly string[] | undefined): void {
    if (keys === undefined) {
      for (const flight of this.#flights.values()) flight.stale = true;
      this.#flights.clear();
      this.#first.drop();
      return;
    }
    for (const key of keys) {
      const flight = this.#flights.get(key);
      if (flight) flight.stale = true;
      this.#flights.delete(key);
      this.#first.remove(key);
    }
  }

  /** Whoever joined it might get what has been outdated for longer than promised. */
  #isTooOld({ startedAt }: Flight): boolean {
    return this.#trust === 'bounded' && performance.now() - startedAt >= (this.#near?.maxStaleMs ?? 0) / 2;
  }

  get #trust(): Trust | 'local' {
    return this.#near?.trust ?? 'local';
  }

  #onKey<T>(key: string, kind: CallKind, work: () => T | Promise<T>): Promise<T> {
    this.#assertKey(key);
    return this.#calls.run(key, kind, work);
  }

  #assertKey(key: unknown): asserts key is string {
    this.#calls.assertOpen();
    assertKey(key);
  }
}
