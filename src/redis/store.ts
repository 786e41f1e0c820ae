import { EventEmitter } from 'node:events';
import { cborNativeStrings } from '../codec/cbor.js';
import type { RegistrySettings } from '../codec/registry.js';
import { LearnedPlan } from '../offload/learned-plan.js';
import { type PoolSettings, WorkerPool } from '../offload/pool.js';
import { Counters, type RedisBackendStats } from '../stats.js';
import { Breaker, type BreakerSettings } from './breaker.js';
import { BulkLane } from './bulk-lane.js';
import type { Call } from './call.js';
import { clearThroughLosses } from './clearing.js';
import { CodecLoading } from './codec-loading.js';
import { CommandLane } from './command-lane.js';
import { Connection } from './connection.js';
import type { RedisBackendEvents } from './events.js';
import { Handles } from './handles.js';
import { LargeReader } from './large-reader.js';
import { Leases } from './leases.js';
import { Marks } from './marks.js';
import { OpenedReader } from './opened-reader.js';
import type { Operation, OperationInput } from './operation.js';
import { Operations, type OperationsSettings } from './operations.js';
import { ReadReport } from './read-report.js';
import { Reads } from './reads.js';
import { REPLICA_SHARE, Replicas } from './replicas.js';
import type { RetrySettings } from './retry.js';
import { Room, type RoomLimits } from './room.js';
import { assertNotAborted, flush, type ScanOptions } from './scan.js';
import type { ConnectionSettings } from './settings.js';
import { Tracking, type TrackingListener, type TrackingOptions } from './tracking.js';
import { ValueReader } from './value-reader.js';
import type { ValueSettings } from './value-settings.js';
import { ValueWriter } from './value-writer.js';
import { Writes } from './writes.js';

/** Everything that a store is made of. */
export interface StoreSettings extends Omit<ValueSettings, 'plan'> {
  readonly plan: 'auto' | 'fixed';
  readonly codecs: RegistrySettings;
  readonly connection: ConnectionSettings;
  readonly replicas: ConnectionSettings | undefined;
  readonly pool: PoolSettings;
  readonly operations: OperationsSettings;
  readonly overload: RoomLimits;
  readonly breaker: BreakerSettings;
}

/** What calls resolve to that are answered as though there was nothing: no key removed or found, no TTL. */
const NONE = { value: 0 };
const GONE = { value: -2 };

