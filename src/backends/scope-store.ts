import { newMarkId } from '../redis/marks.js';
import type { CacheBackend } from './cache-backend.js';

/** Where a backend has its {@link ScopeStore}. @internal */
export const SCOPE: unique symbol = Symbol('offloop.scope');

/**
 * What tags and generations need of a backend: marks, which are small keys that hold a random id, and a sweep of what an
 * id no longer stands for. @internal
 */
export interface ScopeStore {
  /** The id of a mark; undefined where it is not there. */
  read(key: string): Promise<string | undefined>;
  /**
   * The id of a mark, which is made where it is not there: of all who do that at the same time, one wins. It is kept for
   * so many milliseconds at least, unless it is evicted; `undefined` stands for ever.
   */
  claim(key: string, ttlMs: number | undefined): Promise<string>;
  /** Removes a mark: what holds its id is outdated from when this has resolved, since no id is given twice. */
  drop(key: string): Promise<void>;
  /** Undefined where the backend cannot be swept. */
  readonly sweep: ((options: SweepOptions) => Sweep) | undefined;
}

/** What a sweep removes, and what it spares. */
export interface SweepOptions {
  /** It removes keys that begin with this. */
  readonly prefix: string;
  /** Asked after keys have been found and before they are removed: those that begin with the answer stay. */
  readonly spared: () => Promise<string>;
}

/** A removal of many keys, in steps that other clients do not feel. */
export interface Sweep {
  /** Keys removed so far. */
  readonly removed: number;
  /** Does one step. Resolves to whether there is more to do. */
  step(): Promise<boolean>;
}

/** What a backend has for tags and generations: its own, else what can be made of its `get` and `set`. */
export function scopeOf(backend: CacheBackend): ScopeStore {
  return SCOPE in backend ? (backend[SCOPE] as ScopeStore) : new PlainScope(backend);
}

/**
 * Marks of a backend that belongs to one process and is bounded: they take their place among its entries, and make room
 * as those do. Calls on one mark by one process are in order; two processes could both make it.
 */
export class PlainScope implements ScopeStore {
  readonly sweep = undefined;
  readonly #backend: CacheBackend;

  constructor(backend: CacheBackend) {
    this.#backend = backend;
  }

  readonly read = async (key: string): Promise<string | undefined> => {
    const id = await this.#backend.get(key);
    return typeof id === 'string' ? id : undefined;
  };

  claim(key: string): Promise<string> {
    return claimOnce(this.#backend, key, async () => {
      const there = await this.read(key);
      if (there !== undefined) return there;
      const id = newMarkId();
      await this.#backend.set(key, id);
      return id;
    });
  }

  readonly drop = async (key: string): Promise<void> => {
    await this.#backend.delete(key);
  };
}

/** Claims under way. Two at a time would each make the mark. */
const claims = new WeakMap<CacheBackend, Map<string, Promise<string>>>();

function claimOnce(backend: CacheBackend, key: string, claim: () => Promise<string>): Promise<string> {
  const ofBackend = claims.get(backend) ?? new Map<string, Promise<string>>();
  claims.set(backend, ofBackend);
  const underWay = ofBackend.get(key);
  if (underWay) return underWay;
  const claimed = claim().finally(() => ofBackend.delete(key));
  ofBackend.set(key, claimed);
  return claimed;
}
