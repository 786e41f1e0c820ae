import { LRUCache } from 'lru-cache';
import { ownText } from '../codec/text.js';
import { describe, displayKey, OffloopError } from '../errors.js';
import { noteBytes, spanOf } from '../frame/note.js';
import { slices } from '../offload/slices.js';
import {
  assertInteger,
  assertKey,
  assertKnownOptions,
  assertNoOptions,
  assertStorable,
  ttlToMilliseconds,
} from './arguments.js';
import type { CacheBackend, SetOptions } from './cache-backend.js';
import { DecodeMemos } from './decode-memos.js';
import { HeapWalk } from './heap-walk.js';
import { bytesEntry, type Entry, type Given, valueEntry } from './memory-entry.js';
import { NOTED, type NotedStore, type NotedValue } from './noted-store.js';
import { type CallKind, OrderedCalls } from './ordered-calls.js';
import { type Prefixed, PrefixView } from './prefix-view.js';
import { decodeValue, encodeValue, SLICE_MS } from './value-bytes.js';

/** What an {@link InMemoryBackend} keeps of a value, and so what its callers share. */
export type MemoryKeep = 'bytes' | 'frozen' | 'shared';

/** Options of {@link InMemoryBackend}. */
export interface InMemoryBackendOptions {
  /**
   * The most entries, 1 to 16,777,215 (what a JavaScript Map holds). Room for them is reserved at once, some 50
   * bytes each.
   * @default 10000
   */
  readonly maxEntries?: number | undefined;
  /**
   * The most bytes of memory that the entries take, 1 to `Number.MAX_SAFE_INTEGER`: keys, values, and 600 bytes an entry for
   * what the engine needs besides. Decoded values are estimated by what V8 takes for each of their parts.
   * @default 67108864 (64 MiB)
   */
  readonly maxBytes?: number | undefined;
  /**
   * `bytes`: the encoded value, of which every get makes a new one: nothing is shared. `frozen`: one decoded value for all
   * callers, a copy of what was set, whose objects and arrays are frozen; Maps, Sets, Dates and binary data in it cannot be, and
   * must not be changed. `shared`: the very value that was set, as it is: whoever changes it changes it for all.
   * @default 'bytes'
   */
  readonly keep?: MemoryKeep | undefined;
}

const OPTIONS: ReadonlySet<string> = new Set([
  'maxEntries',
  'maxBytes',
  'keep',
] satisfies (keyof InMemoryBackendOptions)[]);
const SET_OPTIONS: ReadonlySet<string> = new Set(['ttl'] satisfies (keyof SetOptions)[]);
const KEEPS: readonly unknown[] = ['bytes', 'frozen', 'shared'] satisfies MemoryKeep[];
const MAX_ENTRIES = 2 ** 24 - 1;
/**
 * A cache in this process, bounded by entries and by bytes; the least recently used entry makes room.
 *
 * By default values are kept as bytes, in the codec that `auto` takes for them, and every `get` makes a new value of them, so
 * a caller shares nothing with the cache or with other callers, as it would be with Redis; `keep` chooses otherwise. Large
 * values are encoded, decoded and frozen in slices, with turns of the event loop between them.
 */
export class InMemoryBackend implements CacheBackend, Prefixed {
  readonly #maxBytes: number;
  readonly #keep: MemoryKeep;
  readonly #entries: LRUCache<string, Entry>;
  readonly #memos = new DecodeMemos();
  readonly #calls = new OrderedCalls('in-memory backend');
  #setsSincePurge = 0;
  #closing: Promise<void> | undefined;