/** What a backend and its views share: connections, the order of operations, counters. Keys are physical here. */
export class Store {
  /** Emits {@link RedisBackendEvents}. */
  readonly events = new EventEmitter();
  readonly counters = new Counters();
  readonly reads: Reads;
  readonly writes: Writes;
  readonly leases: Leases;
  readonly marks: Marks;
  readonly handles: Handles;
  readonly #settings: StoreSettings;
  readonly #connection: Connection;
  readonly #operations: Operations;
  readonly #breaker: Breaker;
  readonly #room: Room;
  readonly #commands: CommandLane;
  readonly #pool: WorkerPool;
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
      if (event.type === 'connect') this.#breaker.tryAgain();
      if (event.type === 'connectionError') this.#emit('connectionError', event.error);
      else this.#emit(event.type);
    });
    this.#breaker = new Breaker(settings.breaker, (state) =>
      this.#emit(state === 'open' ? 'breakerOpen' : 'breakerClose'),
    );
    this.#room = new Room(settings.overload);
    const guards = { breaker: this.#breaker, room: this.#room };
    this.#operations = new Operations(settings.operations, guards, {
      busy: (busy) => {
        this.#connection.reference(busy);
        this.#replicas?.routes.reference(busy);
      },
      // A server that did not answer one command in time has the others on this connection wait as well.
      stalled: () => this.#connection.reset(),
      failed: (error) => this.counters.failed(error),
      unavailable: ({ name, key, writes }, error) => {
        this.counters.unavailable[writes ? 'writes' : 'reads']++;
        this.#emit('unavailable', { call: name, key, error });
      },
    });
    this.#commands = new CommandLane(this.#connection, this.#room);
    this.#pool = WorkerPool.acquire(settings.pool);
    const lanes = { commands: this.#commands, bulk: new BulkLane(this.#pool, settings) };
    const report = new ReadReport(settings, this.counters, (key, error) =>
      this.#emit('corrupt', { key, error }),
    );
    const parts = { commands: this.#commands, large: new LargeReader(settings, lanes), report };
    const reader = new ValueReader(settings, parts);
    if (given.replicas) {
      const routes = new Replicas(given.replicas, this.#room);
      const bulk = new BulkLane(this.#pool, {
        ...settings,
        connection: given.replicas,
        timeShare: REPLICA_SHARE,
      });
      const large = new LargeReader(settings, { commands: routes.commands, bulk });
      const replica = new ValueReader(settings, { commands: routes.commands, large, report });
      this.#replicas = { routes, reader: replica };
    }
    this.handles = new Handles(
      this.#operations,
      new OpenedReader(settings, parts, lanes.bulk),
      this.#loading,
    );
    this.reads = new Reads(this.#operations, { reader, replicas: this.#replicas, loading: this.#loading });
    const writer = new ValueWriter(settings, lanes, this.counters);
    this.leases = new Leases(this.#operations, this.#commands, settings.connection);
    this.marks = new Marks(this.#operations, {
      commands: this.#commands,
      reads: this.reads,
      ring: given.ring,
    });
    const noted = this.#replicas?.routes;
    this.writes = new Writes(this.#operations, { writer, loading: this.#loading, replicas: noted });
  }

  /** Milliseconds of one operation, unless its call asks for others. */
  get timeoutMs(): number {
    return this.#operations.timeoutMs;
  }

  /** What a call has unless it says otherwise. */
  get retry(): RetrySettings {
    return this.#settings.operations.retry;
  }

  get closed(): boolean {
    return this.#closing !== undefined;
  }

  /** Throws `ERR_ABORTED` where the signal has fired before a call of many keys began. */
  assertWanted(
    signal: AbortSignal | undefined,
    call: { readonly name: string; readonly writes: boolean },
  ): void {
    this.#operations.assertWanted(signal, call);
  }

  async delete(key: string, call?: Call): Promise<boolean> {
    const work = (operation: Operation): Promise<number> => this.#commands.delete(operation, key);
    const input = { name: 'delete', key, writes: true, absent: NONE, call, work };
    const removed = await this.#command<number>(input);
    this.counters.deletes += removed;
    return removed > 0;
  }

  async exists(key: string, call?: Call): Promise<boolean> {
    const work = (operation: Operation): Promise<number> => this.#commands.exists(operation, key);
    const input = { name: 'exists', key, writes: false, absent: NONE, call, work };
    return (await this.#command<number>(input)) > 0;
  }

  /** Seconds left; Infinity for a key that does not expire, undefined for none. */
  async ttl(key: string, call?: Call): Promise<number | undefined> {
    const work = (operation: Operation): Promise<number> => this.#commands.ttl(operation, key);
    const left = await this.#command<number>({ name: 'ttl', key, writes: false, absent: GONE, call, work });
    if (left === -1) return Number.POSITIVE_INFINITY;
    return left < 0 ? undefined : left / 1000;
  }

  async touch({ key, ttlMs }: { key: string; ttlMs: number }, call?: Call): Promise<boolean> {
    const work = (operation: Operation): Promise<number> => this.#commands.touch(operation, key, ttlMs);
    return (await this.#command<number>({ name: 'touch', key, writes: true, absent: NONE, call, work })) > 0;
  }

  /** Removes the keys of a prefix, or all of the database where it is empty. Takes as long as it takes. */
  clear(options: Pick<ScanOptions, 'prefix' | 'onProgress'>, call?: Call): Promise<number> {
    const { connection, operations } = this.#settings;
    const signal = call?.signal;
    this.assertWanted(signal, { name: 'clear', writes: true });
    const patience = {
      timeoutMs: call?.timeoutMs ?? operations.timeoutMs,
      onStall: () => this.#connection.reset(),
    };
    return this.#operations.run({
      name: 'clear',
      key: options.prefix,
      access: 'clear',
      writes: true,
      absent: NONE,
      // The signal ends it between two steps.
      call: call && { ...call, signal: undefined },
      work: async (operation) => {
        const client = await this.#commands.client(operation);
        assertNotAborted(signal, 0);
        operation.keepOwnTime();
        const cluster = connection.kind === 'cluster';
        const cleared =
          options.prefix === ''
            ? flush(client, patience)
            : clearThroughLosses(this.#connection, client, { ...options, signal, patience, cluster });
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
    return {
      ...structuredClone(this.counters),
      operations: this.#operations.count,
      inFlight: { operations: this.#room.count, bytes: this.#room.bytes },
      pendingBytes: this.#operations.pendingBytes,
      breaker: { state: this.#breaker.state, opened: this.#breaker.opened },
      connected: this.#connection.ready !== undefined,
      replicas: this.#replicas?.routes.stats(),
      pool: this.#pool.stats(),
      plan: this.#plan.stats(),
      native: { cborExtract: cborNativeStrings },
    };
  }

  /** Resolves when what was called before on keys with this prefix has ended, and the streams that the view has read. */
  async settle(prefix: string, view: object): Promise<void> {
    if (this.closed) return;
    const streams = this.writes.gatherings.settle(view);
    await this.#operations.run({
      name: 'close',
      key: prefix,
      access: 'clear',
      writes: false,
      local: true,
      call: undefined,
      work: () => Promise.resolve(),
    });
    await streams;
  }

  /** Lets what was called before end, then gives everything back. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    // What a stream has brought becomes an operation, which the end of these waits for.
    await this.writes.gatherings.settle();
    await this.#operations.drain();
    this.#connection.close();
    this.leases.close();
    this.#replicas?.routes.close();
    await this.#pool.release();
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

  #command<T>(input: Omit<OperationInput, 'access'>): Promise<T> {
    const { name, key, writes, absent, call } = input;
    const routes = writes ? this.#replicas?.routes : undefined;
    const work = routes
      ? (operation: Operation): Promise<unknown> => routes.written(input.work(operation), key)
      : input.work;
    return this.#operations.run({ name, key, writes, absent, call, access: 'command', work });
  }
}
