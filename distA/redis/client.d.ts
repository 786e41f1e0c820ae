import { Cluster, Redis } from 'ioredis';
import type { ConnectionSettings } from './settings.js';
/** A connected client of ioredis. */
export type RedisClient = Redis | Cluster;
/**
 * What a connection is for: `command` pipelines by itself, `bulk` moves large values and does not, `tracking` is told of
 * changes and of leases that come free.
 */
export type ConnectionRole = 'command' | 'bulk' | 'tracking';
/** The pause before the second attempt to connect, in ms; it doubles from there. */
export declare const FIRST_PAUSE_MS = 50;
/** A part of a command. */
type Argument = string | number | Buffer;
/** One command as it is sent. */
export interface Wire {
    readonly name: string;
    readonly args: Argument[];
    /** Whether strings in the reply are wanted as Buffers. */
    readonly binary: boolean;
}
/** A client that is not connected yet, for one life: a single one does not reconnect, a cluster does so by itself. */
export declare function createClient(settings: ConnectionSettings, role: ConnectionRole): RedisClient;
/** Connects, and selects the database. Rejects where either fails. */
export declare function open(client: RedisClient, settings: ConnectionSettings): Promise<void>;
/** Ends a client at once. What lies in its socket is thrown away as far as the system allows. */
export declare function destroy(client: RedisClient): void;
/** Whether the socket of a single client keeps the process alive. */
export declare function setReference(client: RedisClient, wanted: boolean): void;
/** Every master's client of a cluster, or the one client: for commands that have no key. */
export declare function masters(client: RedisClient): Redis[];
/**
 * Milliseconds before an attempt: 50 doubled by each failure up to the limit, of which a random half to whole, so
 * that many clients do not come back in step.
 */
export declare function pauseBefore(failures: number, limitMs: number): number;
/** How commands reach Redis: many of one turn of the event loop in one write. */
export interface Pipeline {
    readonly client: RedisClient;
    /** Sends one command. Rejects with ioredis's own errors. */
    send(command: Wire): Promise<unknown>;
}
/** A pipeline over a client that is ready. */
export declare function createPipeline(client: RedisClient): Pipeline;
export {};
