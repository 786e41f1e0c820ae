import type { Script } from './command-lane.js';
/** What has to hold for a value to be stored: a lease that was taken before the value was made. */
export interface Fence {
    /** The key of the lease. */
    readonly name: string;
    readonly token: string;
}
/** Where a fenced value lies until it takes its place, for so long at the most, in ms. */
export declare const TEMPORARY_MS = 60000;
/** Where a fenced value goes. */
interface FencedPlace {
    readonly key: string;
    readonly ttlMs: number | undefined;
}
/** Stores a frame if the fence holds. */
export declare function storeFenced({ key, ttlMs }: FencedPlace, { name, token }: Fence, frame: Buffer): Script;
/** Moves a value to its place if the fence holds, and removes it if not. */
export declare function moveFenced({ key, ttlMs }: FencedPlace, { name, token }: Fence, from: string): Script;
export {};
