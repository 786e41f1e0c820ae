import type { DecodeLimits } from './limits.js';
import { type SegmentDecoder, type SegmentEncoder, type SegmentedPayload } from './segments.js';
/** The segments of a raw payload: the first begins with the head, the others go on with the data. */
declare abstract class RawEncoder implements SegmentEncoder {
    #private;
    bytes: number;
    protected readonly limit: number;
    constructor(limitBytes: number);
    abstract next(): boolean;
    whole(): Uint8Array;
    take(): SegmentedPayload;
    /** Memory for the data of the next segment. */
    protected place(kind: number, bytes: number): Buffer;
    /** Another kind, of which what is written so far is an example too. */
    protected rename(kind: number): void;
    protected startOver(): void;
}
/** Copies binary data piece by piece. */
export declare class RawBinaryEncoder extends RawEncoder {
    #private;
    constructor({ kind, data }: {
        readonly kind: number;
        readonly data: Uint8Array;
    }, limitBytes: number);
    next(): boolean;
}
/** Writes text piece by piece; none ends within a surrogate pair. Short text is written as a whole. */
export declare class RawTextEncoder extends RawEncoder {
    #private;
    constructor(text: string, limitBytes: number);
    whole(): Uint8Array;
    next(): boolean;
}
/** Puts text together from its segments; binary data is taken as it lies where that is possible. */
export declare class RawDecoder implements SegmentDecoder {
    #private;
    readonly items = 0;
    /** @param owned whether all segments lie behind each other in one buffer, which belongs to nobody else */
    constructor(totalBytes: number, owned: boolean, limits: DecodeLimits);
    next(segment: Uint8Array): void;
    end(): unknown;
}
export {};
