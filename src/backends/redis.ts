import { rawCodec } from '../codec/raw.js';
import { OffloopError } from '../errors.js';
import type { Call } from '../redis/call.js';
import { type ChunkSource, orEnd } from '../redis/chunk-source.js';
import { type Listener, listenerOf, type RedisBackendEvents } from '../redis/events.js';
import { Store } from '../redis/store.js';
import type { Tracking, TrackingListener } from '../redis/tracking.js';
import type { StoredEntry } from '../redis/writes.js';
import type { RedisBackendStats } from '../stats.js';
import { assertKey, assertStorable, ttlToMilliseconds } from './arguments.js';
import { runBatch } from './batch.js';
import { bytesGiven, moduleTarget, readBytesOptions } from './byte-arguments.js';
import type { CacheBackend } from './cache-backend.js';
import { CachedValue } from './cached-value.js';
import type { CallOptions } from './call-options.js';
import { NOTED, type NotedStore } from './noted-store.js';
import {
  type BackendOrigin,
  type BatchCall,
  type BytesOptions,
  type CallName,
  type ClearOptions,
  callOf,
  entryOf,
  flushForbidden,
  type GetOptions,
  keyOfEntry,
  partOfCall,
  progressOf,
  type RedisSetOptions,
  requiredTtl,
  type SetEntry,
  snapshotOf,
} from './redis-arguments.js';
import { RedisNoted } from './redis-noted.js';
import { assertPrefix, type RedisBackendOptions, readConfig, resolveOptions } from './redis-options.js';
import { SCOPE, type ScopeStore } from './scope-store.js';

