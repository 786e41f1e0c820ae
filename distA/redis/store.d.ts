import { EventEmitter } from 'node:events';
import type { RegistrySettings } from '../codec/registry.js';
import { type PoolSettings } from '../offload/pool.js';
import { Counters, type RedisBackendStats } from '../stats.js';
import { type BreakerSettings } from './breaker.js';
import type { Call } from './call.js';
import { Handles } from './handles.js';
import { Leases } from './leases.js';
import { Marks } from './marks.js';
import { type OperationsSettings } from './operations.js';
import { Reads } from './reads.js';
import type { RetrySettings } from './retry.js';
import { type RoomLimits } from './room.js';
import { type ScanOptions } from './scan.js';
import type { ConnectionSettings } from './settings.js';
import { Tracking, type TrackingListener, type TrackingOptions } from './tracking.js';
import type { ValueSettings } from './value-settings.js';
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
/** What a backend and its views share: connections, the order of operations, counters. Keys are physical here. */
export declare class Store {
    #private;
    /** Emits {@link RedisBackendEvents}. */
    readonly events: EventEmitter<[never]>;
    readonly counters: Counters;
    readonly reads: Reads;
    readonly writes: Writes;
    readonly leases: Leases;
    readonly marks: Marks;
    readonly handles: Handles;
    constructor(given: StoreSettings);
    /** What a call has unless it says otherwise. */
    get retry(): RetrySettings;
    get closed(): boolean;
    /** Throws `ERR_ABORTED` where the signal has fired before a call of many keys began. */
    assertWanted(signal: AbortSignal | undefined, call: {
        readonly name: string;
        readonly writes: boolean;
    }): void;
    delete(key: string, call?: Call): Promise<boolean>;
    exists(key: string, call?: Call): Promise<boolean>;
    /** Seconds left; Infinity for a key that does not expire, undefined for none. */
    ttl(key: string, call?: Call): Promise<number | undefined>;
    touch({ key, ttlMs }: {
        key: string;
        ttlMs: number;
    }, call?: Call): Promise<boolean>;
    /** Removes the keys of a prefix, or all of the database where it is empty. Takes as long as it takes. */
    clear(options: Pick<ScanOptions, 'prefix' | 'onProgress'>, call?: Call): Promise<number>;
    /** Is told of changes by Redis, over a connection of its own that whoever asked for it closes. */
    track(options: TrackingOptions, listener: TrackingListener): Tracking;
    stats(): RedisBackendStats;
    /** Resolves when what was called before on keys with this prefix has ended. */
    settle(prefix: string): Promise<void>;
    /** Lets what was called before end, then gives everything back. */
    close(): Promise<void>;
}
