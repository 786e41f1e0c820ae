/**
 * Takes slabs back whose bytes nobody reads any more. Fresh memory costs a page fault for each 4 KB of it, which is a good part of what
 * it takes to encode a large value: up to half on a virtual machine. Up to 16 MB wait so, for ten seconds.
 */
export declare function giveBack(buffers: Iterable<ArrayBuffer>): void;
/** Memory for several segments, all of which crosses to a worker at once; one that came back where there is one. */
export declare function takeSlab(): Buffer;
/** The memory of segments, one behind the other: each buffer that crosses to a worker costs main by itself. */
export declare class Slabs {
    #private;
    /** @param segmentBytes what a segment takes, about */
    constructor(segmentBytes: number);
    /** Memory for the next segment. */
    place(bytes: number): Buffer;
    /** All slabs, each cut to what is used of it. */
    take(): Buffer[];
}
