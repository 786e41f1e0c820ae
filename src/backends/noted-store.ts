import type { NoteSpan } from '../frame/note.js';
import type { Made } from '../offload/tasks.js';
import type { Fence } from '../redis/fence.js';
import type { Lease, LeaseAnswer } from '../redis/leases.js';
import type { MadeValue, Maker } from '../redis/made-values.js';
import type { NoteWish } from '../redis/value-reader.js';
import type { Wakeup } from '../redis/wakeups.js';
import type { CacheBackend, SetOptions } from './cache-backend.js';

/** A value with what is stored beside it. */
export interface NotedValue {
  readonly value: unknown;
  /** Undefined where it was stored without one. It lies in memory that is not its own. */
  readonly note?: NoteSpan | undefined;
}

/** A value with what is to be stored beside it. */
export interface NotedInput {
  readonly value: unknown;
  /** 1 to 4096 bytes. @default none */
  readonly note?: Uint8Array | undefined;
}

/** What is asked of a read. */
export interface NotedGetOptions extends NoteWish {
  readonly signal?: AbortSignal | undefined;
}

/** How a value is stored. */
export interface NotedSetOptions extends SetOptions {
  /** 1 to 4096 bytes. @default none */
  readonly note?: Uint8Array | undefined;
  readonly signal?: AbortSignal | undefined;
  /** What has to hold for it to be stored; of a store with leases. @default nothing */
  readonly fence?: Fence | undefined;
  /** The value as `make` of the same store has encoded it. @default it is encoded */
  readonly made?: Made | undefined;
}

/** Leases on the keys of a backend: see `Leases`. */
export interface KeyLeases {
  acquire(key: string, ttlMs: number): Promise<LeaseAnswer>;
  renew(lease: Lease): Promise<boolean>;
  release(lease: Lease): Promise<void>;
  listen(key: string): Wakeup;
}

/**
 * Values with notes: a few bytes beside a value, which stays as it is for whoever reads it by `get` and the other calls. `set`
 * stores none, and removes the earlier one.
 */
export interface NotedStore {
  /** Milliseconds that one of its calls takes at most. @default there is no such limit */
  readonly timeoutMs?: number | undefined;
  /** Undefined where there is no such key, or it was known early that its value is not wanted. */
  getNoted(key: string, options: NotedGetOptions): Promise<NotedValue | undefined>;
  /** False where the fence did not hold, and nothing was stored. A fenced value that was stored ends the lease. */
  setNoted(key: string, value: unknown, options: NotedSetOptions): Promise<boolean>;
  /** Leases that other processes respect. @default none: nobody else makes values of these keys, or nobody can be asked */
  readonly leases?: KeyLeases | undefined;
  /** Has a worker make a value; undefined where it makes none. @default it has no workers */
  readonly make?: ((maker: Maker, signal: AbortSignal) => Promise<MadeValue | undefined>) | undefined;
}

/** Milliseconds that a call on a backend takes at most; undefined where it has no such limit, or it is not known. */
export function timeoutOf(backend: CacheBackend): number | undefined {
  return NOTED in backend ? (backend[NOTED] as NotedStore | undefined)?.timeoutMs : undefined;
}

/** Under this a backend of ours has its {@link NotedStore}. */
export const NOTED = Symbol('offloop.noted');

/**
 * The noted store of a backend; undefined where it has none, or is of a class of the user's with a `get` or `set` of its own, which
 * notes would go past.
 */
export function notedStoreOf(backend: CacheBackend): NotedStore | undefined {
  if (!(NOTED in backend)) return undefined;
  let ours: object | null = backend;
  while (ours !== null && !Object.hasOwn(ours, NOTED)) ours = Object.getPrototypeOf(ours);
  const { get, set } = ours as CacheBackend;
  return backend.get === get && backend.set === set ? (backend[NOTED] as NotedStore | undefined) : undefined;
}
