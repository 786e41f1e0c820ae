import type { Codec } from '../codec/codec.js';
import { type Shape } from '../offload/shape.js';
import type { Made } from '../offload/tasks.js';
import type { Counters } from '../stats.js';
import type { BulkLane } from './bulk-lane.js';
import { type ChunkSource } from './chunk-source.js';
import type { CommandLane } from './command-lane.js';
import { type Fence } from './fence.js';
import { MadeValues } from './made-values.js';
import type { Operation } from './operation.js';
import { type PreparedWrite } from './prepared-write.js';
import type { ValueSettings } from './value-settings.js';
/** How a value is to be written. */
export interface WriteWish {
    /** The physical key, to which a sealed value is bound. */
    readonly key: string;
    /** Whether the value may be changed as soon as the call returns: it is then encoded at once, however large it is. */
    readonly snapshot: boolean;
    /** The codec to use instead of the one of the settings. @default none */
    readonly codec?: Codec | undefined;
    /** @default none */
    readonly contentType?: string | undefined;
    /** What is stored beside it: 1 to 4096 bytes. @default none */
    readonly note?: Uint8Array | undefined;
    /** Whether anybody still waits for it. */
    stillWanted(): boolean;
}
/** How a value is being encoded. */
interface Encoding {
    readonly key: string;
    readonly codec: Codec;
    readonly shape: Shape;
    readonly contentType: string | undefined;
    readonly note: Uint8Array | undefined;
}
/** Where a value goes. A class, not a literal, as it lives as long as the write: see `Running`. */
export declare class Place {
    readonly key: string;
    readonly ttlMs: number | undefined;
    /** What has to hold for it to be stored; the answer is then 1, else 0. */
    readonly fence: Fence | undefined;
    constructor(key: string, ttlMs: number | undefined, fence?: Fence);
}
/** The way of a value from the caller to Redis. */
export declare class ValueWriter {
    #private;
    /** Values that workers make. */
    readonly made: MadeValues;
    constructor(settings: ValueSettings, lanes: {
        commands: CommandLane;
        bulk: BulkLane;
    }, counters: Counters);
    /**
     * Encodes a value: at once where it is small, in slices where it is not; or checks it where a worker is to encode it.
     * Throws `ERR_VALUE` or `ERR_VALUE_TOO_LARGE`.
     */
    prepare(value: unknown, wish: WriteWish): PreparedWrite;
    /** Takes in chunks of bytes until there are no more. Rejects as {@link takeChunks} does, and with `ERR_VALUE_TOO_LARGE`. */
    gather(source: ChunkSource, { key, contentType, signal, }: Pick<Encoding, 'key' | 'contentType'> & {
        readonly signal: AbortSignal | undefined;
    }): Promise<PreparedWrite>;
    /** Prepares what a worker has encoded already. */
    prepareMade(made: Made, { key, note }: Pick<WriteWish, 'key' | 'note'>): PreparedWrite;
    /** Sends what was prepared. */
    send(operation: Operation, write: PreparedWrite, place: Place): Promise<unknown>;
}
export {};
