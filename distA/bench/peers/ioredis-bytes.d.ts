import type { Peer, PeerTarget } from './peer.js';
/** A limit, no cache: ioredis moving the JSON text's bytes with no codec at all. What it gives back is bytes. */
export declare function open(target: PeerTarget): Promise<Peer>;
