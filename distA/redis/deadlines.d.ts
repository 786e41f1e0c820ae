/** What has a time by which it must have ended. Its links are for {@link Deadlines} alone. */
export interface Timed extends Link {
    /** By `performance.now()` of this thread. */
    endsAt: number;
    /** Where it stands in the heap; -1 where it does not. */
    place: number;
    /** Its time is up; it is not watched any more. */
    expire(): void;
}
/** When the time of a call that begins now is up, by `performance.now()`: so that it is answered within it, and not just after. */
export declare function endOf(timeoutMs: number): number;
/** A link of the ring. */
export interface Link {
    previous: Link | undefined;
    next: Link | undefined;
}
/**
 * Tells each of many when its time is up, by one timer. Those with the standard time end in the order of their coming: a ring
 * holds them, which costs nothing to speak of. Those with times of their own are in a heap.
 */
export declare class Deadlines {
    #private;
    constructor(standardMs: number);
    /** Watches one that has the standard time from now on. */
    addStandard(timed: Timed): void;
    /** Watches one until its own `endsAt`. */
    add(timed: Timed): void;
    /** Does nothing where it is not watched. */
    remove(timed: Timed): void;
    /** The timer need not keep the process alive until the next one comes. */
    rest(): void;
}
