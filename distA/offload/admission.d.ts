/** How much may be under way at once. */
export interface AdmissionLimits {
    readonly maxRunning: number;
    readonly maxQueue: number;
    readonly maxBytes: number;
}
/**
 * Lets work in while there is room, by count and by bytes, and has the rest wait in the order of its coming. One
 * piece larger than all the room is let in alone.
 */
export declare class Admission {
    #private;
    constructor(limits: AdmissionLimits);
    get running(): number;
    get queued(): number;
    get bytes(): number;
    /**
     * Resolves to true when there is room, which is then taken until `release`; to false where nobody wants it any
     * more when its turn comes. Rejects with `ERR_OVERLOADED` at once where the queue is full.
     */
    enter(bytes: number, stillWanted: () => boolean): Promise<boolean>;
    /** Gives room back. */
    release(bytes: number): void;
}
