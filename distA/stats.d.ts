import type { ErrorCode, OffloopError } from './errors.js';
/** What a pool is doing. */
export interface PoolStats {
    /** Threads that are alive; 0 until the first large value. */
    readonly threads: number;
    /** Large values under way. */
    readonly running: number;
    /** Large values that wait for a thread. */
    readonly queued: number;
    /** Bytes of large values under way. */
    readonly bytesInFlight: number;
    /** Threads that ended by a fault of their own. */
    readonly threadFaults: number;
    /** Threads that were ended and replaced because they hung: silent for a second while the time of a large value was up. */
    readonly hungThreads: number;
}
/** What was measured of values of one shape. */
export interface ShapeStats {
    /** `records`: an array that begins with an object. `collection`: a Map or a Set. */
    readonly shape: 'records' | 'list' | 'object' | 'collection' | 'text' | 'binary' | 'other';
    /** Milliseconds of main for each MB of payload that it encoded in one go; 0 before the first. */
    readonly encodeMsPerMb: number;
    /** How many that is of. */
    readonly encodes: number;
    /** How large ones go to a worker: as the bytes that main encoded, or as a graph that the worker encodes. */
    readonly sent: 'bytes' | 'graph';
    /** Whether each is tried to be compressed, or only one of sixteen, because it has not helped. */
    readonly compresses: boolean;
}
/** What the plan has measured, and what it decides by that. */
export interface PlanStats {
    /** `fixed`: it measures nothing, and decides by the options alone. */
    readonly mode: 'auto' | 'fixed';
    /** Payloads up to this are sent on the command connection; more than the option says while workers are short. */
    readonly inlineLimitBytes: number;
    /** Payloads up to this are compressed on main. */
    readonly compressInlineBytes: number;
    /** Payloads up to this, before compression, are decompressed on main. */
    readonly inflateInlineBytes: number;
    /** Milliseconds that the last large values waited for a worker. */
    readonly queueMs: number;
    /** Bytes that a worker moves in a millisecond: Redis, network, checks and compression together. */
    readonly workerBytesPerMs: number;
    /** Keys that are known to hold large values, 4,096 at most: a get of one begins with a worker. */
    readonly knownLargeKeys: number;
    /** How often the young generation was collected while a large value was decoded, by all backends of this thread. */
    readonly youngCollections: number;
    readonly shapes: readonly ShapeStats[];
}
/** What replicas gave, where `readFrom` is set. */
export interface ReplicaStats {
    /** Whether there is a connection to them. */
    readonly connected: boolean;
    /** Reads that a replica answered, misses included. */
    readonly reads: number;
    /** Reads that a master answered because a replica could not. Those that went to a master on purpose are not among them. */
    readonly fallbacks: number;
}
/** What a backend has done since it was made, and what it is doing. Views by `withPrefix` count together. */
export interface RedisBackendStats {
    readonly hits: number;
    readonly misses: number;
    readonly sets: number;
    readonly deletes: number;
    /** Values that were not readable: foreign bytes, broken frames, unknown codecs. Each is also an event. */
    readonly corrupt: number;
    /** Rejected calls by code. */
    readonly errors: Readonly<Partial<Record<ErrorCode, number>>>;
    /** How values were sent. */
    readonly writes: Readonly<Record<'inline' | 'bytes' | 'graph', number>>;
    /** How values that were found were read. */
    readonly reads: Readonly<Record<'inline' | 'unpack' | 'fetch' | 'graph', number>>;
    /** Bytes of frames sent. */
    readonly bytesWritten: number;
    /** Bytes of frames read. */
    readonly bytesRead: number;
    /** Operations under way. */
    readonly operations: number;
    /** What is under way on the command connection; the bytes are those of the values sent, and the most that replies may have. */
    readonly inFlight: {
        readonly operations: number;
        readonly bytes: number;
    };
    /** Bytes of encoded values that are on their way or wait for it. */
    readonly pendingBytes: number;
    /** Calls that were answered as though there was nothing, Redis being away; see `onUnavailable`. */
    readonly unavailable: Readonly<Record<'reads' | 'writes', number>>;
    /** The circuit breaker, and how often it has opened. */
    readonly breaker: {
        readonly state: 'closed' | 'open' | 'half-open';
        readonly opened: number;
    };
    /** Whether the command connection is there. */
    readonly connected: boolean;
    /** What replicas gave; undefined where `readFrom` is not set. */
    readonly replicas: ReplicaStats | undefined;
    /** The pool, which other backends of the same pool settings share. */
    readonly pool: PoolStats;
    /** What `auto` has learned. */
    readonly plan: PlanStats;
    /** Whether cbor-x uses its native part, `cbor-extract`; only the `cbor` codec does. */
    readonly native: {
        readonly cborExtract: boolean;
    };
}
/** The counters behind {@link RedisBackendStats}. */
export declare class Counters {
    hits: number;
    misses: number;
    sets: number;
    deletes: number;
    corrupt: number;
    bytesWritten: number;
    bytesRead: number;
    readonly writes: {
        inline: number;
        bytes: number;
        graph: number;
    };
    readonly reads: {
        inline: number;
        unpack: number;
        fetch: number;
        graph: number;
    };
    readonly unavailable: {
        reads: number;
        writes: number;
    };
    readonly errors: Partial<Record<ErrorCode, number>>;
    /** Counts a rejected call. */
    failed(error: OffloopError): void;
}
