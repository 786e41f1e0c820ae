import { type SegmentEncoder, type SegmentedPayload } from './segments.js';
/** Encodes one value into segments. An instance serves one, so that a getter of the caller's may encode something itself. */
export declare class GraphEncoder implements SegmentEncoder {
    #private;
    /**
     * @param limit bytes that a segment is to have, about; `Infinity` for all in one
     * @param hasBatches whether records are stored by columns where that pays: the payload of `columns`
     */
    constructor(value: unknown, { limit, hasBatches }: {
        limit: number;
        hasBatches: boolean;
    });
    get bytes(): number;
    next(): boolean;
    whole(): Buffer;
    take(): SegmentedPayload;
}
