import { CodecRegistry } from '../codec/registry.js';
import { displayKey, OffloopError } from '../errors.js';
import { spanOf } from '../frame/note.js';
import {
  assertKey,
  assertKnownOptions,
  assertNoOptions,
  assertStorable,
  ttlToMilliseconds,
} from './arguments.js';
import type { CacheBackend, SetOptions } from './cache-backend.js';
import { DiskIndex } from './disk-index.js';
import { type DiskBackendOptions, type DiskSettings, resolveDiskOptions } from './disk-options.js';
import { bytesOf, DiskValues, type NotedBytes } from './disk-values.js';
import { NOTED, type NotedInput, type NotedStore, type NotedValue } from './noted-store.js';
import { OrderedCalls } from './ordered-calls.js';
import { assertPrefix } from './redis-options.js';
import { decodeValue, encodeValue } from './value-bytes.js';

const SET_OPTIONS: ReadonlySet<string> = new Set(['ttl'] satisfies (keyof SetOptions)[]);

/** What a backend and its views share. */
interface Shared extends DiskSettings {
  readonly calls: OrderedCalls;
  readonly index: DiskIndex;
  readonly counts: { corrupt: number; setsSincePurge: number };
  opening: Promise<DiskValues> | undefined;
  evicting: Promise<void> | undefined;
}

/**
 * A cache on this machine's disk, in LevelDB by the optional package `classic-level`, bounded by bytes and by entries. It
 * opens its directory when it is first used, and has what was there when the process last ended, in whatever way.
 *
 * Large values are encoded and decoded in slices, with turns of the event loop between them; the store reads and writes on other
 * threads. Where room is needed, expired entries go first, then those that were not used for longest since the start.
 * Bytes that are not those that were stored count as a miss. Besides the errors of `CacheBackend`: `ERR_DISK`,
 * `ERR_MISSING_PACKAGE`, and `ERR_VALUE_TOO_LARGE` for an entry over `maxBytes`.
 */
export class DiskBackend implements CacheBackend {
  readonly #shared: Shared;
  readonly #prefix: string;
  readonly #isView: boolean;
  #closing: Promise<void> | undefined;

