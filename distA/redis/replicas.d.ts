import type { ReplicaStats } from '../stats.js';
import { CommandLane } from './command-lane.js';
import type { Operation } from './operation.js';
import type { Room } from './room.js';
import type { ConnectionSettings } from './settings.js';
import type { ValueReader } from './value-reader.js';
/** How much of the time of a call a replica may take before a master is asked. */
export declare const REPLICA_SHARE = 0.5;
/**
 * Reads from replicas, over connections of their own. From a master is read whatever this process is writing or wrote within the
 * last second, and what a replica cannot give: it is away, or does not answer within half of the time of the call.
 */
export declare class Replicas {
    #private;
    readonly commands: CommandLane;
    constructor(settings: ConnectionSettings, room: Room);
    stats(): ReplicaStats;
    reference(wanted: boolean): void;
    /** From now on all is read from masters: somebody keeps what he reads until he is told that it has changed. */
    pin(): void;
    /** The end of work that writes a key, or any key where none is given. */
    written<T>(work: Promise<T>, key?: string): Promise<T>;
    /** Reads by the one reader or by the other. */
    read<T>(operation: Operation, key: string, { master, replica, read }: Routes<T>): Promise<T>;
    close(): void;
}
/** What may read a value, and how that is done. */
export interface Routes<T> {
    readonly master: ValueReader;
    readonly replica: ValueReader;
    read(reader: ValueReader): Promise<T>;
}