/**
 * A cache in Redis for values of any size. Small values travel on one pipelined connection; large ones travel over
 * the connections of worker threads, which compress, check and move them, so that the event loop is not kept
 * waiting. It connects when it is first used.
 *
 * On one key the results are those of the calls in their order, awaited or not. Every method rejects with an
 * `OffloopError`; besides those of `CacheBackend`: `ERR_TIMEOUT`, `ERR_CONNECTION`, `ERR_OVERLOADED`, `ERR_AUTH`,
 * `ERR_UNAVAILABLE`, `ERR_VALUE_TOO_LARGE` and the other codes of `ErrorCode`. Each call takes a `signal`, a `timeoutMs` and,
 * but for `clear`, `retry` (docs/availability.md). Options that a call does not take are `ERR_OPTION`.
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
   * A backend by a JSON file that holds the options. `overrides` come before
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
      const call = this.#call(options, 'get');
      const part = options && partOfCall(options);
      if (part) return this.#store.reads.getPart({ key: physical, ...part }, call) as Promise<T | undefined>;
      return this.#store.reads.get(physical, call) as Promise<T | undefined>;
    } catch (error) {
      return Promise.reject(error);
    }
  }

  /**
   * Stores a value, replacing any earlier one and its TTL. Without `ttl` it does not expire. A large value is encoded
   * in slices, with turns of the event loop between them: it must not be changed until the promise resolves, or is
   * refused with `ERR_VALUE` or stored with some of the changes. `snapshot: true` has it encoded before the call returns.
   */
  set(key: string, value: unknown, options?: RedisSetOptions): Promise<void> {
    try {
      const call = this.#call(options, 'set');
      return this.#put({ key, value, ttl: options?.ttl }, { call, snapshot: snapshotOf(options) });
    } catch (error) {
      return Promise.reject(error);
    }
  }

  /** Opens a value without getting it; `undefined` where there is no such key. The handle gives it in parts, forms or a stream. */
  async open(key: string, options?: CallOptions): Promise<CachedValue | undefined> {
    const { handles } = this.#store;
    const opened = await handles.open(this.#physical(key), this.#call(options, 'open'));
    return opened && new CachedValue({ handles, opened, assertOpen: () => this.#assertOpen() });
  }

  /** Stores bytes as they are, as `set` does, with a content type that `open` gives back; `get` gives a Buffer. `ERR_VALUE` for no bytes. */
  async setBytes(key: string, bytes: Uint8Array | ArrayBuffer, options?: BytesOptions): Promise<void> {
    const entry = { key: this.#physical(key), value: bytesGiven(bytes), snapshot: false, codec: rawCodec };
    await this.#store.writes.set({ ...entry, ...readBytesOptions(options, 'setBytes', this.#store.retry) });
  }

  /**
   * Stores the bytes of a stream, or of another iterable of chunks, as `setBytes` does. They are held in memory until the last
   * has come; only then the value takes its place in the order of calls on the key, and `timeoutMs` begins. Rejects with
   * `ERR_VALUE` where the source fails or was read to its end before, and with `ERR_CLOSED` where it does not end within
   * `timeoutMs` of `close()`. A source that is not read to its end is told to end.
   */
  async setStream(key: string, source: ChunkSource, options?: BytesOptions): Promise<void> {
    const physical = orEnd(source, () => this.#physical(key));
    const how = orEnd(source, () => readBytesOptions(options, 'setStream', this.#store.retry));
    await this.#store.writes.setStream({ key: physical, source, owner: this, ...how });
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
    const call = { key: this.#physical(key), ...moduleTarget({ module, exportName, args }, 'map') };
    return (await this.#store.handles.map(call, this.#call(options, 'map'))) as T | undefined;
  }

  /** Removes a key. `true` where it was there; no error where it was not. */
  async delete(key: string, options?: CallOptions): Promise<boolean> {
    return this.#store.delete(this.#physical(key), this.#call(options, 'delete'));
  }

  /** Whether the key is there and has not expired. */
  async exists(key: string, options?: CallOptions): Promise<boolean> {
    return this.#store.exists(this.#physical(key), this.#call(options, 'exists'));
  }

  /** Seconds that a key has left; `Infinity` where it does not expire, `undefined` where it is not there. */
  async ttl(key: string, options?: CallOptions): Promise<number | undefined> {
    return this.#store.ttl(this.#physical(key), this.#call(options, 'ttl'));
  }

  /** Gives a key a new TTL, in seconds. `false` where there is no such key. Rejects with `ERR_TTL`. */
  async touch(key: string, ttl: number, options?: CallOptions): Promise<boolean> {
    const touched = { key: this.#physical(key), ttlMs: requiredTtl(ttl) };
    return this.#store.touch(touched, this.#call(options, 'touch'));
  }

  /** The values of some keys, in their order. Rejects as `setMany` does. */
  async getMany<T = unknown>(keys: Iterable<string>, options?: CallOptions): Promise<(T | undefined)[]> {
    const run = (key: string): Promise<T | undefined> => this.get<T>(key, options);
    const admit = this.#admit('getMany', options);
    return runBatch({ call: 'getMany', list: keys, writes: false, admit, run });
  }

  /**
   * Stores many values, in one pipeline where they are small. `options.ttl` holds for entries without one. Rejects with a `BatchError`
   * that names those that failed, all others stand; and with one `ERR_ABORTED` where the signal fired: any may have been stored.
   */
  async setMany(entries: Iterable<SetEntry>, options?: RedisSetOptions): Promise<void> {
    const call = this.#call(options, 'setMany');
    const shared = options?.ttl;
    const snapshot = snapshotOf(options);
    ttlToMilliseconds(shared);
    const run = async (entry: SetEntry): Promise<void> =>
      this.#put(entryOf(entry, shared), { call, snapshot });
    const admit = this.#admit('setMany', options);
    await runBatch({ call: 'setMany', list: entries, writes: true, admit, keyOf: keyOfEntry, run });
  }

  /** Removes many keys. Resolves to how many were there. Rejects as `setMany` does. */
  async deleteMany(keys: Iterable<string>, options?: CallOptions): Promise<number> {
    const run = (key: string): Promise<boolean> => this.delete(key, options);
    const admit = this.#admit('deleteMany', options);
    return (await runBatch({ call: 'deleteMany', list: keys, writes: true, admit, run })).filter(Boolean)
      .length;
  }

  /**
   * Removes the keys that begin with exactly this backend's prefix, by SCAN and UNLINK, and no other; without a prefix it
   * empties the database (`FLUSHDB ASYNC`), or rejects with `ERR_FLUSH_FORBIDDEN` under `allowFlush: false`. Resolves to how many
   * keys went. It has no time limit as a whole, only step by step; calls on the same keys that come after it wait for it.
   */
  async clear(options?: ClearOptions): Promise<number> {
    this.#assertOpen();
    const call = this.#call(options, 'clear');
    const how = { prefix: this.#prefix, onProgress: progressOf(options) };
    if (this.#prefix === '' && !this.#allowFlush) throw flushForbidden();
    return this.#store.clear(how, call);
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

  /** For tags and generations. @internal */
  get [SCOPE](): ScopeStore {
    return this.#store.marks.under((key) => this.#physical(key));
  }

  /** What has been done, and what is under way. Views count together with their origin. */
  stats(): RedisBackendStats {
    return this.#store.stats();
  }

  /** Listens to one of {@link RedisBackendEvents}. Throws `ERR_OPTION` for any other, and for a listener that is no function. */
  on<E extends keyof RedisBackendEvents>(event: E, listener: Listener<E>): this {
    this.#store.events.on(event, listenerOf(event, listener));
    return this;
  }

  /** Stops listening. Throws as `on` does. */
  off<E extends keyof RedisBackendEvents>(event: E, listener: Listener<E>): this {
    this.#store.events.off(event, listenerOf(event, listener));
    return this;
  }

  /**
   * Waits for what was called before, then ends connections and threads; calls after it reject with `ERR_CLOSED`, but
   * for `close()` itself. On a view it ends the view alone; on the origin, its views with it.
   */
  close(): Promise<void> {
    this.#closing ??= this.#isView ? this.#store.settle(this.#prefix, this) : this.#store.close();
    return this.#closing;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #put(
    { key, value, ttl }: SetEntry,
    { call, snapshot }: Pick<StoredEntry, 'call' | 'snapshot'>,
  ): Promise<void> {
    const physical = this.#physical(key);
    const ttlMs = ttlToMilliseconds(ttl);
    assertStorable(value);
    return this.#store.writes.set({ key: physical, value, ttlMs, call, snapshot });
  }

  #physical(key: unknown): string {
    this.#assertOpen();
    assertKey(key);
    return this.#prefix + key;
  }

  #assertOpen(): void {
    if (this.#closing || this.#store.closed) throw new OffloopError('ERR_CLOSED', 'the backend was closed');
  }

  #call(options: CallOptions | undefined, name: CallName): Call | undefined {
    return callOf(options, name, this.#store.retry);
  }

  /** Checks the options of a batch at once; what is returned throws where it may not begin. */
  #admit(name: BatchCall, options: CallOptions | undefined): () => void {
    const signal = this.#call(options, name)?.signal;
    return () => {
      this.#assertOpen();
      this.#store.assertWanted(signal, { name, writes: name !== 'getMany' });
    };
  }
}
