import { type RedisClient } from './client.js';
import type { Connection } from './connection.js';
import type { Operation } from './operation.js';
import type { Room } from './room.js';
/** A script with what it is given. */
export interface Script {
    readonly script: string;
    /** All of one slot. */
    readonly keys: readonly string[];
    readonly args: readonly (string | number | Buffer)[];
}
/**
 * All commands with a small payload or none, over one pipelined connection. What the methods reject with is ioredis's
 * own error.
 */
export declare class CommandLane {
    #private;
    constructor(connection: Connection, room: Room);
    /** The first bytes of a value, up to the given number; none where there is no such key. */
    head(operation: Operation, key: string, bytes: number): Promise<Buffer>;
    /** A whole value, whatever its size; null where there is no such key. */
    whole(operation: Operation, key: string): Promise<Buffer | null>;
    set(operation: Operation, key: string, frame: Buffer, ttlMs: number | undefined): Promise<unknown>;
    /** 'OK' where there was no such key, else null, and what is there stays. */
    add(operation: Operation, key: string, frame: Buffer, ttlMs: number): Promise<unknown>;
    /** What a script answers. */
    script(operation: Operation, { script, keys, args }: Script): Promise<unknown>;
    /** How many keys went, 0 or 1. UNLINK: Redis frees a large value aside. */
    delete(operation: Operation, key: string): Promise<number>;
    /** 1 where the key is there, else 0. */
    exists(operation: Operation, key: string): Promise<number>;
    /** Milliseconds left; -1 for a key that does not expire, -2 for none. */
    ttl(operation: Operation, key: string): Promise<number>;
    /** 1 where the key was there to get a new TTL, else 0. */
    touch(operation: Operation, key: string, ttlMs: number): Promise<number>;
    /** The client for work of several commands, such as a clear. */
    client(operation: Operation): Promise<RedisClient>;
}
