import type { FetchRangeTask, FirstSegments } from '../offload/tasks.js';
/** Which segments one request asks for. */
export interface SegmentRange extends Pick<FetchRangeTask, 'rows' | 'start' | 'compression' | 'sealed' | 'following'> {
    /** Stored bytes of them. */
    readonly bytes: number;
}
/** What bounds a request: the bytes that are stored, or those that they are before compression. */
export interface RangeLimit {
    readonly of: 'stored' | 'raw';
    /** One segment may take more. */
    readonly bytes: number;
}
/** The requests for all segments behind the first ones, in their order. */
export declare function segmentRanges({ rows, start, compression, sealed }: Pick<FirstSegments, 'rows' | 'start' | 'compression' | 'sealed'>, limit: RangeLimit): Generator<SegmentRange>;
