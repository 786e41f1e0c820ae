import { rawCodec } from '../codec/raw.js';
import { OffloopError } from '../errors.js';
import type { ChunkSource } from '../redis/chunk-source.js';
import { type RedisBackendEvents, Store } from '../redis/store.js';
import type { Tracking, TrackingListener } from '../redis/tracking.js';
import type { StoredEntry } from '../redis/writes.js';
import type { RedisBackendStats } from '../stats.js';
import { assertKey, assertStorable, ttlToMilliseconds } from './arguments.js';
import { runBatch } from './batch.js';
import { bytesGiven, mapTarget, readBytesOptions } from './byte-arguments.js';
import type { CacheBackend } from './cache-backend.js';
import { CachedValue } from './cached-value.js';
import { NOTED, type NotedStore } from './noted-store.js';
import {
  assertEntry,
  type BackendOrigin,
  type BatchCall,
  type BytesOptions,
  type CallOptions,
  type ClearOptions,
  flushForbidden,
  type GetOptions,
  partOfCall,
  type RedisSetOptions,
  readClearOptions,
  requiredTtl,
  type SetEntry,
  signalOf,
  snapshotOf,
} from './redis-arguments.js';
import { RedisNoted } from './redis-noted.js';
import { assertPrefix, type RedisBackendOptions, readConfig, resolveOptions } from './redis-options.js';

