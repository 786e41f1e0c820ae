import { type FrameHeader } from '../frame/frame.js';
import { type Opener } from '../frame/key-ring.js';
import { type OpenedTable } from '../frame/segments.js';
import { type UnpackedSegments } from './packing.js';
import type { Fetch, FetchFirstTask, FetchRangeTask, FirstSegments, Keyed, Payload, Remote } from './tasks.js';
import type { WorkerConnections } from './worker-connections.js';
/** What was read is not of one value: another stands there by now than the one that was begun with. */
export declare class Replaced extends Error {
}
/** A whole frame, verified as far as its header. */
export interface WholeFrame {
    readonly opener: Opener;
    readonly header: FrameHeader;
    readonly frame: Buffer;
}
/** Gets frames and parts of them over a worker's connection. */
export declare class FrameFetcher {
    #private;
    constructor(connections: WorkerConnections);
    /** A frame as it stands at one moment; undefined where there is none. */
    whole(task: Fetch): Promise<WholeFrame | undefined>;
    /** The beginning of a frame with its table; all of it where it has none or is short; undefined where there is none. */
    begin(task: Fetch, bytes: number): Promise<PartialFrame | WholeFrame | undefined>;
    /** The first segments of a frame; all of it where it has none or is short; undefined where there is none. */
    first(task: FetchFirstTask): Promise<FirstSegments | WholeFrame | undefined>;
    /** Some segments, verified and decompressed, one behind another. Throws {@link Replaced}. */
    segments(frame: PartialFrame, from: number, end: number): Promise<UnpackedSegments>;
    /** Further segments of a frame that main knows. Throws {@link Replaced}. */
    range(task: FetchRangeTask): Promise<Payload>;
}
/** A segmented frame of which not all is there. */
export interface PartialFrame extends OpenedTable {
    readonly task: Remote;
    readonly begin: Buffer;
    readonly header: FrameHeader;
}
/** The raw payload of a whole frame, verified and decompressed, and where its segments lie in it. */
export declare function openFrame({ frame, header, opener }: WholeFrame): Payload;
/** What opens the value of a task. */
export declare function openerOf({ key, ring, maxSegments }: Keyed): Opener;
/** Throws `ERR_VALUE_TOO_LARGE` where a value is over the limit. */
export declare function assertSize(bytes: number, limit: number): void;
