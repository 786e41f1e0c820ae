import { type Selection } from '../codec/value-part.js';
import { type FrameHeader } from '../frame/frame.js';
import type { FirstSegments, Payload } from '../offload/tasks.js';
import { type View } from '../offload/views.js';
import type { BulkLane, BulkMap } from './bulk-lane.js';
import type { Operation } from './operation.js';
import type { SegmentRange } from './segment-ranges.js';
import type { ReadingParts } from './value-reader.js';
import type { ValueSettings } from './value-settings.js';
/** A stored value of which the beginning was read. */
export interface Opened {
    readonly key: string;
    readonly header: FrameHeader;
    /** The bytes of the header, by which another value under the key is told from this one. */
    readonly version: Uint8Array;
    /** The names of its codec and compression. */
    readonly codec: string;
    readonly compression: string;
    readonly contentType: string | undefined;
    /** All of it, where it is so small that main does everything with it. */
    readonly frame: Buffer | undefined;
}
/**
 * Reads of values that were opened before. Small ones are in memory by then; of the others a worker gets what is asked for,
 * and `ERR_CHANGED` is what comes where the value was replaced meanwhile.
 */
export declare class OpenedReader {
    #private;
    constructor(settings: ValueSettings, { commands, large, report }: ReadingParts, bulk: BulkLane);
    get collectsYoung(): boolean;
    /** Reads the beginning of a value; undefined where there is none, or none that can be read. */
    open(operation: Operation, key: string): Promise<Opened | undefined>;
    /** The value. */
    value(operation: Operation, opened: Opened): Promise<unknown>;
    /** Another form of the value: a text, or bytes that belong to the caller. */
    view(operation: Operation, opened: Opened, view: View): Promise<unknown>;
    /** What is at a path of it, or the elements of that in a range. */
    part(operation: Operation, opened: Opened, selection: Selection): Promise<unknown>;
    /** The first segments of it, of the given size or one more; all of it where it has no others. */
    first(operation: Operation, opened: Opened, rawBytes: number): Promise<Payload | FirstSegments>;
    /** Further segments of it. */
    range(operation: Operation, opened: Opened, range: SegmentRange): Promise<Payload>;
    /** What a function of the user's returns for a value that was not opened; undefined where there is none. */
    map(operation: Operation, call: Omit<BulkMap, 'bytes'>): Promise<unknown>;
}
