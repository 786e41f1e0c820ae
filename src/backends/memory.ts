import { types } from 'node:util';
import { deserialize, serialize } from 'node:v8';
import { LRUCache } from 'lru-cache';
import { describe, displayKey, OffloopError } from '../errors.js';
import {
  assertInteger,
  assertKey,
  assertKnownOptions,
  assertStorable,
  pathSegment,
  ttlToMilliseconds,
} from './arguments.js';
import type { CacheBackend, SetOptions } from './cache-backend.js';

/** Options of {@link InMemoryBackend}. */
export interface InMemoryBackendOptions {
  /**
   * The most entries, 1 to 16,777,215 (what a JavaScript Map holds). Room for them is reserved at once, some 50
   * bytes each.
   * @default 10000
   */
  readonly maxEntries?: number | undefined;
  /**
   * The most bytes of keys (as UTF-8) and encoded values, 1 to `Number.MAX_SAFE_INTEGER`. Not counted: what the
   * engine needs for an entry besides, some 600 bytes (measured with 300,000 entries of 630 bytes on Node 20).
   * @default 67108864 (64 MiB)
   */
  readonly maxBytes?: number | undefined;
}

const OPTIONS: ReadonlySet<string> = new Set([
  'maxEntries',
  'maxBytes',
] satisfies (keyof InMemoryBackendOptions)[]);
const SET_OPTIONS: ReadonlySet<string> = new Set(['ttl'] satisfies (keyof SetOptions)[]);
const MAX_ENTRIES = 2 ** 24 - 1;

/**
 * A cache in this process, bounded by entries and by bytes; the least recently used entry makes room.
 *
 * Values are kept as bytes, and every `get` makes a new value of them, so a caller shares nothing with the cache or
 * with other callers, as it would be with Redis. Dates, Maps, Sets, bigints, Buffers and typed arrays come back as
 * they were, and an object without a prototype as a plain one. What V8's serializer would lose (functions, symbols,
 * instances of other classes) is refused, and so are cycles, which other backends could not keep.
 */
export class InMemoryBackend implements CacheBackend {
  readonly #maxBytes: number;
  /** `undefined` once closed. */
  #entries: LRUCache<string, Uint8Array> | undefined;
  #setsSincePurge = 0;

  /** @throws OffloopError `ERR_OPTION` for an unknown option or one out of its bounds. */
  constructor(options: InMemoryBackendOptions = {}) {
    assertKnownOptions(options, OPTIONS, 'InMemoryBackend');
    const { maxEntries = 10_000, maxBytes = 64 * 1024 * 1024 } = options;
    assertInteger('maxEntries', maxEntries, MAX_ENTRIES);
    assertInteger('maxBytes', maxBytes, Number.MAX_SAFE_INTEGER);
    this.#maxBytes = maxBytes;
    // A resolution of 0 asks the clock each time; otherwise an entry could outlive its TTL.
    this.#entries = new LRUCache({ max: maxEntries, maxSize: maxBytes, ttlResolution: 0 });
  }

  /** How many entries there are, without the expired. Walks all of them. 0 once closed. */
  get size(): number {
    this.#entries?.purgeStale();
    return this.#entries?.size ?? 0;
  }

  /** The bytes of keys and encoded values, without the expired. Walks all entries. 0 once closed. */
  get bytes(): number {
    this.#entries?.purgeStale();
    return this.#entries?.calculatedSize ?? 0;
  }

  /** The value, or `undefined` where there is no such key or it expired. `null` is a value. */
  async get<T = unknown>(key: string): Promise<T | undefined> {
    const bytes = this.#open(key).get(key);
    // A copy, because the deserializer answers typed arrays that are views of what it was given.
    return bytes === undefined ? undefined : (deserialize(bytes.slice()) as T);
  }

  /**
   * Stores a value, replacing any earlier one together with its TTL. The value is read before this returns.
   * Rejects with `ERR_TTL`, with `ERR_VALUE` and the path of what cannot be kept, with `ERR_OPTION` for an unknown
   * option, and with `ERR_VALUE_TOO_LARGE` for an entry over `maxBytes`; what was under the key then stays.
   */
  async set(key: string, value: unknown, options?: SetOptions): Promise<void> {
    const entries = this.#open(key);
    assertKnownOptions(options, SET_OPTIONS, 'set');
    const ttl = ttlToMilliseconds(options?.ttl) ?? 0;
    const bytes = encode(value);
    const size = bytes.byteLength + Buffer.byteLength(key);
    if (size > this.#maxBytes) {
      throw new OffloopError(
        'ERR_VALUE_TOO_LARGE',
        `${displayKey(key)} needs ${size} bytes, over maxBytes of ${this.#maxBytes}`,
      );
    }
    this.#purgeWhereFull(entries, size);
    entries.set(key, bytes, { size, ttl });
  }