/**
 * A cache in Redis for values of any size. Small values travel on one pipelined connection; large ones travel over
 * the connections of worker threads, which compress, check and move them, so that the event loop is not kept
 * waiting. It connects when it is first used.
 *
 * On one key the results are those of the calls in their order, awaited or not. Every method rejects with an
 * `OffloopError`; besides those of `CacheBackend`: `ERR_TIMEOUT`, `ERR_CONNECTION`, `ERR_OVERLOADED`, `ERR_AUTH`,
 * `ERR_VALUE_TOO_LARGE` and the other codes of `ErrorCode`. Each call takes a `signal`: when it fires, the call rejects
 * at once with `ERR_ABORTED`, and what was not sent yet never is. Options that a call does not take are `ERR_OPTION`.
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

  /** The value, or `undefined` where there is no such key, or it expired. With `select` and `slice` a part of it alone. */
  get<T = unknown>(key: string, options?: GetOptions): Promise<T | undefined> {
    try {
      const physical = this.#physical(key);
      const signal = signalOf(options, 'get');
      const part = options && partOfCall(options);
      if (part) return this.#store.getPart({ key: physical, ...part }, signal) as Promise<T | undefined>;
      return this.#store.get(physical, signal) as Promise<T | undefined>;
    } catch (error) {
      return Promise.reject(error);
    }
  }

  /**
   * Stores a value, replacing any earlier one and its TTL. Without `ttl` it does not expire. A large value is encoded
   * in slices, with turns of the event loop between them: it must not be changed until the promise resolves, or is
   * refused with `ERR_VALUE` or stored with some of the changes. `snapshot: true` has it encoded before the call
   * returns, however long that takes (not with `offload.encode: 'always'`).
   */
  set(key: string, value: unknown, options?: RedisSetOptions): Promise<void> {
    try {
      return this.#put(
        { key, value, ttl: options?.ttl },
        { signal: signalOf(options, 'set'), snapshot: snapshotOf(options) },
      );
    } catch (error) {
      return Promise.reject(error);
    }
  }

  /**
   * Opens a value without getting it: `undefined` where there is no such key. The handle gives it in parts, in other forms or
   * as a stream, by workers, whatever `offload` says.
   */
  async open(key: string, options?: CallOptions): Promise<CachedValue | undefined> {
    const { handles } = this.#store;
    const opened = await handles.open(this.#physical(key), signalOf(options, 'open'));
    return opened && new CachedValue({ handles, opened, assertOpen: () => this.#assertOpen() });
  }

  /**
   * Stores bytes as they are, with a content type that `open` gives back; `get` gives them as a Buffer. They are copied in
   * slices: they must not be changed until the promise resolves. Rejects with `ERR_VALUE` where these are no bytes.
   */
  async setBytes(key: string, bytes: Uint8Array | ArrayBuffer, options?: BytesOptions): Promise<void> {
    const entry = { key: this.#physical(key), value: bytesGiven(bytes), snapshot: false, codec: rawCodec };
    await this.#store.writes.set({ ...entry, ...readBytesOptions(options, 'setBytes') });
  }

  /**
   * Stores the bytes of a stream, or of another iterable of chunks, as `setBytes` does. They are held in memory until the last
   * has come; only then the value takes its place in the order of calls on the key, and `timeoutMs` begins. Rejects with
   * `ERR_VALUE` where the source fails. A source that is not read to its end is told to end.
   */
  async setStream(key: string, source: ChunkSource, options?: BytesOptions): Promise<void> {
    const how = readBytesOptions(options, 'setStream');
    await this.#store.writes.setStream({ key: this.#physical(key), source, ...how });
  }

  /**
   * What a function of yours returns for a value: a worker calls the export of the module (a `file:` URL) with it and `args`,
   * and sends the result alone. `undefined` where there is no such key. Rejects with `ERR_MAP` where the function is not
   * there or throws, and with `ERR_VALUE` where arguments or result cannot be sent. No code comes from Redis.
   */
  async map<T = unknown>(
    key: string,
    module: string | URL,
    exportName: string,
    args: readonly unknown[] = [],
    options?: CallOptions,
  ): Promise<T | undefined> {
    const call = { key: this.#physical(key), ...mapTarget(module, exportName, args) };
    return (await this.#store.handles.map(call, signalOf(options, 'map'))) as T | undefined;
  }

  /** Removes a key. `true` where it was there; no error where it was not. */
  async delete(key: string, options?: CallOptions): Promise<boolean> {
    return this.#store.delete(this.#physical(key), signalOf(options, 'delete'));
  }

  /** Whether the key is there and has not expired. */
  async exists(key: string, options?: CallOptions): Promise<boolean> {
    return this.#store.exists(this.#physical(key), signalOf(options, 'exists'));
  }

  /** Seconds that a key has left; `Infinity` where it does not expire, `undefined` where it is not there. */
  async ttl(key: string, options?: CallOptions): Promise<number | undefined> {
    return this.#store.ttl(this.#physical(key), signalOf(options, 'ttl'));
  }

  /** Gives a key a new TTL, in seconds. `false` where there is no such key. Rejects with `ERR_TTL`. */
  async touch(key: string, ttl: number, options?: CallOptions): Promise<boolean> {
    const physical = this.#physical(key);
    return this.#store.touch({ key: physical, ttlMs: requiredTtl(ttl), signal: signalOf(options, 'touch') });
  }

  /**
   * The values of some keys, in their order. Rejects with a `BatchError` where a key failed, and with one
   * `ERR_ABORTED` for all of them where the signal fired.
   */
  async getMany<T = unknown>(keys: Iterable<string>, options?: CallOptions): Promise<(T | undefined)[]> {
    const run = (key: string): Promise<T | undefined> => this.get<T>(key, options);
    return runBatch({ call: 'getMany', list: keys, options, writes: false, admit: this.#admit, run });
  }

  /**
   * Stores many values, in one pipeline where they are small. `options.ttl` holds for entries without a `ttl` of
   * their own. Rejects with a `BatchError` that names the entries that failed; all others stand. Where the signal
   * fired it rejects with one `ERR_ABORTED`: entries may have been stored or not.
   */
  async setMany(entries: Iterable<SetEntry>, options?: RedisSetOptions): Promise<void> {
    const { ttl: shared, signal } = options ?? {};
    const snapshot = snapshotOf(options);
    ttlToMilliseconds(shared);
    const run = async (entry: SetEntry): Promise<void> => {
      assertEntry(entry);
      const { key, value, ttl = shared } = entry;
      await this.#put({ key, value, ttl }, { signal, snapshot });
    };
    const keyOf = (entry: SetEntry): unknown => entry?.key;
    await runBatch({ call: 'setMany', list: entries, options, writes: true, admit: this.#admit, keyOf, run });
  }

  /**
   * Removes many keys. Resolves to how many were there. Rejects with a `BatchError` where a key failed, and with one
   * `ERR_ABORTED` where the signal fired: keys may have been removed or not.
   */
  async deleteMany(keys: Iterable<string>, options?: CallOptions): Promise<number> {
    const run = (key: string): Promise<boolean> => this.delete(key, options);
    const call = 'deleteMany';
    const found = await runBatch({ call, list: keys, options, writes: true, admit: this.#admit, run });
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
    const { signal, onProgress } = readClearOptions(options);
    if (this.#prefix === '' && !this.#allowFlush) throw flushForbidden();
    return this.#store.clear({ prefix: this.#prefix, signal, onProgress });
  }

  /** A view whose keys have a further prefix. It shares connections, threads and counters, and costs nothing. */
  withPrefix(prefix: string): RedisBackend {
    this.#assertOpen();
    assertPrefix(prefix);
    return new RedisBackend(undefined, { parent: this, prefix });
  }

  /** Is told which of its keys change, with and without this process. Made for `TieredBackend`. @internal */
  track(limitMs: number, listener: TrackingListener): Tracking {
    return this.#store.track({ prefix: this.#prefix, limitMs }, listener);
  }

  /** Values with notes. @internal */
  get [NOTED](): NotedStore {
    return new RedisNoted(this.#store, (key) => this.#physical(key));
  }

  /** What has been done, and what is under way. Views count together with their origin. */
  stats(): RedisBackendStats {
    return this.#store.stats();
  }

  /** Listens to an event: `connect`, `disconnect`, `connectionError`, `corrupt`. */
  on<E extends keyof RedisBackendEvents>(event: E, listener: Listener<E>): this {
    this.#store.events.on(event, listener as AnyListener);
    return this;
  }

  /** Stops listening. */
  off<E extends keyof RedisBackendEvents>(event: E, listener: Listener<E>): this {
    this.#store.events.off(event, listener as AnyListener);
    return this;
  }

  /**
   * Waits for what was called before, then ends connections and threads; calls after it reject with `ERR_CLOSED`, but
   * for `close()` itself. On a view it ends the view alone; on the origin, its views with it.
   */
  close(): Promise<void> {
    const settled = (): Promise<void> =>
      this.#store.closed ? Promise.resolve() : this.#store.settle(this.#prefix);
    this.#closing ??= this.#isView ? settled() : this.#store.close();
    return this.#closing;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #put({ key, value, ttl }: SetEntry, how: Pick<StoredEntry, 'signal' | 'snapshot'>): Promise<void> {
    const physical = this.#physical(key);
    const ttlMs = ttlToMilliseconds(ttl);
    assertStorable(value);
    const { signal, snapshot } = how;
    return this.#store.writes.set({ key: physical, value, ttlMs, signal, snapshot });
  }

  #physical(key: unknown): string {
    this.#assertOpen();
    assertKey(key);
    return this.#prefix + key;
  }

  #assertOpen(): void {
    if (this.#closing || this.#store.closed) throw new OffloopError('ERR_CLOSED', 'the backend was closed');
  }

  readonly #admit = (call: BatchCall, signal: AbortSignal | undefined): void => {
    this.#assertOpen();
    this.#store.assertWanted(signal, call);
  };
}

type Listener<E extends keyof RedisBackendEvents> = (...args: RedisBackendEvents[E]) => void;
type AnyListener = (...args: unknown[]) => void;
