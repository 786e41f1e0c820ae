import { asOffloopError, BatchError, type BatchFailure, describe, OffloopError } from '../errors.js';
import type { ClearProgress } from '../redis/scan.js';
import { type RedisBackendEvents, Store } from '../redis/store.js';
import type { RedisBackendStats } from '../stats.js';
import { assertKey, assertKnownOptions, assertStorable, ttlToMilliseconds } from './arguments.js';
import type { CacheBackend, SetOptions } from './cache-backend.js';
import { assertPrefix, type RedisBackendOptions, readConfig, resolveOptions } from './redis-options.js';

/** One entry of `setMany`. */
export interface SetEntry extends SetOptions {
  readonly key: string;
  readonly value: unknown;
}

/** Options of `clear`. */
export interface ClearOptions {
  /** Ends the clear between two steps, with `ERR_ABORTED`; what was removed stays removed. */
  readonly signal?: AbortSignal | undefined;
  /** Told after each step. */
  readonly onProgress?: ((progress: ClearProgress) => void) | undefined;
}

const SET_OPTIONS: ReadonlySet<string> = new Set(['ttl']);
const ENTRY_FIELDS: ReadonlySet<string> = new Set(['key', 'value', 'ttl']);
const CLEAR_OPTIONS: ReadonlySet<string> = new Set(['signal', 'onProgress']);

/**
 * A cache in Redis for values of any size. Small values travel on one pipelined connection; large ones travel over
 * the connections of worker threads, which compress, check and move them, so that the event loop is not kept
 * waiting. It connects when it is first used.
 *
 * On one key the results are those of the calls in their order, awaited or not. Every method rejects with an
 * `OffloopError`; besides those of `CacheBackend`: `ERR_TIMEOUT`, `ERR_CONNECTION`, `ERR_OVERLOADED`, `ERR_AUTH`,
 * `ERR_VALUE_TOO_LARGE` and the other codes of `ErrorCode`.
 */
export class RedisBackend implements CacheBackend {
  readonly #store: Store;
  readonly #prefix: string;
  readonly #allowFlush: boolean;
  readonly #isView: boolean;
  #closing: Promise<void> | undefined;

  /**
   * Throws `ERR_OPTION`, `ERR_URL`, `ERR_KEY`, `ERR_COMPRESSION` or `ERR_MISSING_PACKAGE` for options that cannot be
   * used. The second parameter is for `fromConfig` and `withPrefix`.
   */
  constructor(options?: RedisBackendOptions, origin: BackendOrigin = {}) {
    const { parent } = origin;
    if (parent) {
      this.#store = parent.#store;
      this.#prefix = parent.#prefix + (origin.prefix ?? '');
      this.#allowFlush = parent.#allowFlush;
    } else {
      const resolved = resolveOptions(options, origin.file);
      this.#store = new Store(resolved);
      this.#prefix = resolved.keyPrefix;
      this.#allowFlush = resolved.allowFlush;
    }
    this.#isView = parent !== undefined;
  }

  /**
   * A backend by a JSON file that holds the options (except functions, which no option is). `overrides` come before
   * the file, the file before the environment (`OFFLOOP_*`). Throws as the constructor does, and `ERR_OPTION` where
   * the file cannot be read.
   */
  static fromConfig(path: string | URL, overrides?: RedisBackendOptions): RedisBackend {
    return new RedisBackend(overrides, { file: readConfig(path) });
  }

  /** The value, or `undefined` where there is no such key or it expired. `null` is a value. */
  get<T = unknown>(key: string): Promise<T | undefined> {
    try {
      return this.#store.get(this.#physical(key)) as Promise<T | undefined>;
    } catch (error) {
      return Promise.reject(error);
    }
  }

