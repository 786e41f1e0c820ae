import type { Selection } from '../codec/value-part.js';
import { type FrameHeader } from '../frame/frame.js';
import { type NoteSpan } from '../frame/note.js';
import type { KnownLarge } from '../offload/known-large.js';
import type { ReadPlan } from '../offload/plan.js';
import type { Payload } from '../offload/tasks.js';
import type { BulkLane } from './bulk-lane.js';
import type { Operation } from './operation.js';
import type { ValueSettings } from './value-settings.js';
/** A value, and the bytes that it takes in Redis. */
export interface Found {
    readonly value: unknown;
    readonly storedBytes: number;
    /** What is stored beside it. @default none */
    readonly note?: NoteSpan | undefined;
}
/** Who reads which key. */
interface KeyRead {
    readonly operation: Operation;
    readonly key: string;
}
/** A value of which the header is known. */
export interface LargeRead extends KeyRead {
    readonly header: FrameHeader;
    /** What has arrived of the frame. */
    readonly arrived: Buffer;
    /** The header that the value must have, or it is `ERR_CHANGED`. @default any */
    readonly version?: Uint8Array | undefined;
}
/** A part of a value. */
export interface Part extends Selection {
    readonly key: string;
    /** As of a {@link LargeRead}. */
    readonly version?: Uint8Array | undefined;
}
/** Reads values that are not decoded in one go: over workers' connections, in slices, or both. */
export declare class LargeReader {
    #private;
    constructor(settings: ValueSettings, bulk: BulkLane);
    /** The value, or the one that has replaced it meanwhile, never a mixture; undefined where there is none any more. */
    read(plan: ReadPlan, read: LargeRead): Promise<Found | undefined>;
    /** As {@link read}, of a value of which only what was last seen is known. */
    readKnown(read: KeyRead, known: KnownLarge): Promise<Found | undefined>;
    /** A part of a value, by a worker; undefined where the key or the part is not there, with whether the key is. */
    readPart(operation: Operation, part: Part): Promise<Found & {
        readonly hit: boolean;
    }>;
    /** Decodes a payload that is there as a whole. With `owned` nobody else holds its buffer. */
    decode(operation: Wanted, payload: Omit<Payload, 'kind'>, owned: boolean): Promise<Found>;
}
/** Who can stop waiting. */
type Wanted = Pick<Operation, 'settled'>;
export {};
