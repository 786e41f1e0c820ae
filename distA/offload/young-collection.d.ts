import { type Marking } from './marking.js';
/**
 * Collects the engine's young generation while a large value is moved, a little at a time.
 *
 * Of a value that is decoded, all objects of the value are young and none of them is garbage, so that the collector copies each;
 * left alone it waits until 16 MB have come together (up to 64 MB from Node 24 on), and then holds the event loop for 5 to 30 ms,
 * which no slice can cut. Collected every few megabytes it takes 1 to 2 ms (docs/offload.md). Of one that is streamed, or received by a worker, all buffers are garbage as soon as they have been passed on,
 * and the engine lets 32 MB of them come together in each thread.
 */
export declare class YoungCollection {
    #private;
    constructor(marking: Marking);
    /** How often it has collected. */
    get count(): number;
    /** Whether a value of so many bytes of objects is worth it. */
    suits(objectBytes: number): boolean;
    /** To be called before many bytes are decoded or passed on. */
    begin(): void;
    /** So many bytes of objects were decoded. */
    decoded(objectBytes: number): void;
    /** Bytes were passed on that nobody needs any more: collects where it is due. */
    passed(bytes: number): void;
    /** Whether enough was decoded since the last time. */
    get isDue(): boolean;
    /** Whether it would cut short what the engine is about to finish: {@link turn} is worth waiting for. */
    get isHeldUp(): boolean;
    /** Resolves when nothing holds it up. */
    turn(): Promise<void>;
    /** Whether it has collected: not while the engine marks, which it would end in one piece. */
    collect(): boolean;
}
/** Of the whole thread, which has one young generation. */
export declare const youngCollection: YoungCollection;
