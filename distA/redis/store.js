import { EventEmitter } from 'node:events';
import { cborNativeStrings } from '../codec/cbor.js';
import { LearnedPlan } from '../offload/learned-plan.js';
import { WorkerPool } from '../offload/pool.js';
import { Counters } from '../stats.js';
import { Breaker } from './breaker.js';
import { BulkLane } from './bulk-lane.js';
import { clearThroughLosses } from './clearing.js';
import { CodecLoading } from './codec-loading.js';
import { CommandLane } from './command-lane.js';
import { Connection } from './connection.js';
import { Handles } from './handles.js';
import { LargeReader } from './large-reader.js';
import { Leases } from './leases.js';
import { Marks } from './marks.js';
import { OpenedReader } from './opened-reader.js';
import { Operations } from './operations.js';
import { ReadReport } from './read-report.js';
import { Reads } from './reads.js';
import { REPLICA_SHARE, Replicas } from './replicas.js';
import { Room } from './room.js';
import { assertNotAborted, flush } from './scan.js';
import { Tracking } from './tracking.js';
import { ValueReader } from './value-reader.js';
import { ValueWriter } from './value-writer.js';
import { Writes } from './writes.js';
/** What calls resolve to that are answered as though there was nothing: no key removed or found, no TTL. */
const NONE = { value: 0 };
const GONE = { value: -2 };
/** What a backend and its views share: connections, the order of operations, counters. Keys are physical here. */
export class Store {
    /** Emits {@link RedisBackendEvents}. */
    events = new EventEmitter();
    counters = new Counters();
    reads;
    writes;
    leases;
    marks;
    handles;
    #settings;
    #connection;
    #operations;
    #breaker;
    #room;
    #commands;
    #pool;
    #replicas;
    #plan;
    #loading;
    #closing;
    constructor(given) {
        const { plan: mode, inlineLimitBytes } = given;
        this.#plan = new LearnedPlan({ learns: mode === 'auto', inlineLimitBytes });
        const settings = { ...given, plan: this.#plan };
        this.#settings = given;
        this.#loading = new CodecLoading(settings.registry);
        this.#connection = new Connection(settings.connection, 'command', (event) => {
            if (event.type === 'connect')
                this.#breaker.tryAgain();
            if (event.type === 'connectionError')
                this.#emit('connectionError', event.error);
            else
                this.#emit(event.type);
        });
        this.#breaker = new Breaker(settings.breaker, (state) => this.#emit(state === 'open' ? 'breakerOpen' : 'breakerClose'));
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
        const report = new ReadReport(settings, this.counters, (key, error) => this.#emit('corrupt', { key, error }));
        const parts = { commands: this.#commands, large: new LargeReader(settings, lanes.bulk), report };
        const reader = new ValueReader(settings, parts);
        if (given.replicas) {
            const routes = new Replicas(given.replicas, this.#room);
            const bulk = new BulkLane(this.#pool, {
                ...settings,
                connection: given.replicas,
                timeShare: REPLICA_SHARE,
            });
            const large = new LargeReader(settings, bulk);
            const replica = new ValueReader(settings, { commands: routes.commands, large, report });
            this.#replicas = { routes, reader: replica };
        }
        this.handles = new Handles(this.#operations, new OpenedReader(settings, parts, lanes.bulk), this.#loading);
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
    /** What a call has unless it says otherwise. */
    get retry() {
        return this.#settings.operations.retry;
    }
    get closed() {
        return this.#closing !== undefined;
    }
    /** Throws `ERR_ABORTED` where the signal has fired before a call of many keys began. */
    assertWanted(signal, call) {
        this.#operations.assertWanted(signal, call);
    }
    async delete(key, call) {
        const work = (operation) => this.#commands.delete(operation, key);
        const input = { name: 'delete', key, writes: true, absent: NONE, call, work };
        const removed = await this.#command(input);
        this.counters.deletes += removed;
        return removed > 0;
    }
    async exists(key, call) {
        const work = (operation) => this.#commands.exists(operation, key);
        const input = { name: 'exists', key, writes: false, absent: NONE, call, work };
        return (await this.#command(input)) > 0;
    }
    /** Seconds left; Infinity for a key that does not expire, undefined for none. */
    async ttl(key, call) {
        const work = (operation) => this.#commands.ttl(operation, key);
        const left = await this.#command({ name: 'ttl', key, writes: false, absent: GONE, call, work });
        if (left === -1)
            return Number.POSITIVE_INFINITY;
        return left < 0 ? undefined : left / 1000;
    }
    async touch({ key, ttlMs }, call) {
        const work = (operation) => this.#commands.touch(operation, key, ttlMs);
        return (await this.#command({ name: 'touch', key, writes: true, absent: NONE, call, work })) > 0;
    }
    /** Removes the keys of a prefix, or all of the database where it is empty. Takes as long as it takes. */
    clear(options, call) {
        const { connection, operations } = this.#settings;
        const signal = call?.signal;
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
                operation.keepOwnTime();
                assertNotAborted(signal, 0);
                const cluster = connection.kind === 'cluster';
                const cleared = options.prefix === ''
                    ? flush(client, patience)
                    : clearThroughLosses(this.#connection, client, { ...options, signal, patience, cluster });
                return this.#replicas ? this.#replicas.routes.written(cleared) : cleared;
            },
        });
    }
    /** Is told of changes by Redis, over a connection of its own that whoever asked for it closes. */
    track(options, listener) {
        this.#replicas?.routes.pin();
        return new Tracking(this.#settings.connection, options, listener);
    }
    stats() {
        const { hits, misses, sets, deletes, corrupt, errors, writes, reads, bytesRead, bytesWritten, unavailable, } = this.counters;
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
            inFlight: { operations: this.#room.count, bytes: this.#room.bytes },
            pendingBytes: this.#operations.pendingBytes,
            unavailable: { ...unavailable },
            breaker: { state: this.#breaker.state, opened: this.#breaker.opened },
            connected: this.#connection.ready !== undefined,
            replicas: this.#replicas?.routes.stats(),
            pool: this.#pool.stats(),
            plan: this.#plan.stats(),
            native: { cborExtract: cborNativeStrings },
        };
    }
    /** Resolves when what was called before on keys with this prefix has ended. */
    settle(prefix) {
        if (this.closed)
            return Promise.resolve();
        return this.#operations.run({
            name: 'close',
            key: prefix,
            access: 'clear',
            writes: false,
            local: true,
            call: undefined,
            work: () => Promise.resolve(),
        });
    }
    /** Lets what was called before end, then gives everything back. */
    close() {
        this.#closing ??= this.#operations.drain().then(async () => {
            this.#connection.close();
            this.leases.close();
            this.#replicas?.routes.close();
            await this.#pool.release();
        });
        return this.#closing;
    }
    /** What a listener throws is the listener's: it must not end up in the way of a value. */
    #emit(event, ...args) {
        try {
            this.events.emit(event, ...args);
        }
        catch (error) {
            process.nextTick(() => {
                throw error;
            });
        }
    }
    #command(input) {
        const { name, key, writes, absent, call } = input;
        const routes = writes ? this.#replicas?.routes : undefined;
        const work = routes
            ? (operation) => routes.written(input.work(operation), key)
            : input.work;
        return this.#operations.run({ name, key, writes, absent, call, access: 'command', work });
    }
}
