import type { CacheBackend, SetOptions } from '../backends/cache-backend.js';
import { type KeyLeases, NOTED, type NotedStore, notedStoreOf, timeoutOf } from '../backends/noted-store.js';
import { type CallKind, OrderedCalls } from '../backends/ordered-calls.js';
import { type Prefixed, PrefixView } from '../backends/prefix-view.js';
import { SCOPE, type ScopeStore, type Sweep, scopeOf } from '../backends/scope-store.js';
import { OffloopError } from '../errors.js';
import { GENERATION_MARK, GENERATIONS, generationPrefix } from './layout.js';

/** A generation, and the keys that belong to it. */
interface Generation {
  readonly id: string;
  readonly view: CacheBackend & Prefixed;
}

/**
 * A backend whose keys belong to a generation: giving it another one clears all of them at once. A mark in the store holds
 * the id of the present generation. Each call asks for it beside its own command, in one turn: where it is another than the
 * one that was taken for granted, the call is made again under that. So no call that begins after a clear was acknowledged
 * finds what was there before, in whatever process. Where the mark is gone (evicted, or flushed) there is a new generation:
 * what was there before never comes back.
 */
export class GenerationBackend implements CacheBackend, Prefixed {
  readonly #base: CacheBackend & Prefixed;
  readonly #marks: ScopeStore;
  readonly #calls: OrderedCalls;
  readonly #leased = new WeakMap<object, Generation>();
  #present: Generation | undefined;

  constructor(base: CacheBackend & Prefixed) {
    this.#base = base;
    this.#calls = new OrderedCalls('cache manager', timeoutOf(base));
    this.#marks = scopeOf(base);
  }

  /** The id of the generation of now, as far as this process knows; undefined before the first call. */
  get presentId(): string | undefined {
    return this.#present?.id;
  }

  get<T = unknown>(key: string): Promise<T | undefined> {
    return this.#run(key, 'read', (view) => view.get<T>(key));
  }

  set(key: string, value: unknown, options?: SetOptions): Promise<void> {
    return this.#run(key, 'write', (view) => view.set(key, value, options));
  }

  delete(key: string): Promise<boolean> {
    return this.#run(key, 'write', (view) => view.delete(key));
  }

  exists(key: string): Promise<boolean> {
    return this.#run(key, 'read', (view) => view.exists(key));
  }

