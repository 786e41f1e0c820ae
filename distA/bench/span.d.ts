/** A piece of time by `performance.now()`. */
export interface Span {
    readonly startMs: number;
    readonly endMs: number;
}
export declare function lengthOf({ startMs, endMs }: Span): number;
/** How much of a span the others cover, where they cover each other counted once. They are in order of their start. */
export declare function overlapWith(others: readonly Span[], span: Span): number;
