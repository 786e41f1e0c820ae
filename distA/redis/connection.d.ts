import { OffloopError } from '../errors.js';
import { type ConnectionRole, type RedisClient } from './client.js';
import type { ConnectionSettings } from './settings.js';
/** What happens to a connection. */
export type ConnectionEvent = {
    readonly type: 'connect';
} | {
    readonly type: 'disconnect';
} | {
    readonly type: 'connectionError';
    readonly error: OffloopError;
};
/**
 * One connection, or one set of them to a cluster, that is there again after a loss. A lost client of ioredis is
 * replaced and never revived: ioredis then settles all that was under way on it, sends nothing a second time, and
 * leaves no auto-pipeline waiting for ever (its issue 2193). A cluster client keeps its own connections.
 */
export declare class Connection {
    #private;
    constructor(settings: ConnectionSettings, role: ConnectionRole, listener: (event: ConnectionEvent) => void);
    /** The client, where it is ready now. */
    get ready(): RedisClient | undefined;
    /**
     * The client as soon as it is ready. Rejects with `ERR_AUTH` where Redis refuses us, and `ERR_CLOSED`. Where it has
     * to wait it hands out what ends the waiting, with `ERR_CONNECTION`.
     */
    whenReady(onWait: (abandon: (afterMs: number) => void) => void): Promise<RedisClient>;
    /** Whether the socket keeps the process alive: only while something is under way. */
    reference(wanted: boolean): void;
    /**
     * Drops a connection that does not answer, with what it still holds to send. What is under way on it fails; calls
     * that come now wait for the next one. A cluster client looks after its own connections.
     */
    reset(): void;
    /** Ends the connection for good. */
    close(): void;
}
