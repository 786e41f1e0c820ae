import { ColumnCursor } from './columns-cursor.js';
import { OpenPart, type SegmentsGiven } from './graph-parts.js';
import type { SegmentDecoder } from './segments.js';
import { type Allocation } from './young-values.js';
/**
 * Reads one value, from one segment or from several. Every length is held against what is left, so that a short
 * payload cannot ask for much memory. Where a segment ends, the calls that are open return one after another, each
 * leaving an {@link OpenPart}, from which the next segment goes on.
 */
export declare class GraphDecoder extends ColumnCursor implements SegmentDecoder {
    #private;
    protected readonly allocation: Allocation;
    /** @param budget bytes of all segments */
    constructor(budget: number, { hasBatches, open, room, limits }: SegmentsGiven);
    next(segment: Uint8Array): void;
    get items(): number;
    /** What is open behind the last segment, the outermost first. */
    get open(): readonly OpenPart[];
    /** The value. Throws where it is not complete. */
    end(): unknown;
    /** The next value. */
    value(): unknown;
}
