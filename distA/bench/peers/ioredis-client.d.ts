import { Redis } from 'ioredis';
import type { PeerTarget } from './peer.js';
/** A client of ioredis. */
export type IoredisClient = Redis;
/** An ioredis connection with auto-pipelining, ready to be used; the form every ioredis peer is measured in. */
export declare function connectIoredis(target: Pick<PeerTarget, 'url'>): Promise<Redis>;
/** The replies of a pipeline; throws the first that is an error, as a failed write must not count as a fast one. */
export declare function repliesOf(results: [error: Error | null, reply: unknown][] | null): unknown[];
