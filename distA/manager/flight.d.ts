import { OffloopError } from '../errors.js';
import type { Maker } from '../redis/made-values.js';
import type { Factory, Policy } from './get-or-set-options.js';
/** The place of a key's flight. */
export interface Place {
    flight: Flight | undefined;
}
/** Work on one key that several callers wait for, each for as long as he likes. What it does is up to the first of them. */
export declare class Flight {
    #private;
    /** Where others find it while it is under way. */
    readonly place: Place;
    readonly key: string;
    readonly factory: Factory<unknown> | Maker;
    readonly policy: Policy;
    /** What it comes to. */
    landed: Promise<unknown> | undefined;
    constructor(place: Place, { key, factory, policy }: Pick<Flight, 'key' | 'factory' | 'policy'>);
    /** Has something done when all have left, which they may have. */
    whenAbandoned(work: () => void): void;
    /** Waits for it, until the signal fires: then it rejects with `ERR_ABORTED`, and the work goes on for the others. */
    join(landed: Promise<unknown>, signal: AbortSignal | undefined): Promise<unknown>;
}
/** Of a caller whose signal fired. */
export declare function abortedWait(key: string): OffloopError;
