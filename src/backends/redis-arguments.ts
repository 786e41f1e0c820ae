import { assertPath, assertRange, type PathStep, type Selection } from '../codec/value-part.js';
import { describe, OffloopError } from '../errors.js';
import type { ClearProgress } from '../redis/scan.js';
import { assertKnownOptions, ttlToMilliseconds } from './arguments.js';
import type { SetOptions } from './cache-backend.js';
import type { RedisBackend } from './redis.js';

/** Options of a call on a `RedisBackend`. */
export interface CallOptions {
  /**
   * Answers the call with `ERR_ABORTED` as soon as it fires. What has not been sent by then never is; what has been is
   * not taken back, and the next calls on the key still come after it.
   * @default none
   */
  readonly signal?: AbortSignal | undefined;
}

/** Options of one `get` of a `RedisBackend`. */
export interface GetOptions extends CallOptions {
  /**
   * The path of a part of the value: names of fields, indexes of elements, keys of a Map; 0 to 500 of them. A worker gets
   * the part alone: of a large value of the `graph` codec (the default) only the segments that it lies in leave Redis and
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
   * event loop for as long as that takes.
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
  /** Told after each step. */
  readonly onProgress?: ((progress: ClearProgress) => void) | undefined;
}

/** Where a backend comes from, if not from its options alone. @internal */
export interface BackendOrigin {
  readonly parent?: RedisBackend;
  readonly prefix?: string;
  readonly file?: Record<string, unknown>;
}

const SIGNAL_ALONE: ReadonlySet<string> = new Set(['signal'] satisfies (keyof CallOptions)[]);
const GET_OPTIONS: ReadonlySet<string> = new Set([
  'signal',
  'select',
  'slice',
] satisfies (keyof GetOptions)[]);
const SET_OPTIONS: ReadonlySet<string> = new Set([
  'ttl',
  'signal',
  'snapshot',
] satisfies (keyof RedisSetOptions)[]);
const BYTES_OPTIONS: ReadonlySet<string> = new Set([
  'ttl',
  'signal',
  'contentType',
] satisfies (keyof BytesOptions)[]);
const CLEAR_OPTIONS: ReadonlySet<string> = new Set(['signal', 'onProgress'] satisfies (keyof ClearOptions)[]);
const ENTRY_FIELDS: ReadonlySet<string> = new Set(['key', 'value', 'ttl'] satisfies (keyof SetEntry)[]);

/** What each call takes. */
const OPTIONS = {
  get: GET_OPTIONS,
  set: SET_OPTIONS,
  delete: SIGNAL_ALONE,
  exists: SIGNAL_ALONE,
  ttl: SIGNAL_ALONE,
  touch: SIGNAL_ALONE,
  getMany: SIGNAL_ALONE,
  setMany: SET_OPTIONS,
  deleteMany: SIGNAL_ALONE,
  clear: CLEAR_OPTIONS,
  open: SIGNAL_ALONE,
  setBytes: BYTES_OPTIONS,
  setStream: BYTES_OPTIONS,
  map: SIGNAL_ALONE,
  value: SIGNAL_ALONE,
  bytes: SIGNAL_ALONE,
  text: SIGNAL_ALONE,
  json: SIGNAL_ALONE,
  stream: SIGNAL_ALONE,
  at: SIGNAL_ALONE,
  slice: SIGNAL_ALONE,
} as const satisfies Record<string, ReadonlySet<string>>;

/** The calls that take many keys. */
export type BatchCall = 'getMany' | 'setMany' | 'deleteMany';

/** The signal that a call was given. Refuses, with `ERR_OPTION`, options that the call does not take, and any other signal. */
export function signalOf(
  options: CallOptions | undefined,
  call: keyof typeof OPTIONS,
): AbortSignal | undefined {
  if (options === undefined) return undefined;
  assertKnownOptions(options, OPTIONS[call], call);
  const { signal } = options;
  if (signal === undefined || signal instanceof AbortSignal) return signal;
  throw new OffloopError(
    'ERR_OPTION',
    `${call}: signal must be an AbortSignal, received ${describe(signal)}`,
  );
}

/** A part by its path and range. Throws `ERR_PATH`. */
export function selectionOf(path: readonly PathStep[], range: Selection['range']): Selection {
  assertPath(path);
  if (range) assertRange(...range);
  return { path: [...path], range: range && [...range] };
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

/** The options of a clear. Refuses, with `ERR_OPTION`, what it does not take. */
export function readClearOptions(options: ClearOptions | undefined): Required<ClearOptions> {
  const signal = signalOf(options, 'clear');
  const onProgress = options?.onProgress;
  if (onProgress === undefined || typeof onProgress === 'function') return { signal, onProgress };
  throw new OffloopError(
    'ERR_OPTION',
    `clear: onProgress must be a function, received ${describe(onProgress)}`,
  );
}

/** Refuses, with `ERR_OPTION`, what is no entry of `setMany`; its key, value and TTL are looked at when it is set. */
export function assertEntry(entry: unknown): asserts entry is SetEntry {
  if (typeof entry === 'object' && entry !== null) {
    assertKnownOptions(entry, ENTRY_FIELDS, 'setMany: an entry');
    return;
  }
  throw new OffloopError(
    'ERR_OPTION',
    `setMany: an entry must be { key, value, ttl? }, received ${describe(entry)}`,
  );
}

/** The TTL of a `touch`, which needs one. Refuses with `ERR_TTL`. */
export function requiredTtl(ttl: unknown): number {
  const ttlMs = ttlToMilliseconds(ttl);
  if (ttlMs !== undefined) return ttlMs;
  throw new OffloopError('ERR_TTL', 'touch needs a ttl in seconds, received undefined');
}

/** The items of a batch, taken at once. Refuses, with `ERR_OPTION`, what is no list; a string is none. */
export function listOf<T>(items: Iterable<T>, call: BatchCall): T[] {
  if (typeof items !== 'string' && typeof items?.[Symbol.iterator] === 'function') return [...items];
  throw new OffloopError('ERR_OPTION', `${call} needs a list, received ${describe(items)}`);
}

/** The error for a clear that would empty the database and may not. */
export function flushForbidden(): OffloopError {
  return new OffloopError(
    'ERR_FLUSH_FORBIDDEN',
    'clear() without a key prefix would empty the database: allowFlush is false',
  );
}