  /** Throws `ERR_OPTION`. The second parameter is for `withPrefix`. */
  constructor(
    options?: DiskBackendOptions,
    origin?: { readonly parent: DiskBackend; readonly prefix: string },
  ) {
    this.#isView = origin !== undefined;
    if (origin) {
      this.#shared = origin.parent.#shared;
      this.#prefix = origin.parent.#prefix + origin.prefix;
      return;
    }
    this.#prefix = '';
    this.#shared = {
      ...resolveDiskOptions(options),
      calls: new OrderedCalls('disk backend'),
      index: new DiskIndex(),
      counts: { corrupt: 0, setsSincePurge: 0 },
      opening: undefined,
      evicting: undefined,
    };
  }

  /** How many entries there are, without the expired. Walks all of them. */
  async size(): Promise<number> {
    this.#assertOpen();
    await this.#values();
    return this.#shared.index.liveWith(this.#prefix).count;
  }

  /** The bytes of keys and encoded values, without the expired. Walks all entries. */
  async bytes(): Promise<number> {
    this.#assertOpen();
    await this.#values();
    return this.#shared.index.liveWith(this.#prefix).bytes;
  }

  /** The value, or `undefined` where there is no such key or it expired. `null` is a value. */
  async get<T = unknown>(key: string, options?: undefined): Promise<T | undefined> {
    assertNoOptions(options, 'get');
    return (await this.#read(key))?.value as T | undefined;
  }

  async #read(key: string): Promise<NotedValue | undefined> {
    const full = this.#full(key);
    const { calls, index, counts } = this.#shared;
    return calls.run(full, 'read', async () => {
      const values = await this.#values();
      const entry = index.live(full);
      if (!entry) return undefined;
      index.use(full);
      try {
        const stored = await values.read(entry);
        return { value: await decodeValue(stored), note: stored.note && spanOf(stored.note) };
      } catch (error) {
        if (!(error instanceof OffloopError) || error.code === 'ERR_DISK') throw error;
        counts.corrupt++;
        return undefined;
      }
    });
  }

  /**
   * Stores a value, replacing any earlier one together with its TTL. A large one must not be changed until the promise
   * resolves. What is acknowledged survives the end of the process.
   */
  async set(key: string, value: unknown, options?: SetOptions): Promise<void> {
    assertKnownOptions(options, SET_OPTIONS, 'set');
    await this.#write(key, { value, note: undefined }, options?.ttl);
  }

  async #write(key: string, { value, note }: NotedInput, ttl: number | undefined): Promise<void> {
    const full = this.#full(key);
    const ttlMs = ttlToMilliseconds(ttl);
    assertStorable(value);
    const encoded = encodeValue(value);
    // It may fail before its turn on the key, which is where that is taken up.
    if (encoded instanceof Promise) encoded.catch(ignore);
    await this.#shared.calls.run(full, 'write', async () => {
      const bytes = { ...(await encoded), note };
      this.#checkSize(full, bytes);
      const values = await this.#values();
      await values.write(full, bytes, ttlMs === undefined ? undefined : Date.now() + ttlMs);
    });
    await this.#makeRoom();
  }

  /** Removes a key. `true` where it was there; no error where it was not. */
  async delete(key: string, options?: undefined): Promise<boolean> {
    assertNoOptions(options, 'delete');
    const full = this.#full(key);
    const { calls, index } = this.#shared;
    return calls.run(full, 'write', async () => {
      const values = await this.#values();
      const was = index.live(full) !== undefined;
      await values.remove([full]);
      return was;
    });
  }

  /** Whether the key is there and has not expired. Does not count as a use. */
  async exists(key: string, options?: undefined): Promise<boolean> {
    assertNoOptions(options, 'exists');
    const full = this.#full(key);
    const { calls, index } = this.#shared;
    return calls.run(full, 'read', async () => {
      await this.#values();
      return index.live(full) !== undefined;
    });
  }

  /** Seconds that a key has left; `Infinity` where it does not expire, `undefined` where it is not there. */
  async ttl(key: string, options?: undefined): Promise<number | undefined> {
    assertNoOptions(options, 'ttl');
    const full = this.#full(key);
    const { calls, index } = this.#shared;
    return calls.run(full, 'read', async () => {
      await this.#values();
      const entry = index.live(full);
      if (entry?.expiresAt === undefined) return entry && Number.POSITIVE_INFINITY;
      return Math.max(1, entry.expiresAt - Date.now()) / 1000;
    });
  }

  /** Removes the keys that begin with this backend's prefix, and no other. Resolves to how many went, without the expired. */
  async clear(options?: undefined): Promise<number> {
    assertNoOptions(options, 'clear');
    this.#assertOpen();
    const { calls, index } = this.#shared;
    return calls.runOnAll(this.#prefix, async () => {
      const values = await this.#values();
      const { count } = index.liveWith(this.#prefix);
      await values.remove([...index.withPrefix(this.#prefix)].map(([key]) => key));
      return count;
    });
  }

  /** Values with notes. @internal */
  get [NOTED](): NotedStore {
    return {
      getNoted: (key) => this.#read(key),
      setNoted: async (key, value, { ttl, note }) => {
        await this.#write(key, { value, note }, ttl);
        return true;
      },
    };
  }

  /** A view whose keys have a further prefix. It shares everything. */
  withPrefix(prefix: string): DiskBackend {
    this.#assertOpen();
    assertPrefix(prefix);
    return new DiskBackend(undefined, { parent: this, prefix });
  }

  /**
   * Waits for what was called before, then closes the store; calls after it reject with `ERR_CLOSED`, but for `close()`
   * itself. On a view it ends the view alone; on the origin, its views with it.
   */
  close(): Promise<void> {
    this.#closing ??= this.#isView ? this.#settle() : this.#closeStore();
    return this.#closing;
  }

  /** The same as `close()`, for `await using`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #settle(): Promise<void> {
    const { calls } = this.#shared;
    if (!calls.closed) await calls.runOnAll(this.#prefix, ignore);
  }

  #closeStore(): Promise<void> {
    const shared = this.#shared;
    return shared.calls.close(async () => {
      const values = await shared.opening?.catch(ignore);
      await values?.close();
    });
  }

  #values(): Promise<DiskValues> {
    const shared = this.#shared;
    if (shared.opening) return shared.opening;
    const opening = DiskValues.open(shared.path, shared.index, new CodecRegistry());
    shared.opening = opening;
    opening.catch(() => {
      // The next call tries again.
      shared.opening = undefined;
    });
    return opening;
  }

  #checkSize(key: string, value: NotedBytes): void {
    const { maxBytes } = this.#shared;
    const bytes = bytesOf(key, value);
    if (bytes <= maxBytes) return;
    const text = `${displayKey(key)} needs ${bytes} bytes, over maxBytes of ${maxBytes}`;
    throw new OffloopError('ERR_VALUE_TOO_LARGE', text);
  }

  /** After a set, and not within: two sets that evicted each other's keys would wait for each other. One for all at a time. */
  async #makeRoom(): Promise<void> {
    const shared = this.#shared;
    shared.counts.setsSincePurge++;
    if (!this.#isOver()) return;
    shared.evicting ??= this.#evict().finally(() => {
      shared.evicting = undefined;
    });
    await shared.evicting;
  }

  async #evict(): Promise<void> {
    const { calls, index, counts } = this.#shared;
    // Looking for expired ones walks all entries: once per as many sets as there are, O(1) a set.
    if (counts.setsSincePurge >= index.count) {
      counts.setsSincePurge = 0;
      for (const key of index.expired()) await this.#remove(key, () => index.live(key) === undefined);
    }
    // What is over the bound when it is closed goes when it is used again.
    while (this.#isOver() && !calls.closed) {
      const oldest = index.oldest();
      if (!oldest) return;
      const [key, entry] = oldest;
      await this.#remove(key, () => index.find(key) === entry);
    }
  }

  async #remove(key: string, isDue: () => boolean): Promise<void> {
    const { calls } = this.#shared;
    if (calls.closed) return;
    await calls.run(key, 'write', async () => {
      if (isDue()) await (await this.#values()).remove([key]);
    });
  }

  #isOver(): boolean {
    const { index, maxBytes, maxEntries } = this.#shared;
    return index.bytes > maxBytes || index.count > maxEntries;
  }

  #assertOpen(): void {
    if (this.#closing && this.#isView)
      throw new OffloopError('ERR_CLOSED', 'the view of the disk backend was closed');
    this.#shared.calls.assertOpen();
  }

  #full(key: unknown): string {
    this.#assertOpen();
    assertKey(key);
    return this.#prefix + key;
  }
}

function ignore(): void {}
