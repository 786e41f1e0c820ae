import type { KeyLeases } from '../backends/noted-store.js';
import type { Lease } from '../redis/leases.js';
import type { Entry } from './entries.js';
/** What came of asking for the right to make a value. */
export type Right = 
/** It is ours; without a lease nobody could be asked. */
{
    readonly kind: 'make';
    readonly lease: Lease | undefined;
}
/** Another process has made the value meanwhile. */
 | {
    readonly kind: 'found';
    readonly entry: Entry;
}
/** Another process makes it, and is not waited for any longer. */
 | {
    readonly kind: 'others';
};
/** Who asks for the right. */
export interface RightInput {
    readonly leases: KeyLeases;
    readonly key: string;
    readonly ttlMs: number;
    /** 0: does not wait. */
    readonly waitMs: number;
    readonly signal: AbortSignal;
    /** A fresh entry; undefined where there is none. */
    find(): Promise<Entry | undefined>;
    /** Waiting begins. */
    waits(): void;
}
/** Gets the right to make a value, or the value. Rejects as Redis does. Resolves early, with `others`, where the signal fires. */
export declare function rightToMake(input: RightInput): Promise<Right>;
