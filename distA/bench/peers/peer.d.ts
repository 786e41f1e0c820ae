import type { CompressionAlgorithm, Offload, RedisBackendOptions } from '../../index.js';
/** One way to keep values in Redis, behind the few methods that the scenarios call. No method sets a TTL. */
export interface Peer {
    readonly name: string;
    set(key: string, value: unknown): Promise<unknown>;
    get(key: string): Promise<unknown>;
    /** Items of the list at a path inside the value, from the first number to before the second. */
    getPart?(key: string, part: PeerPart): Promise<unknown>;
    /** The stored bytes of a value. */
    bytes?(key: string): Promise<unknown>;
    /** JSON text of a value, as bytes. */
    json?(key: string): Promise<unknown>;
    /** Reads a value's bytes as a stream and keeps none of them. */
    stream?(key: string): Promise<unknown>;
    setMany?(entries: readonly PeerEntry[]): Promise<unknown>;
    getMany?(keys: readonly string[]): Promise<readonly unknown[]>;
    clear?(): Promise<unknown>;
    close(): Promise<void>;
}
export interface PeerEntry {
    readonly key: string;
    readonly value: unknown;
}
export interface PeerPart {
    readonly path: readonly string[];
    readonly slice: readonly [from: number, to: number];
}
/** Settings of Offloop that a contender differs by from its defaults. */
export interface Variant {
    readonly codec?: string;
    readonly compression?: CompressionAlgorithm | 'none';
    readonly offload?: Offload;
    /** Threads of the pool, from the start. */
    readonly threads?: number;
    readonly tasksPerThread?: number;
    readonly inlineLimitBytes?: number;
}
/** Where a peer connects, and what only its own keys begin with. */
export interface PeerTarget {
    readonly url: string;
    readonly prefix: string;
    /** Settings of Offloop alone; other peers run as their documentation shows them. */
    readonly offloop?: Partial<RedisBackendOptions>;
}
/** A peer's file: what it is called, and how to open it. */
export interface PeerModule {
    open(target: PeerTarget): Promise<Peer>;
}
