import type { Peer, PeerTarget, Variant } from './peer.js';
/** The rows of a table in their order: ours, what is written by hand, the libraries, the limit. */
declare const MODULES: {
    offloop: () => Promise<typeof import("./offloop.js")>;
    'ioredis-json': () => Promise<typeof import("./ioredis-json.js")>;
    'ioredis-cbor': () => Promise<typeof import("./ioredis-cbor.js")>;
    'node-redis': () => Promise<typeof import("./node-redis.js")>;
    keyv: () => Promise<typeof import("./keyv.js")>;
    'cache-manager': () => Promise<typeof import("./cache-manager.js")>;
    bentocache: () => Promise<typeof import("./bentocache.js")>;
    'worker-pool': () => Promise<typeof import("./worker-pool.js")>;
    'ioredis-bytes': () => Promise<typeof import("./ioredis-bytes.js")>;
};
export type PeerId = keyof typeof MODULES;
export declare const PEER_IDS: readonly PeerId[];
/** The peer that every ratio is against. */
export declare const BASELINE: 'ioredis + JSON';
/** Our own row. */
export declare const OURS: 'Offloop';
/** Rows that keep no value: they show what the connection alone costs, and are in no comparison. */
export declare const LIMITS: ReadonlySet<string>;
/** Whether a peer of this name can be measured, where its package is installed. */
export declare function isPeerId(name: string): name is PeerId;
/** Loads one peer's file, and with it the library it measures. */
export declare function openPeer(id: PeerId, target: PeerTarget): Promise<Peer>;
/** A peer that is open, with the id that the keys of its scenarios carry. */
export interface OpenPeer extends Peer {
    readonly id: string;
    readonly peer: PeerId;
    readonly target: PeerTarget;
    /** Absent for default settings. */
    readonly variant?: Variant;
}
/** Peers that are open, and those that could not be, each with the reason. */
export interface OpenedPeers {
    readonly peers: readonly OpenPeer[];
    readonly skipped: readonly {
        readonly id: string;
        readonly reason: string;
    }[];
}
/**
 * Opens what can be opened: peers as their documentation shows them, and Offloop with the settings of each variant. A
 * library that is not installed or cannot connect is named, and is no failure.
 */
export declare function openPeers(ids: readonly PeerId[], target: PeerTarget, variants?: readonly Variant[]): Promise<OpenedPeers>;
/** A variant as options of the backend. As many threads from the start: what is compared is the pool's size. */
export declare function optionsOf(variant: Variant): NonNullable<PeerTarget['offloop']>;
/** What the keys of a peer begin with, so that peers on one server do not meet. */
export declare function prefixOf(prefix: string, id: string): string;
export declare function closePeers(peers: readonly Peer[]): Promise<void>;
export {};
