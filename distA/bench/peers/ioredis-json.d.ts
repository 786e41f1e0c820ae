import type { Peer, PeerTarget } from './peer.js';
/** What most services do: `JSON.stringify` into ioredis, `JSON.parse` out of it. The baseline of every ratio. */
export declare function open(target: PeerTarget): Promise<Peer>;
