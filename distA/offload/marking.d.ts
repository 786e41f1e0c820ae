/**
 * Notices when the engine marks what is alive, before a full collection. It does so beside the program, unless the young generation
 * is collected meanwhile: V8 13 (Node 24) then first ends the marking in one piece, 15 ms for 60 MB, and all others have to copy and to
 * mark the same objects. So who makes many objects waits for the end of it.
 */
export declare class Marking {
    #private;
    /** Begins to watch, for as long as the process lives. One that is under way already is not noticed. */
    watch(): void;
    /** Whether it is under way. */
    get isUnderWay(): boolean;
    /** Whether it is under way and not for long, so that waiting for its end is worth it. */
    get isShort(): boolean;
    /** Resolves when it has ended, or takes long. */
    pause(): Promise<void>;
}
/** Of the thread, which has one heap. */
export declare const marking: Marking;