  /** Removes all keys, one by one, of every generation. */
  clear(): Promise<number> {
    return this.#calls.runOnAll('', async () => {
      try {
        return await this.#base.clear();
      } finally {
        // Its mark goes too: the next call would store under it first, where no sweep is due for long.
        this.#present = undefined;
      }
    });
  }

  /** Ends the generation: one command, however many keys there are. They are there until a sweep, and nobody finds them. */
  clearAtOnce(): Promise<void> {
    return this.#calls.runOnAll('', () => this.#marks.drop(GENERATION_MARK));
  }

  /** Removes, step by step, the keys of all generations but the present one. */
  async sweep(): Promise<Sweep> {
    await this.presentOf();
    const sweep = this.#marks.sweep?.({
      prefix: GENERATIONS,
      spared: async () => generationPrefix((await this.#claim()).id),
    });
    if (sweep) return sweep;
    throw new OffloopError('ERR_OPTION', 'the backend has no instant clears');
  }

  /** The id of the present generation, which is made where there is none. */
  async presentOf(): Promise<string> {
    const id = await this.#marks.read(GENERATION_MARK);
    return (id === undefined ? await this.#claim() : this.#adopt(id)).id;
  }

  clearPrefix(prefix: string): Promise<number> {
    return this.#calls.runOnAll(prefix, () => this.#attempt((view) => view.withPrefix(prefix).clear()));
  }

  settle(prefix: string): Promise<void> {
    return this.#calls.closed ? Promise.resolve() : this.#calls.runOnAll(prefix, () => {});
  }

  withPrefix(prefix: string): PrefixView {
    return new PrefixView(this, prefix);
  }

  /** Values with notes. */
  get [NOTED](): NotedStore | undefined {
    const base = notedStoreOf(this.#base);
    if (!base) return undefined;
    return {
      timeoutMs: base.timeoutMs,
      make: base.make,
      leases: base.leases && this.#leasesOf(base.leases),
      getNoted: (key, options) =>
        this.#run(key, 'read', async (view) => notedOf(view).getNoted(key, options)),
      setNoted: (key, value, options) => {
        const set = (view: Generation['view']): Promise<boolean> =>
          notedOf(view).setNoted(key, value, options);
        const leased = options.fence && this.#leased.get(options.fence);
        // Where that generation has ended the value is as dead as the lease.
        if (leased) return this.#calls.run(key, 'write', () => set(leased.view));
        return this.#run(key, 'write', set);
      },
    };
  }

  /** Marks that end with the generation: those of what lies within. */
  get [SCOPE](): ScopeStore {
    return {
      read: (key) => this.#run(key, 'read', (view) => scopeOf(view).read(key)),
      claim: (key, ttlMs) => this.#run(key, 'write', (view) => scopeOf(view).claim(key, ttlMs)),
      drop: (key) => this.#run(key, 'write', (view) => scopeOf(view).drop(key)),
      // Of the generation of now: where that ends meanwhile, all of it is dead.
      sweep: this.#marks.sweep && ((options) => this.#sweepWithin(options)),
    };
  }

  /** Closes the backend behind it. */
  close(): Promise<void> {
    return this.#calls.closed ? this.#base.close() : this.#calls.close(() => this.#base.close());
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** A lease belongs to the generation that it was taken in, and so does what is stored by it. */
  #leasesOf(base: KeyLeases): KeyLeases {
    return {
      acquire: (key, ttlMs) =>
        this.#run(key, 'read', async (view) => {
          const present = this.#present;
          const answer = await leasesOf(view).acquire(key, ttlMs);
          if (answer.lease && present) this.#leased.set(answer.lease, present);
          return answer;
        }),
      renew: (lease) => base.renew(lease),
      release: (lease) => base.release(lease),
      // Who listens has asked for the lease before, and so knows the present generation.
      listen: (key) => (this.#present ? leasesOf(this.#present.view).listen(key) : base.listen(key)),
    };
  }

  #sweepWithin(options: Parameters<NonNullable<ScopeStore['sweep']>>[0]): Sweep {
    const sweep = this.#present && scopeOf(this.#present.view).sweep?.(options);
    // Before the first call nothing is known to have ended.
    return sweep ?? { removed: 0, step: () => Promise.resolve(false) };
  }

  #run<T>(key: string, kind: CallKind, call: (view: Generation['view']) => Promise<T>): Promise<T> {
    try {
      this.#calls.assertOpen();
    } catch (error) {
      return Promise.reject(error);
    }
    return this.#calls.run(key, kind, () => this.#attempt(call));
  }

  async #attempt<T>(call: (view: Generation['view']) => Promise<T>): Promise<T> {
    let present = this.#present ?? (await this.#claim());
    for (;;) {
      // Both in this turn, and so in one round trip.
      const answer = call(present.view);
      const mark = this.#marks.read(GENERATION_MARK);
      const [answered, read] = await Promise.allSettled([answer, mark]);
      if (read.status === 'rejected') throw read.reason;
      if (read.value === present.id) {
        if (answered.status === 'rejected') throw answered.reason;
        return answered.value;
      }
      present = read.value === undefined ? await this.#claim() : this.#adopt(read.value);
    }
  }

  async #claim(): Promise<Generation> {
    return this.#adopt(await this.#marks.claim(GENERATION_MARK, undefined));
  }

  #adopt(id: string): Generation {
    if (this.#present?.id !== id)
      this.#present = { id, view: this.#base.withPrefix(generationPrefix(id)) as Generation['view'] };
    return this.#present;
  }
}

/** A view keeps notes where its backend does. */
function notedOf(view: CacheBackend): NotedStore {
  const noted = notedStoreOf(view);
  if (noted) return noted;
  throw new OffloopError('ERR_OPTION', 'the backend keeps no notes');
}

function leasesOf(view: CacheBackend): KeyLeases {
  const { leases } = notedOf(view);
  if (leases) return leases;
  throw new OffloopError('ERR_OPTION', 'the backend has no leases');
}
