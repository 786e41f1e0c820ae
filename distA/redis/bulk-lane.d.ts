import type { CompressionSettings } from '../codec/compression.js';
import type { RegistrySettings } from '../codec/registry.js';
import type { SegmentedPayload } from '../codec/segments.js';
import type { KeyRing } from '../frame/key-ring.js';
import type { Encodings } from '../offload/encodings.js';
import type { LearnedPlan } from '../offload/learned-plan.js';
import type { WorkerPool } from '../offload/pool.js';
import type { Changed, FetchPartTask, FetchRangeTask, FetchViewTask, FirstSegments, Graph, Made, MakeTask, MapTask, Missing, Payload } from '../offload/tasks.js';
import type { Operation } from './operation.js';
import type { ConnectionSettings } from './settings.js';
/** What all tasks of a backend have in common. */
export interface BulkSettings {
    readonly connection: ConnectionSettings;
    readonly codecs: RegistrySettings;
    readonly compression: CompressionSettings | undefined;
    readonly maxValueBytes: number;
    readonly plan: LearnedPlan;
    readonly ring: KeyRing | undefined;
    /** How much of the time that an operation has left a worker may take, up to 1. @default 1 */
    readonly timeShare?: number;
}
/** What a write puts where. */
export interface BulkWrite {
    readonly key: string;
    readonly codec: number;
    readonly ttlMs: number | undefined;
    /** The key to store it under for the time being. @default its own */
    readonly into?: string | undefined;
    /** Of bytes alone. @default none */
    readonly contentType?: string | undefined;
    /** @default none */
    readonly note?: Uint8Array | undefined;
    /** Whether compression is tried, where there is one. @default true */
    readonly compresses?: boolean;
}
/** What a read wants. */
export interface BulkRead {
    readonly key: string;
    /** Bytes that it is expected to take. */
    readonly bytes: number;
    /** The header that the value must have, or it is `ERR_CHANGED`. @default any */
    readonly version?: Uint8Array | undefined;
}
/** What a function of the user's is called with. */
export type BulkMap = BulkRead & Pick<MapTask, 'module' | 'exportName' | 'args'>;
/** Large values, each over the connection of a worker thread, so that no small command waits behind one. */
export declare class BulkLane {
    #private;
    constructor(pool: WorkerPool, settings: BulkSettings);
    /** Values on their way into this lane that main encodes. */
    get encodings(): Encodings;
    /**
     * Stores segments. Resolves to the bytes of the frame. Slabs are taken over where they own their memory, unless they may be
     * wanted for another attempt.
     */
    store(operation: Operation, { compresses, ...write }: BulkWrite, payload: SegmentedPayload): Promise<number>;
    /** Has a worker encode a value, which is cloned on main, and store it. */
    storeGraph(operation: Operation, write: BulkWrite, value: unknown): Promise<number>;
    /** A value's raw payload. */
    fetch(operation: Operation, read: BulkRead): Promise<Payload | Missing | Changed>;
    /** A value's first segments, from the first `bytes` of it; all of it where it has no others. */
    fetchFirst(operation: Operation, read: BulkRead): Promise<Payload | FirstSegments | Missing | Changed>;
    /** Further segments of a value. */
    fetchRange(operation: Operation, { bytes, ...range }: Pick<FetchRangeTask, 'key' | 'compression' | 'start' | 'rows' | 'sealed' | 'following'> & {
        readonly bytes: number;
    }): Promise<Payload | Missing | Changed>;
    /** A value as a worker decoded it; its payload where a graph of it could not cross. */
    fetchGraph(operation: Operation, read: BulkRead): Promise<Payload | Graph | Missing | Changed>;
    /** What is at a path of a value, or some elements of that, as a payload of its own. */
    fetchPart(operation: Operation, read: BulkRead & Pick<FetchPartTask, 'path' | 'range'>): Promise<Payload | Missing | Changed>;
    /** Another form of a value: bytes of no codec, or text as a payload of the raw codec. */
    fetchView(operation: Operation, read: BulkRead & Pick<FetchViewTask, 'view'>): Promise<Payload | Missing | Changed>;
    /** What a function of the user's returns for a value, as a payload of its own. */
    map(operation: Operation, read: BulkMap): Promise<Payload | Missing | Changed>;
    /** A value that a function of the user's makes. It has all the time that it takes, and teaches nothing of how long others take. */
    make(call: Wanted, maker: Omit<MakeTask, 'kind' | 'codecs' | 'maxValueBytes'>): Promise<Made | Missing>;
    /** Verifies, opens and decompresses a frame that has arrived on main. */
    unpack(operation: Operation, { key, frame }: {
        readonly key: string;
        readonly frame: Buffer;
    }): Promise<Payload>;
}
type Wanted = Pick<Operation, 'settled'>;
export {};
