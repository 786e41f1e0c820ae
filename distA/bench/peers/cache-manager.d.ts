import type { Peer, PeerTarget } from './peer.js';
/** cache-manager over @keyv/redis, the store that its readme names for Redis. */
export declare function open(target: PeerTarget): Promise<Peer>;
