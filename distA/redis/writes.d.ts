import type { Codec } from '../codec/codec.js';
import type { Made } from '../offload/tasks.js';
import type { Call } from './call.js';
import type { ChunkSource } from './chunk-source.js';
import type { CodecLoading } from './codec-loading.js';
import type { Fence } from './fence.js';
import type { MadeValue, Maker } from './made-values.js';
import type { Operations } from './operations.js';
import type { Replicas } from './replicas.js';
import { type ValueWriter } from './value-writer.js';
/** What a set puts where. */
export interface StoredEntry {
    readonly call?: Call | undefined;
    readonly key: string;
    readonly value: unknown;
    readonly ttlMs: number | undefined;
    /** Whether the value may be changed as soon as the call returns. */
    readonly snapshot: boolean;
    /** The codec to use instead of the one of the settings. @default none */
    readonly codec?: Codec | undefined;
    /** @default none */
    readonly contentType?: string | undefined;
    /** What is stored beside it: 1 to 4096 bytes. @default none */
    readonly note?: Uint8Array | undefined;
    /** The value as a worker has encoded it; taken over. @default it is encoded here */
    readonly made?: Made | undefined;
}
/** What a stream of bytes is stored as. */
export interface StoredStream {
    readonly call?: Call | undefined;
    readonly key: string;
    readonly source: ChunkSource;
    readonly ttlMs: number | undefined;
    readonly contentType: string | undefined;
}
/** What stores values, and what is told of it. */
export interface WritingParts {
    readonly writer: ValueWriter;
    readonly loading: CodecLoading;
    readonly replicas: Replicas | undefined;
}
/** The operations that store values. Keys are physical here. */
export declare class Writes {
    #private;
    constructor(operations: Operations, { writer, loading, replicas }: WritingParts);
    /** A value that a worker makes; undefined where it makes none. */
    make(maker: Maker, signal: AbortSignal): Promise<MadeValue | undefined>;
    set(entry: StoredEntry): Promise<void>;
    /** As {@link set}, if a fence holds; false where it does not. */
    setFenced(entry: StoredEntry, fence: Fence): Promise<boolean>;
    /** Takes its place in the order of operations when the stream has ended. */
    setStream({ key, source, ttlMs, contentType, call }: StoredStream): Promise<void>;
}