  /** As `set`, of a value that is the cache's from now on. Resolves to what to hand out for it. @internal */
  async adopt(key: string, value: unknown, options?: SetOptions): Promise<unknown> {
    await this.set(key, value, options);
    return value;
  }

  /** Removes a key. `true` where it was there; no error where it was not. */
  async delete(key: string): Promise<boolean> {
    const entries = this.#open(key);
    const there = entries.has(key);
    entries.delete(key);
    return there;
  }

  /** Whether the key is there and has not expired. Does not count as a use. */
  async exists(key: string): Promise<boolean> {
    return this.#open(key).has(key);
  }

  /** Removes every key. Resolves to how many went, without the expired. */
  async clear(): Promise<number> {
    const entries = this.#opened();
    entries.purgeStale();
    const gone = entries.size;
    entries.clear();
    return gone;
  }

  /** Lets go of everything. Calling it again is harmless. */
  async close(): Promise<void> {
    this.#entries = undefined;
  }

  /** The same as `close()`, for `await using`. */
  async [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #open(key: unknown): LRUCache<string, Uint8Array> {
    assertKey(key);
    return this.#opened();
  }

  #opened(): LRUCache<string, Uint8Array> {
    if (this.#entries === undefined) throw new OffloopError('ERR_CLOSED', 'the in-memory backend was closed');
    return this.#entries;
  }

  /** Expired entries make room before live ones do. One walk per as many sets as there are entries: O(1) a set. */
  #purgeWhereFull(entries: LRUCache<string, Uint8Array>, size: number): void {
    this.#setsSincePurge += 1;
    const full = entries.size >= entries.max || entries.calculatedSize + size > this.#maxBytes;
    if (!full || this.#setsSincePurge < entries.size) return;
    entries.purgeStale();
    this.#setsSincePurge = 0;
  }
}

function encode(value: unknown): Uint8Array {
  assertStorable(value);
  try {
    const loss = findLoss(value, new Set());
    if (loss !== undefined) throw new OffloopError('ERR_VALUE', `value${loss}`);
    // A copy of the exact size: the serializer's own buffer is up to twice as large.
    return new Uint8Array(serialize(value));
  } catch (error) {
    if (error instanceof OffloopError) throw error;
    // The engine's own message would show the value.
    const why = error instanceof RangeError ? 'is nested too deeply' : 'cannot be read or encoded';
    throw new OffloopError('ERR_VALUE', `value ${why}`);
  }
}

/** The rest of the sentence that begins with the path of `value`, for the first part that would be lost. */
function findLoss(value: unknown, ancestors: Set<object>): string | undefined {
  if (typeof value === 'function' || typeof value === 'symbol') return ` is ${describe(value)}`;
  if (typeof value !== 'object' || value === null) return undefined;
  const depth = prototypeDepth(value);
  if (types.isTypedArray(value)) {
    return depth <= (Buffer.isBuffer(value) ? 4 : 3) && !types.isSharedArrayBuffer(value.buffer)
      ? undefined
      : ` is ${describe(value)} that cannot be kept`;
  }
  if (types.isDate(value) || types.isArrayBuffer(value) || types.isDataView(value)) {
    return depth === 2 ? undefined : ` is ${describe(value)}`;
  }
  if (ancestors.has(value)) return ' is one of its own ancestors, a cycle';
  ancestors.add(value);
  const loss = findLossWithin(value, depth, ancestors);
  ancestors.delete(value);
  return loss;
}

function findLossWithin(value: object, depth: number, ancestors: Set<object>): string | undefined {
  const isCollection = Array.isArray(value) || types.isMap(value) || types.isSet(value);
  if (Array.isArray(value) && depth !== 2) return ' is an instance of a subclass of Array';
  if (isCollection ? depth !== 2 : depth > 1) return ` is ${describe(value)}`;
  if (Object.getOwnPropertySymbols(value).length > 0) return ' has a symbol as a key';
  for (const [step, member] of membersOf(value)) {
    const loss = findLoss(member, ancestors);
    if (loss !== undefined) return `${pathSegment(step)}${loss}`;
  }
  return undefined;
}

/** A Map's members are its entries: `[2][0]` is the key of the third, `[2][1]` its value. */
function membersOf(value: object): Iterable<[string | number, unknown]> {
  if (Array.isArray(value)) return value.entries();
  if (types.isMap(value) || types.isSet(value)) return [...value].entries();
  return Object.entries(value);
}

/** How many prototypes a value has: 0 or 1 for a plain object, 2 for an Array or a Map, one more for a subclass. */
function prototypeDepth(value: object): number {
  let depth = 0;
  let prototype: unknown = Object.getPrototypeOf(value);
  while (prototype !== null && depth < 6) {
    depth += 1;
    prototype = Object.getPrototypeOf(prototype);
  }
  return depth;
}
