import { type SegmentSource } from './graph-segment-run.js';
import { type PathStep } from './value-part.js';
/**
 * What is at a path in a segmented value, as `partOf` says; it decodes only segments that the part lies in, and those in
 * which a dictionary's key might have been. Of a Map that spans segments all are read. Throws `ERR_PATH` on a malformed
 * path, `ERR_CORRUPT` where outline and segments are not those of one value.
 */
export declare function readPart(source: SegmentSource, path: readonly PathStep[]): Promise<unknown>;
/**
 * The elements `from` to `to - 1` of what is at a path in a segmented value, as `sliceOf` says; it decodes only segments
 * that these lie in. Throws as {@link readPart} does, and `ERR_PATH` where nothing of an order is there.
 */
export declare function readSlice(source: SegmentSource, path: readonly PathStep[], from: number, to: number): Promise<unknown>;
