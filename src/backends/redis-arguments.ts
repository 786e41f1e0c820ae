import { assertPath, assertRange, type PathStep, type Selection } from '../codec/value-part.js';
import { asOffloopError, describe, OffloopError } from '../errors.js';
import type { Call } from '../redis/call.js';
import type { RetrySettings } from '../redis/retry.js';
import type { ClearProgress } from '../redis/scan.js';
import { assertKnownNames, assertKnownOptions, ttlToMilliseconds, unreadableAs } from './arguments.js';
import type { SetOptions } from './cache-backend.js';
import { CALL_OPTIONS, type CallOptions, readCall } from './call-options.js';
import type { RedisBackend } from './redis.js';

/** Options of one `get` of a `RedisBackend`. */
export interface GetOptions extends CallOptions {
  /**
   * The path of a part of the value: names of fields, indexes of elements, keys of a Map; 0 to 500 of them. A worker gets
   * the part alone: of a large value of `graph` or `columns` only the segments that it lies in leave Redis and
   * are decoded. Resolves to `undefined` where there is nothing at the path. Rejects with `ERR_PATH` where it is malformed.
   * @default the whole value
   */
  readonly select?: readonly (string | number)[] | undefined;
  /**
   * Of what `select` leads to, the elements of an array or of binary data, or the characters of a string, from the first
   * number to before the second, 0 or more each. Rejects with `ERR_PATH` where that has no elements.
   * @default all of it
   */
  readonly slice?: readonly [from: number, to: number] | undefined;
}

/** Options of one `set` or `setMany` of a `RedisBackend`. */
export interface RedisSetOptions extends SetOptions, CallOptions {
  /**
   * Whether the value is encoded before the call returns, and may be changed from then on. A large one then holds the
   * event loop for as long as that takes. While the module of a codec of your own is loaded it is copied instead, and what is no plain
   * data is `ERR_VALUE`.
   * @default false
   */
  readonly snapshot?: boolean | undefined;
}

/** Options of one `setBytes` or `setStream` of a `RedisBackend`. */
export interface BytesOptions extends SetOptions, CallOptions {
  /**
   * What the bytes are, for whoever opens them, such as `image/png`: 1 to 255 printable ASCII characters.
   * `application/json` has `json()` of the handle pass them on as they are.
   * @default none
   */
  readonly contentType?: string | undefined;
}

/** One entry of `setMany`. */
export interface SetEntry extends SetOptions {
  readonly key: string;
  readonly value: unknown;
}

/** Options of `clear`. */
export interface ClearOptions {
  /** Ends the clear between two steps, with `ERR_ABORTED`; what was removed stays removed. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds for one step, 10 to 3,600,000. @default that of the backend */
  readonly timeoutMs?: number | undefined;
  /** Told after each step. */
  readonly onProgress?: ((progress: ClearProgress) => void) | undefined;
}

/** Where a backend comes from, if not from its options alone. @internal */
export interface BackendOrigin {
  readonly parent?: RedisBackend;
  readonly prefix?: string;
  readonly file?: Record<string, unknown>;
}

const OF_EVERY_CALL: ReadonlySet<string> = new Set(CALL_OPTIONS);
const GET_OPTIONS: ReadonlySet<string> = new Set([
  ...CALL_OPTIONS,
  'select',
  'slice',
] satisfies (keyof GetOptions)[]);
const SET_OPTIONS: ReadonlySet<string> = new Set([
  ...CALL_OPTIONS,
  'ttl',
  'snapshot',
] satisfies (keyof RedisSetOptions)[]);
const BYTES_OPTIONS: ReadonlySet<string> = new Set([
  ...CALL_OPTIONS,
  'ttl',
  'contentType',
] satisfies (keyof BytesOptions)[]);
const CLEAR_OPTIONS: ReadonlySet<string> = new Set([
  'signal',
  'timeoutMs',
  'onProgress',
] satisfies (keyof ClearOptions)[]);
const ENTRY_FIELDS: ReadonlySet<string> = new Set(['key', 'value', 'ttl'] satisfies (keyof SetEntry)[]);

/** What each call takes. */
const OPTIONS = {
  get: GET_OPTIONS,
  set: SET_OPTIONS,
  delete: OF_EVERY_CALL,
  exists: OF_EVERY_CALL,
  ttl: OF_EVERY_CALL,
  touch: OF_EVERY_CALL,
  getMany: OF_EVERY_CALL,
  setMany: SET_OPTIONS,
  deleteMany: OF_EVERY_CALL,
  clear: CLEAR_OPTIONS,
  open: OF_EVERY_CALL,
  setBytes: BYTES_OPTIONS,
  setStream: BYTES_OPTIONS,
  map: OF_EVERY_CALL,
  value: OF_EVERY_CALL,
  bytes: OF_EVERY_CALL,
  text: OF_EVERY_CALL,
  json: OF_EVERY_CALL,
  stream: OF_EVERY_CALL,
  at: OF_EVERY_CALL,
  slice: OF_EVERY_CALL,
} as const satisfies Record<string, ReadonlySet<string>>;