  /**
   * Stores a value, replacing any earlier one and its TTL. Without `ttl` it does not expire. The value is encoded
   * before the call returns; with `offload.encode: 'always'` it must not be changed until the promise resolves.
   */
  set(key: string, value: unknown, options?: SetOptions): Promise<void> {
    try {
      const physical = this.#physical(key);
      if (options !== undefined) assertKnownOptions(options, SET_OPTIONS, 'set');
      const ttlMs = ttlToMilliseconds(options?.ttl);
      assertStorable(value);
      return this.#store.set(physical, value, { ttlMs, snapshot: false, contentType: undefined });
    } catch (error) {
      return Promise.reject(error);
    }
  }

  /** Removes a key. `true` where it was there; no error where it was not. */
  async delete(key: string): Promise<boolean> {
    return this.#store.delete(this.#physical(key));
  }

  /** Whether the key is there and has not expired. */
  async exists(key: string): Promise<boolean> {
    return this.#store.exists(this.#physical(key));
  }

  /** Seconds that a key has left; `Infinity` where it does not expire, `undefined` where it is not there. */
  async ttl(key: string): Promise<number | undefined> {
    const left = await this.#store.ttl(this.#physical(key));
    if (left === -1) return Number.POSITIVE_INFINITY;
    return left < 0 ? undefined : left / 1000;
  }

  /** Gives a key a new TTL, in seconds. `false` where there is no such key. Rejects with `ERR_TTL`. */
  async touch(key: string, ttl: number): Promise<boolean> {
    const physical = this.#physical(key);
    const ttlMs = ttlToMilliseconds(ttl);
    if (ttlMs === undefined)
      throw new OffloopError('ERR_TTL', 'touch needs a ttl in seconds, received undefined');
    return this.#store.touch(physical, ttlMs);
  }

  /** The values of some keys, in their order. Rejects with a `BatchError` where a key failed. */
  async getMany<T = unknown>(keys: Iterable<string>): Promise<(T | undefined)[]> {
    return this.#batch('getMany', listOf(keys, 'getMany'), identity, (key) => this.get<T>(key));
  }

