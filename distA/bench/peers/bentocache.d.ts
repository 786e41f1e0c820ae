import type { Peer, PeerTarget } from './peer.js';
/** bentocache with its Redis driver as the only layer: the memory layer would answer gets without Redis. */
export declare function open(target: PeerTarget): Promise<Peer>;
