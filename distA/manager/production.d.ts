import type { Maker } from '../redis/made-values.js';
import type { Entries, Entry } from './entries.js';
import { type Factory, type Policy } from './get-or-set-options.js';
import type { ManagerCounters } from './manager-stats.js';
import type { TtlPolicy } from './ttl-policy.js';
/** What productions have in common. */
export interface Workshop {
    readonly entries: Entries;
    readonly ttlPolicy: TtlPolicy;
    readonly counters: ManagerCounters;
}
/** What is to be made. */
export interface Order {
    readonly key: string;
    readonly factory: Factory<unknown> | Maker;
    readonly policy: Policy;
    /** The entry that is not fresh any more. */
    readonly stale: Entry | undefined;
    /** Whether the backend answered when it was asked for the value. */
    readonly reachable: boolean;
    /** Whether nobody waits for it. */
    readonly background: boolean;
}
/** Instead of a value. */
export declare const NOT_MADE: unique symbol;
/** The making of one value: right, factory, store. */
export declare class Production {
    #private;
    /** The value; {@link NOT_MADE} of one in the background that another process makes already. */
    readonly made: Promise<unknown>;
    constructor(workshop: Workshop, order: Order);
    get tags(): readonly string[];
    /** Goes on although nobody waits for it. */
    goOn(): void;
    /** Ends it, unless it is to go on alone. */
    abandon(): void;
    /** Ends it. */
    end(): void;
    /** What it makes is given to those who wait, and not stored: the key was set or removed meanwhile. */
    supersede(): void;
}
