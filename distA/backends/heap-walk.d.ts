/**
 * Walks a value, a step at a time, to estimate what it takes in memory, and to freeze it where that is wanted. What several
 * parts share counts once, except strings, of which JavaScript cannot tell whether they are shared. What is neither plain
 * object nor array (a Map, a Date, binary data) cannot be frozen, but what a Map or Set holds is.
 */
export declare class HeapWalk {
    #private;
    /** @param options.isDecoded whether it was made of bytes, so that its strings were cut out of longer ones */
    constructor(value: unknown, options: {
        readonly freezes: boolean;
        readonly isDecoded: boolean;
    });
    /** Bytes of what has been walked. */
    get bytes(): number;
    /** Walks on for some tenths of a millisecond. False where that was all. */
    step(): boolean;
}
