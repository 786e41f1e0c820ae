import type { Peer, PeerTarget } from './peer.js';
/** Ours, with default options unless the scenario is about one of them. */
export declare function open(target: PeerTarget): Promise<Peer>;
