import { EventEmitter } from 'node:events';
import { cborNativeStrings } from '../codec/cbor.js';
import type { RegistrySettings } from '../codec/registry.js';
import type { OffloopError } from '../errors.js';
import { LearnedPlan } from '../offload/learned-plan.js';
import { type PoolSettings, WorkerPool } from '../offload/pool.js';
import { Counters, type RedisBackendStats } from '../stats.js';
import { BulkLane } from './bulk-lane.js';
import { clearThroughLosses } from './clearing.js';
import { CodecLoading } from './codec-loading.js';
import { CommandLane } from './command-lane.js';
import { Connection } from './connection.js';
import { Handles } from './handles.js';
import { type Found, LargeReader, type Part } from './large-reader.js';
import { Leases } from './leases.js';
import { OpenedReader } from './opened-reader.js';
import { type Operation, type OperationInput, Operations } from './operations.js';
import { ReadReport } from './read-report.js';
import { REPLICA_SHARE, Replicas } from './replicas.js';
import { assertNotAborted, flush, type ScanOptions } from './scan.js';
import type { ConnectionSettings } from './settings.js';
import { Tracking, type TrackingListener, type TrackingOptions } from './tracking.js';
import { type NoteWish, ValueReader } from './value-reader.js';
import type { ValueSettings } from './value-settings.js';
import { ValueWriter } from './value-writer.js';
import { type Signalled, Writes } from './writes.js';

/** What happens to a backend, for `on`. */
export interface RedisBackendEvents {
  /** The command connection is there. */
  connect: [];
  /** It was lost, and is being made again. */
  disconnect: [];
  /** An attempt to make it failed. */
  connectionError: [error: OffloopError];
  /** A get met bytes that it could not read. They are left in place. */
  corrupt: [report: { readonly key: string; readonly error: OffloopError }];
}

/** Everything that a store is made of. */
export interface StoreSettings extends Omit<ValueSettings, 'plan'> {
  readonly plan: 'auto' | 'fixed';
  readonly codecs: RegistrySettings;
  readonly connection: ConnectionSettings;
  readonly replicas: ConnectionSettings | undefined;
  readonly pool: PoolSettings;
  readonly timeoutMs: number;
}

/** What a backend and its views share: connections, the order of operations, counters. Keys are physical here. */
export class Store {
  /** Emits {@link RedisBackendEvents}. */
  readonly events = new EventEmitter();
  readonly counters = new Counters();
  readonly writes: Writes;
  /** Who makes the value of a key. */
  readonly leases: Leases;
  /** What can be asked of a value besides the value. */
  readonly handles: Handles;
  readonly #settings: StoreSettings;
  readonly #connection: Connection;
  readonly #operations: Operations;
  readonly #commands: CommandLane;
  readonly #pool: WorkerPool;
  readonly #reader: ValueReader;
  readonly #replicas: { readonly routes: Replicas; readonly reader: ValueReader } | undefined;
  readonly #plan: LearnedPlan;
  readonly #loading: CodecLoading;
  #closing: Promise<void> | undefined;