/** The calls that take many keys. */
export type BatchCall = 'getMany' | 'setMany' | 'deleteMany';

/** The names of calls, as they take options. */
export type CallName = keyof typeof OPTIONS;

/** What a call asked for; undefined for nothing. Refuses, with `ERR_OPTION`, options that it does not take, and wrong ones. */
export function callOf(
  options: CallOptions | undefined,
  name: CallName,
  retry: RetrySettings,
): Call | undefined {
  if (options === undefined) return undefined;
  assertKnownOptions(options, OPTIONS[name], name);
  return readCall(options, { name, retry });
}

/** A part by its path and range. Throws `ERR_PATH`. */
export function selectionOf(path: readonly PathStep[], range: Selection['range']): Selection {
  try {
    assertPath(path);
    if (range) assertRange(...range);
    return { path: [...path], range: range && [...range] };
  } catch (error) {
    throw asOffloopError(error, 'ERR_PATH', 'path or range cannot be read: an accessor or a proxy threw');
  }
}

/** The part that a get was asked for; undefined for the whole value. Throws `ERR_PATH`. */
export function partOfCall(options: GetOptions | undefined): Selection | undefined {
  const { select, slice } = options ?? {};
  if (select === undefined && slice === undefined) return undefined;
  if (slice === undefined) return selectionOf(select ?? [], undefined);
  if (!Array.isArray(slice) || slice.length !== 2)
    throw new OffloopError('ERR_PATH', `get: slice must be [from, to], received ${describe(slice)}`);
  return selectionOf(select ?? [], slice as readonly [number, number]);
}

/** Whether a set was asked to encode at once. Refuses, with `ERR_OPTION`, what is no boolean. */
export function snapshotOf(options: RedisSetOptions | undefined): boolean {
  const snapshot = options?.snapshot ?? false;
  if (typeof snapshot === 'boolean') return snapshot;
  throw new OffloopError('ERR_OPTION', `snapshot must be true or false, received ${describe(snapshot)}`);
}

/** What a clear tells its progress to. Refuses, with `ERR_OPTION`, what is no function. */
export function progressOf(options: ClearOptions | undefined): ClearOptions['onProgress'] {
  const onProgress = options?.onProgress;
  if (onProgress === undefined || typeof onProgress === 'function') return onProgress;
  throw new OffloopError(
    'ERR_OPTION',
    `clear: onProgress must be a function, received ${describe(onProgress)}`,
  );
}

/** An entry of `setMany`, with the TTL of all where it has none. Refuses what is none with `ERR_OPTION`; its parts are looked at when it is set. */
export function entryOf(entry: unknown, sharedTtl: number | undefined): SetEntry {
  if (typeof entry !== 'object' || entry === null) {
    throw new OffloopError(
      'ERR_OPTION',
      `setMany: an entry must be { key, value, ttl? }, received ${describe(entry)}`,
    );
  }
  try {
    assertKnownNames(entry, ENTRY_FIELDS, 'setMany: an entry');
    const { key, value, ttl = sharedTtl } = entry as SetEntry;
    return { key, value, ttl };
  } catch (error) {
    throw unreadableAs(error, 'setMany: an entry');
  }
}

/** What an entry's failure is reported by; the entry itself where that cannot be read. */
export function keyOfEntry(entry: SetEntry): unknown {
  try {
    return entry?.key;
  } catch {
    // Why the entry was refused says so.
    return entry;
  }
}

/** The TTL of a `touch`, which needs one. Refuses with `ERR_TTL`. */
export function requiredTtl(ttl: unknown): number {
  const ttlMs = ttlToMilliseconds(ttl);
  if (ttlMs !== undefined) return ttlMs;
  throw new OffloopError('ERR_TTL', 'touch needs a ttl in seconds, received undefined');
}

/** The items of a batch, taken at once. Refuses, with `ERR_OPTION`, what is no list; a string is none. */
export function listOf<T>(items: Iterable<T>, call: BatchCall): T[] {
  try {
    if (typeof items !== 'string' && typeof items?.[Symbol.iterator] === 'function') return [...items];
  } catch {
    // What it threw is the caller's, who has it.
    throw new OffloopError('ERR_OPTION', `${call}: its list threw while it was read; nothing was begun`);
  }
  throw new OffloopError('ERR_OPTION', `${call} needs a list, received ${describe(items)}`);
}

/** The error for a clear that would empty the database and may not. */
export function flushForbidden(): OffloopError {
  return new OffloopError(
    'ERR_FLUSH_FORBIDDEN',
    'clear() without a key prefix would empty the database: allowFlush is false',
  );
}
