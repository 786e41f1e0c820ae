import type { CommandLane } from './command-lane.js';
import type { Operations } from './operations.js';
import type { ConnectionSettings } from './settings.js';
import { type Wakeup } from './wakeups.js';
/** A lease that is held here, until it runs out. */
export interface Lease {
    /** Of the lease, not of what it is for. */
    readonly name: string;
    /** Tells it from every other lease on the same key. */
    readonly token: string;
    /** Grows from lease to lease on a key, as far as the server's clock does: microseconds since 1970. */
    readonly fence: number;
    readonly ttlMs: number;
}
/** What came of asking for a lease. */
export type LeaseAnswer = {
    readonly lease: Lease;
    /** Whether a value is there, which may have been stored since it was looked for. */
    readonly exists: boolean;
} | {
    readonly lease: undefined;
    /** When that of the other holder runs out at the latest, if he does not prolong it. */
    readonly leftMs: number;
};
/**
 * Leases on keys, in Redis: one process at a time makes the value of a key, and the others wait for word from it. A lease runs
 * out by itself where its holder is no more; what he would store later is not taken (`Fence`). Keys are physical here.
 */
export declare class Leases {
    #private;
    constructor(operations: Operations, commands: CommandLane, settings: ConnectionSettings);
    /** Takes the lease on a key where nobody has it. */
    acquire(key: string, ttlMs: number): Promise<LeaseAnswer>;
    /** Has a lease last for its whole time again. False where it is somebody else's by now, or nobody's. */
    renew({ name, token, ttlMs }: Lease): Promise<boolean>;
    /** Gives a lease back, and tells those who wait for it. */
    release({ name, token }: Lease): Promise<void>;
    /** Is woken when the lease on a key comes free. Whoever listens closes it. */
    listen(key: string): Wakeup;
    close(): void;
}