  constructor(given: StoreSettings) {
    const { plan: mode, inlineLimitBytes } = given;
    this.#plan = new LearnedPlan({ learns: mode === 'auto', inlineLimitBytes });
    const settings = { ...given, plan: this.#plan };
    this.#settings = given;
    this.#loading = new CodecLoading(settings.registry);
    this.#connection = new Connection(settings.connection, 'command', (event) => {
      if (event.type === 'connectionError') this.#emit('connectionError', event.error);
      else this.#emit(event.type);
    });
    this.#operations = new Operations(settings.timeoutMs, {
      busy: (busy) => {
        this.#connection.reference(busy);
        this.#replicas?.routes.reference(busy);
      },
      timeout: (stage) => {
        // A server that did not answer one command in time has the others on this connection wait as well.
        if (stage === 'sent') this.#connection.reset();
      },
      failed: (error) => this.counters.failed(error),
    });
    this.#commands = new CommandLane(this.#connection);
    this.#pool = WorkerPool.acquire(settings.pool);
    const lanes = { commands: this.#commands, bulk: new BulkLane(this.#pool, settings) };
    const report = new ReadReport(settings, this.counters, (key, error) =>
      this.#emit('corrupt', { key, error }),
    );
    const parts = { commands: this.#commands, large: new LargeReader(settings, lanes.bulk), report };
    this.#reader = new ValueReader(settings, parts);
    if (given.replicas) {
      const routes = new Replicas(given.replicas);
      const bulk = new BulkLane(this.#pool, {
        ...settings,
        connection: given.replicas,
        timeShare: REPLICA_SHARE,
      });
      const large = new LargeReader(settings, bulk);
      const reader = new ValueReader(settings, { commands: routes.commands, large, report });
      this.#replicas = { routes, reader };
    }
    this.handles = new Handles(
      this.#operations,
      new OpenedReader(settings, parts, lanes.bulk),
      this.#loading,
    );
    const writer = new ValueWriter(settings, lanes, this.counters);
    this.leases = new Leases(this.#operations, this.#commands, settings.connection);
    const noted = this.#replicas?.routes;
    this.writes = new Writes(this.#operations, { writer, loading: this.#loading, replicas: noted });
  }

  get closed(): boolean {
    return this.#closing !== undefined;
  }

  /** Throws `ERR_ABORTED` where the signal has fired before a call of many keys began. */
  assertWanted(signal: AbortSignal | undefined, name: string): void {
    this.#operations.assertWanted(signal, { name });
  }

  get(key: string, signal?: AbortSignal): Promise<unknown> {
    return this.#operations.run({
      name: 'get',
      key,
      access: 'read',
      writes: false,
      signal,
      work: (operation) =>
        this.#loading.before(operation, () =>
          this.#replicas === undefined
            ? this.#reader.read(operation, key)
            : this.#routed(operation, key, (reader) => reader.read(operation, key)),
        ),
    });
  }

  /** A value with its note; undefined where there is none, or none with a note that is wanted. */
  getNoted(key: string, wish: NoteWish & Signalled): Promise<Found | undefined> {
    return this.#operations.run<Found | undefined>({
      name: 'get',
      key,
      access: 'read',
      writes: false,
      signal: wish.signal,
      work: (operation) => this.#loading.before(operation, () => this.#reader.read(operation, key, wish)),
    });
  }

  /** What is at a path of a value, or the elements of that in a range. */
  getPart(part: Part, signal?: AbortSignal): Promise<unknown> {
    const work = (operation: Operation): Promise<unknown> =>
      this.#loading.before(operation, () =>
        this.#routed(operation, part.key, (reader) => reader.readPart(operation, part)),
      );
    return this.#operations.run({ name: 'get', key: part.key, access: 'read', writes: false, signal, work });
  }

  async delete(key: string, signal?: AbortSignal): Promise<boolean> {
    const work = (operation: Operation): Promise<number> => this.#commands.delete(operation, key);
    const removed = await this.#command<number>({ name: 'delete', key, writes: true, signal, work });
    this.counters.deletes += removed;
    return removed > 0;
  }

  async exists(key: string, signal?: AbortSignal): Promise<boolean> {
    const work = (operation: Operation): Promise<number> => this.#commands.exists(operation, key);
    return (await this.#command<number>({ name: 'exists', key, writes: false, signal, work })) > 0;
  }

  /** Seconds left; Infinity for a key that does not expire, undefined for none. */
  async ttl(key: string, signal?: AbortSignal): Promise<number | undefined> {
    const work = (operation: Operation): Promise<number> => this.#commands.ttl(operation, key);
    const left = await this.#command<number>({ name: 'ttl', key, writes: false, signal, work });
    if (left === -1) return Number.POSITIVE_INFINITY;
    return left < 0 ? undefined : left / 1000;
  }

  async touch({ key, ttlMs, signal }: { key: string; ttlMs: number } & Signalled): Promise<boolean> {
    const work = (operation: Operation): Promise<number> => this.#commands.touch(operation, key, ttlMs);
    return (await this.#command<number>({ name: 'touch', key, writes: true, signal, work })) > 0;
  }

  /** Removes the keys of a prefix, or all of the database where it is empty. Takes as long as it takes. */
  clear(options: Pick<ScanOptions, 'prefix' | 'signal' | 'onProgress'>): Promise<number> {
    const { connection, timeoutMs } = this.#settings;
    const patience = { timeoutMs, onStall: () => this.#connection.reset() };
    return this.#operations.run({
      name: 'clear',
      key: options.prefix,
      access: 'clear',
      writes: true,
      work: async (operation) => {
        const client = await this.#commands.client(operation);
        operation.keepOwnTime();
        assertNotAborted(options.signal, 0);
        const cluster = connection.kind === 'cluster';
        const cleared =
          options.prefix === ''
            ? flush(client, patience)
            : clearThroughLosses(this.#connection, client, { ...options, patience, cluster });
        return this.#replicas ? this.#replicas.routes.written(cleared) : cleared;
      },
    });
  }

  /** Is told of changes by Redis, over a connection of its own that whoever asked for it closes. */
  track(options: TrackingOptions, listener: TrackingListener): Tracking {
    this.#replicas?.routes.pin();
    return new Tracking(this.#settings.connection, options, listener);
  }

  stats(): RedisBackendStats {
    const { hits, misses, sets, deletes, corrupt, errors, writes, reads, bytesRead, bytesWritten } =
      this.counters;
    return {
      hits,
      misses,
      sets,
      deletes,
      corrupt,
      errors: { ...errors },
      writes: { ...writes },
      reads: { ...reads },
      bytesRead,
      bytesWritten,
      operations: this.#operations.count,
      connected: this.#connection.ready !== undefined,
      replicas: this.#replicas?.routes.stats(),
      pool: this.#pool.stats(),
      plan: this.#plan.stats(),
      native: { cborExtract: cborNativeStrings },
    };
  }

  /** Resolves when what was called before on keys with this prefix has ended. */
  settle(prefix: string): Promise<void> {
    return this.#operations.run({
      name: 'close',
      key: prefix,
      access: 'clear',
      writes: false,
      work: () => Promise.resolve(),
    });
  }

  /** Lets what was called before end, then gives everything back. */
  close(): Promise<void> {
    this.#closing ??= this.#operations.drain().then(async () => {
      this.#connection.close();
      this.leases.close();
      this.#replicas?.routes.close();
      await this.#pool.release();
    });
    return this.#closing;
  }

  /** What a listener throws is the listener's: it must not end up in the way of a value. */
  #emit<E extends keyof RedisBackendEvents>(event: E, ...args: RedisBackendEvents[E]): void {
    try {
      this.events.emit(event, ...args);
    } catch (error) {
      process.nextTick(() => {
        throw error;
      });
    }
  }

  #routed<T>(operation: Operation, key: string, read: (reader: ValueReader) => Promise<T>): Promise<T> {
    const master = this.#reader;
    const replicas = this.#replicas;
    if (replicas === undefined) return read(master);
    return replicas.routes.read(operation, key, { master, replica: replicas.reader, read });
  }

  #command<T>(input: Omit<OperationInput, 'access'>): Promise<T> {
    const { name, key, writes, signal } = input;
    const routes = writes ? this.#replicas?.routes : undefined;
    const work = routes
      ? (operation: Operation): Promise<unknown> => routes.written(input.work(operation), key)
      : input.work;
    return this.#operations.run({ name, key, writes, signal, access: 'command', work });
  }
}