  /**
   * Stores many values, in one pipeline where they are small. `options.ttl` holds for entries without a `ttl` of
   * their own. Rejects with a `BatchError` that names the entries that failed; all others stand.
   */
  async setMany(entries: Iterable<SetEntry>, options?: SetOptions): Promise<void> {
    if (options !== undefined) assertKnownOptions(options, SET_OPTIONS, 'setMany');
    const shared = options?.ttl;
    ttlToMilliseconds(shared);
    await this.#batch(
      'setMany',
      listOf(entries, 'setMany'),
      (entry) => entry?.key,
      async (entry) => {
        if (typeof entry !== 'object' || entry === null) {
          throw new OffloopError(
            'ERR_OPTION',
            `setMany: an entry must be { key, value, ttl? }, received ${describe(entry)}`,
          );
        }
        assertKnownOptions(entry, ENTRY_FIELDS, 'setMany: an entry');
        await this.set(entry.key, entry.value, { ttl: entry.ttl ?? shared });
      },
    );
  }

  /** Removes many keys. Resolves to how many were there. Rejects with a `BatchError` where a key failed. */
  async deleteMany(keys: Iterable<string>): Promise<number> {
    const found = await this.#batch('deleteMany', listOf(keys, 'deleteMany'), identity, (key) =>
      this.delete(key),
    );
    return found.filter(Boolean).length;
  }

  /**
   * Removes the keys that begin with exactly this backend's prefix, by SCAN and UNLINK, and no other; without a
   * prefix it empties the database (`FLUSHDB ASYNC`), or rejects with `ERR_FLUSH_FORBIDDEN` under
   * `allowFlush: false`. Resolves to how many keys went. It has no time limit as a whole, only step by step; calls
   * on the same keys that come after it wait for it.
   */
  async clear(options?: ClearOptions): Promise<number> {
    this.#assertOpen();
    assertClearOptions(options);
    if (this.#prefix === '' && !this.#allowFlush) {
      throw new OffloopError(
        'ERR_FLUSH_FORBIDDEN',
        'clear() without a key prefix would empty the database: allowFlush is false',
      );
    }
    return this.#store.clear({
      prefix: this.#prefix,
      signal: options?.signal,
      onProgress: options?.onProgress,
    });
  }

  /** A view whose keys have a further prefix. It shares connections, threads and counters, and costs nothing. */
  withPrefix(prefix: string): RedisBackend {
    this.#assertOpen();
    assertPrefix(prefix);
    return new RedisBackend(undefined, { parent: this, prefix });
  }

  /** What has been done, and what is under way. Views count together with their origin. */
  stats(): RedisBackendStats {
    return this.#store.stats();
  }

  /** Listens to an event: `connect`, `disconnect`, `connectionError`, `corrupt`. */
  on<E extends keyof RedisBackendEvents>(event: E, listener: (...args: RedisBackendEvents[E]) => void): this {
    this.#store.events.on(event, listener as (...args: unknown[]) => void);
    return this;
  }

  /** Stops listening. */
  off<E extends keyof RedisBackendEvents>(
    event: E,
    listener: (...args: RedisBackendEvents[E]) => void,
  ): this {
    this.#store.events.off(event, listener as (...args: unknown[]) => void);
    return this;
  }

  /**
   * Waits for what was called before, then ends connections and threads; calls after it reject with `ERR_CLOSED`.
   * Calling it again is harmless. On a view it ends the view alone; on the origin, its views with it.
   */
  close(): Promise<void> {
    this.#closing ??= this.#end();
    return this.#closing;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #end(): Promise<void> {
    if (!this.#isView) await this.#store.close();
    else if (!this.#store.closed) await this.#store.settle(this.#prefix);
  }

  #physical(key: unknown): string {
    this.#assertOpen();
    assertKey(key);
    return this.#prefix + key;
  }

  #assertOpen(): void {
    if (this.#closing || this.#store.closed) throw new OffloopError('ERR_CLOSED', 'the backend was closed');
  }

  async #batch<I, T>(
    name: string,
    items: readonly I[],
    keyOf: (item: I) => unknown,
    one: (item: I) => Promise<T>,
  ): Promise<T[]> {
    this.#assertOpen();
    // All begin in the same turn of the event loop, so that small ones leave in one pipeline.
    const results = await Promise.allSettled(items.map(one));
    const failures: BatchFailure[] = [];
    const values: T[] = [];
    for (const [index, result] of results.entries()) {
      if (result.status === 'fulfilled') values.push(result.value);
      else {
        const key = keyOf(items[index] as I);
        const error = asOffloopError(result.reason, 'ERR_SERVER', 'an unexpected failure');
        failures.push({ key: typeof key === 'string' ? key : `[${index}] ${describe(key)}`, error });
      }
    }
    if (failures.length > 0) throw new BatchError(name, items.length, failures);
    return values;
  }
}

/** Where a backend comes from, if not from its options alone. @internal */
export interface BackendOrigin {
  readonly parent?: RedisBackend;
  readonly prefix?: string;
  readonly file?: Record<string, unknown>;
}

function assertClearOptions(options: ClearOptions | undefined): void {
  assertKnownOptions(options, CLEAR_OPTIONS, 'clear');
  const { signal, onProgress } = options ?? {};
  if (signal !== undefined && !(signal instanceof AbortSignal)) {
    throw new OffloopError(
      'ERR_OPTION',
      `clear: signal must be an AbortSignal, received ${describe(signal)}`,
    );
  }
  if (onProgress !== undefined && typeof onProgress !== 'function') {
    throw new OffloopError(
      'ERR_OPTION',
      `clear: onProgress must be a function, received ${describe(onProgress)}`,
    );
  }
}

function identity<T>(item: T): T {
  return item;
}

function listOf<T>(items: Iterable<T>, where: string): T[] {
  if (typeof items !== 'string' && typeof items?.[Symbol.iterator] === 'function') return [...items];
  throw new OffloopError('ERR_OPTION', `${where} needs a list, received ${describe(items)}`);
}
