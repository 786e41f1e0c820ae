import { OffloopError } from '../errors.js';
/** When calls are refused without Redis being asked. */
export interface BreakerSettings {
    readonly enabled: boolean;
    /** Calls in a row that Redis did not answer, after which it opens. */
    readonly failures: number;
    /** It does not open before Redis has answered nothing for this long, in ms: one lost connection is no outage. */
    readonly windowMs: number;
    /** Milliseconds after which Redis is tried again; earlier where the connection is there again. */
    readonly openMs: number;
    /** Calls that try it at a time. */
    readonly probes: number;
}
/** `closed`: all calls go through. `open`: none does. `half-open`: a few do, and decide. */
export type BreakerState = 'closed' | 'open' | 'half-open';
/**
 * A circuit breaker: while Redis does not answer, calls are refused at once instead of waiting until their time is up. Any
 * answer closes it, an error of Redis too.
 */
export declare class Breaker {
    #private;
    constructor(settings: BreakerSettings, changed: (state: BreakerState) => void);
    get state(): BreakerState;
    /** Whether an answer would tell it nothing new. */
    get isCalm(): boolean;
    /** How often it has opened. */
    get opened(): number;
    /** While it is not closed: whether a call may be made, as a probe, of which the end must be told by `probed`. */
    admitsProbe(): boolean;
    /** Redis answered. */
    succeeded(): void;
    /** Redis did not. */
    failed(): void;
    /** A probe has ended, however. */
    probed(): void;
    /** There is reason to try Redis again. */
    tryAgain(): void;
}
/** What a call is told that is refused. */
export declare function breakerIsOpen(title: string, writes: boolean): OffloopError;
