import { type SlicedWork } from './slices.js';
/** How much may be encoded at once. */
export interface EncodingLimits {
    /** Bytes of encoded values that have not been stored yet; a value that is under way takes it beyond that. */
    readonly maxBytes: number;
    /** Values that may wait to be encoded. */
    readonly maxQueue: number;
}
/** A value that is being encoded. */
export interface Encoding {
    /** Rejects as {@link Slices.run} does. Undefined where it was done at once. */
    readonly encoded: Promise<void> | undefined;
    /** Its bytes are stored, or nobody waits for it any more. Calling it again is harmless. */
    readonly leave: () => void;
}
/**
 * Has large values encoded a few at a time, in the order of their calls: of thousands at once that all advance together none would
 * be ready in its time, and all would hold memory.
 */
export declare class Encodings {
    #private;
    constructor(limits: EncodingLimits);
    /** Encodes in slices when its turn comes, and holds `bytes()` from its end on. Throws `ERR_OVERLOADED` where too many wait. */
    run(work: SlicedWork, bytes: () => number): Encoding;
    /** For {@link Place} alone. */
    changed(place: Place, { active, bytes }: {
        readonly active: number;
        readonly bytes: number;
    }): void;
}
declare class Place {
    #private;
    state: 'waiting' | 'active' | 'encoded' | 'left';
    /** Has whoever waits for its turn go on. */
    begin: () => void;
    constructor(all: Encodings);
    encoded(bytes: number): void;
    leave(): void;
}
export {};
