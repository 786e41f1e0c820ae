import type { RedisClient } from './client.js';
import type { Connection } from './connection.js';
import { type ScanOptions } from './scan.js';
/**
 * Removes the keys of a prefix, and goes on over a new connection where it loses one: removing a key a second time does
 * no harm. Resolves to how many went. Rejects with `ERR_CONNECTION` where no new one comes within the time of a step, or
 * several are lost without a key found.
 */
export declare function clearThroughLosses(connection: Connection, first: RedisClient, options: ScanOptions): Promise<number>;
