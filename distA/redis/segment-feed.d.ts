import type { FirstSegments, Payload } from '../offload/tasks.js';
import type { BulkLane } from './bulk-lane.js';
import type { Operation } from './operation.js';
/** Some segments of a value, one behind another. */
export type Segments = Pick<Payload, 'payload' | 'lengths'>;
/** Thrown where the value was replaced while its segments were read. */
export declare class ReplacedMeanwhile extends Error {
}
/** The segments of a stored value in their order, got piece by piece, a little ahead of whoever takes them. */
export declare class SegmentFeed {
    #private;
    constructor(bulk: BulkLane, { operation, key, first }: {
        operation: Operation;
        key: string;
        first: FirstSegments;
    });
    /** The next segments; undefined behind the last. */
    next(): Promise<Segments | undefined>;
}
