import type { Peer, PeerTarget } from './peer.js';
/** cbor-x with its record extension, on the main thread, into ioredis: the fastest thing without a worker. */
export declare function open(target: PeerTarget): Promise<Peer>;
