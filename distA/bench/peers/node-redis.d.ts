import type { Peer, PeerTarget } from './peer.js';
/** `JSON.stringify` into node-redis, `JSON.parse` out of it; it pipelines what is called in one turn by itself. */
export declare function open(target: PeerTarget): Promise<Peer>;
