/** What a signal can end. */
export interface Abortable {
    abort(): void;
}
/**
 * Who is to be told of which signal. There is one listener on a signal however many wait for it, since a signal takes
 * in and lets go of a listener by looking at all it has; and none once nobody waits.
 */
export declare class AbortWatch {
    #private;
    /** Has it aborted when the signal fires, which it must not have done yet. */
    add(signal: AbortSignal, abortable: Abortable): void;
    /** It need not be told any more. Does nothing where it has been. */
    remove(signal: AbortSignal, abortable: Abortable): void;
}
