import type { Peer, PeerTarget } from './peer.js';
/** Keyv over @keyv/redis, as its readme sets it up, with errors thrown so that none counts as a fast call. */
export declare function open(target: PeerTarget): Promise<Peer>;
