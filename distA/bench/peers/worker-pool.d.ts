import type { Peer, PeerTarget } from './peer.js';
/**
 * The pool that one writes first: the value goes to a worker and comes back as bytes, the bytes of a get go to a
 * worker and come back as the value, and ioredis stays on the main thread.
 */
export declare function open(target: PeerTarget): Promise<Peer>;
