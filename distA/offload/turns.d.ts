/**
 * Gives out turns of the event loop, one to each that asks, in the order of asking. What comes back from workers is
 * taken up in such turns: Node hands over all messages that wait, and those that come meanwhile, in one go, so that
 * callers who answer each result with the next large value would keep everything else waiting for as long as the
 * workers keep up (measured: 180 ms with four callers setting 1 MB).
 */
export declare class Turns {
    #private;
    /** Resolves in a turn of its own. */
    next(): Promise<void>;
}
