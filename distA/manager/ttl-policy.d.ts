/** Options of {@link TtlPolicy}. Every TTL is in seconds, above 0, at most 100 years; `Infinity` means for ever. */
export interface TtlPolicyOptions {
    /**
     * The TTL of every type that `byType` does not name.
     * @default 3600, and for the types of {@link STANDARD_TTLS} what stands there
     */
    readonly default?: number | undefined;
    /**
     * TTLs by type.
     * @default {@link STANDARD_TTLS} where `default` is not given, else none
     */
    readonly byType?: Readonly<Record<string, number>> | undefined;
}
/** Seconds by type, where the policy is not told otherwise. */
export declare const STANDARD_TTLS: {
    readonly embedding: 86400;
    readonly retrieval: 3600;
    readonly context: 1800;
    readonly response: 600;
};
/**
 * How long values live that are set without a TTL of their own, by their type.
 *
 * A `default` of your own rules every type that `byType` does not name, so that `new TtlPolicy({ default: 60 })`
 * never keeps anything for longer than a minute. Without it the types of {@link STANDARD_TTLS} keep theirs.
 */
export declare class TtlPolicy {
    #private;
    /** Seconds for every type without its own; `Infinity` means for ever. */
    readonly default: number;
    /** @throws OffloopError `ERR_OPTION` for an unknown option, or a TTL out of its bounds. */
    constructor(options?: TtlPolicyOptions);
    /** Seconds for a type; `Infinity` means for ever. */
    ttlFor(type: string): number;
}