  /** @throws OffloopError `ERR_OPTION` for an unknown option or one out of its bounds. */
  constructor(options: InMemoryBackendOptions = {}) {
    assertKnownOptions(options, OPTIONS, 'InMemoryBackend');
    const { maxEntries = 10_000, maxBytes = 64 * 1024 * 1024, keep = 'bytes' } = options;
    assertInteger('maxEntries', maxEntries, MAX_ENTRIES);
    assertInteger('maxBytes', maxBytes, Number.MAX_SAFE_INTEGER);
    if (!KEEPS.includes(keep)) {
      throw new OffloopError(
        'ERR_OPTION',
        `keep must be one of ${KEEPS.join(', ')}, received ${describe(keep)}`,
      );
    }
    this.#maxBytes = maxBytes;
    this.#keep = keep;
    // A resolution of 0 asks the clock each time; otherwise an entry could outlive its TTL.
    this.#entries = new LRUCache({
      max: maxEntries,
      maxSize: maxBytes,
      ttlResolution: 0,
      dispose: ({ kept }) => 'value' in kept || this.#memos.forget(kept),
    });
  }

  /** How many entries there are, without the expired. Walks all of them. 0 once closed. */
  get size(): number {
    this.#entries.purgeStale();
    return this.#entries.size;
  }

  /** The bytes that the entries take, without the expired. Walks all entries. 0 once closed. */
  get bytes(): number {
    this.#entries.purgeStale();
    return this.#entries.calculatedSize;
  }

  /** The value, or `undefined` where there is no such key or it expired. `null` is a value. */
  async get<T = unknown>(key: string, options?: undefined): Promise<T | undefined> {
    assertNoOptions(options, 'get');
    return (await this.#onKey(key, 'read', () => this.#valueOf(key, this.#entries.get(key)))) as
      | T
      | undefined;
  }

  /**
   * Stores a value, replacing any earlier one together with its TTL. A large one must not be changed until the promise
   * resolves. Rejects with `ERR_TTL`, with `ERR_VALUE` and the path of what cannot be kept, with `ERR_OPTION` for an unknown
   * option, and with `ERR_VALUE_TOO_LARGE` for an entry over `maxBytes`; what was under the key then stays.
   */
  async set(key: string, value: unknown, options?: SetOptions): Promise<void> {
    assertKnownOptions(options, SET_OPTIONS, 'set');
    await this.#put({ key, value, ttl: options?.ttl, isOurs: false });
  }

  /** As `set`, of a value that is the cache's from now on. @internal */
  async adopt(key: string, { value, note }: NotedValue, options?: SetOptions): Promise<void> {
    await this.#put({ key, value, note: note && noteBytes(note), ttl: options?.ttl, isOurs: true });
  }

  /** Freezes a value that was decoded elsewhere and is not kept here, where a get would give it frozen. @internal */
  conform(value: unknown): Promise<unknown> | undefined {
    return this.#keep === 'frozen' ? this.#walk(value, { isDecoded: true }) : undefined;
  }

  /** Values with notes. @internal */
  get [NOTED](): NotedStore {
    const read = (key: string): Promise<NotedValue | undefined> | NotedValue | undefined =>
      this.#onKey(key, 'read', async () => {
        const entry = this.#entries.get(key);
        return entry && { value: await this.#valueOf(key, entry), note: entry.note && spanOf(entry.note) };
      });
    return {
      getNoted: async (key) => read(key),
      setNoted: async (key, value, { ttl, note }) => {
        await this.#put({ key, value, note, ttl, isOurs: false });
        return true;
      },
    };
  }

  /** Removes a key. `true` where it was there; no error where it was not. */
  async delete(key: string, options?: undefined): Promise<boolean> {
    assertNoOptions(options, 'delete');
    return this.#onKey(key, 'write', () => {
      const there = this.#entries.has(key);
      this.#entries.delete(key);
      return there;
    });
  }

  /** Whether the key is there and has not expired. Does not count as a use. */
  async exists(key: string, options?: undefined): Promise<boolean> {
    assertNoOptions(options, 'exists');
    return this.#onKey(key, 'read', () => this.#entries.has(key));
  }

  /** Seconds that a key has left; `Infinity` where it does not expire, `undefined` where it is not there. */
  async ttl(key: string, options?: undefined): Promise<number | undefined> {
    assertNoOptions(options, 'ttl');
    return this.#onKey(key, 'read', () =>
      this.#entries.has(key) ? this.#entries.getRemainingTTL(key) / 1000 : undefined,
    );
  }

  /** Removes every key. Resolves to how many went, without the expired. */
  async clear(options?: undefined): Promise<number> {
    assertNoOptions(options, 'clear');
    this.#calls.assertOpen();
    const empty = (): number => {
      const gone = this.size;
      this.#entries.clear();
      return gone;
    };
    return this.#calls.isIdle ? empty() : this.#calls.runOnAll('', empty);
  }

  /** Removes the keys that begin with a prefix, and no other. @internal */
  async clearPrefix(prefix: string): Promise<number> {
    return this.#calls.runOnAll(prefix, () => {
      const keys = [...this.#entries.keys()].filter((key) => key.startsWith(prefix));
      // An expired one is there for `keys` and not for `has`.
      const live = keys.filter((key) => this.#entries.has(key));
      for (const key of keys) this.#entries.delete(key);
      return live.length;
    });
  }

  /** Resolves when what was called before on keys with this prefix has ended. @internal */
  settle(prefix: string): Promise<void> {
    return this.#calls.closed ? Promise.resolve() : this.#calls.runOnAll(prefix, () => {});
  }

  /** A view whose keys have a further prefix. @internal */
  withPrefix(prefix: string): PrefixView {
    this.#calls.assertOpen();
    return new PrefixView(this, prefix);
  }

  /** Waits for what was called before, and lets go of everything. Calling it again is harmless. */
  close(): Promise<void> {
    this.#closing ??= this.#calls.close(() => this.#entries.clear());
    return this.#closing;
  }

  /** The same as `close()`, for `await using`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #onKey<T>(key: string, kind: CallKind, work: () => T | Promise<T>): T | Promise<T> {
    this.#calls.assertOpen();
    assertKey(key);
    return this.#calls.isIdle ? work() : this.#calls.run(key, kind, work);
  }

  #valueOf(key: string, entry: Entry | undefined): unknown {
    if (entry === undefined) return undefined;
    const { kept } = entry;
    if ('value' in kept) return kept.value;
    return this.#memos.decode(kept, () => ({
      bytes: this.#maxBytes - this.#entries.calculatedSize,
      isWanted: () => this.#entries.peek(key) === entry,
    }));
  }

  /** At once where the value is small and nothing is under way, else when its turn comes. */
  async #put(given: Given): Promise<void> {
    const { key, value } = given;
    this.#calls.assertOpen();
    assertKey(key);
    const ttl = ttlToMilliseconds(given.ttl) ?? 0;
    assertStorable(value);
    const end = performance.now() + ttl;
    // What was read elsewhere ends when it ends there, however long its encoding takes here: at 0 it would have no end.
    const store = (entry: Entry): void =>
      this.#store(key, entry, given.isOurs && ttl > 0 ? end - performance.now() || -1 : ttl);
    const prepared = this.#keep === 'bytes' ? this.#encode(given) : this.#decoded(given);
    if (!(prepared instanceof Promise) && this.#calls.isIdle) return store(prepared);
    // It may fail before its turn on the key, which is where that is taken up.
    if (prepared instanceof Promise) prepared.catch(() => {});
    return this.#calls.run(key, 'write', async () => store(await prepared));
  }

  #store(key: string, entry: Entry, ttl: number): void {
    const { size } = entry;
    if (ttl < 0) return;
    if (size > this.#maxBytes) {
      throw new OffloopError(
        'ERR_VALUE_TOO_LARGE',
        `${displayKey(key)} needs ${size} bytes, over maxBytes of ${this.#maxBytes}`,
      );
    }
    this.#purgeWhereFull(size);
    this.#memos.shrink(this.#maxBytes - this.#entries.calculatedSize - size);
    this.#entries.set(ownText(key), entry, { size, ttl });
  }

  #encode(given: Given): Entry | Promise<Entry> {
    const encoded = encodeValue(given.value);
    return encoded instanceof Promise
      ? encoded.then((bytes) => bytesEntry(given, bytes))
      : bytesEntry(given, encoded);
  }

  async #decoded(given: Given): Promise<Entry> {
    const freezes = this.#keep === 'frozen';
    const value = freezes && !given.isOurs ? await decodeValue(await encodeValue(given.value)) : given.value;
    return valueEntry(given, value, await this.#walk(value, { isDecoded: freezes || given.isOurs }));
  }

  /** The bytes that it takes. */
  async #walk(value: unknown, { isDecoded }: { readonly isDecoded: boolean }): Promise<number> {
    const walk = new HeapWalk(value, { freezes: this.#keep === 'frozen', isDecoded });
    await slices.run({ sliceMs: SLICE_MS, step: () => walk.step(), stillWanted: () => true });
    return walk.bytes;
  }

  /** Expired entries make room before live ones do. One walk per as many sets as there are entries: O(1) a set. */
  #purgeWhereFull(size: number): void {
    const entries = this.#entries;
    this.#setsSincePurge += 1;
    const full = entries.size >= entries.max || entries.calculatedSize + size > this.#maxBytes;
    if (!full || this.#setsSincePurge < entries.size) return;
    entries.purgeStale();
    this.#setsSincePurge = 0;
  }
}
