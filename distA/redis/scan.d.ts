import { type RedisClient } from './client.js';
/** How far a clear has come. */
export interface ClearProgress {
    /** Keys removed so far. */
    readonly removed: number;
    /** Keys that the scan has found so far; a key may count twice. */
    readonly scanned: number;
}
/** What a clear is given. */
export interface ScanOptions {
    readonly prefix: string;
    /** A cluster takes only keys of one slot in a command. */
    readonly cluster: boolean;
    readonly signal: AbortSignal | undefined;
    readonly onProgress: ((progress: ClearProgress) => void) | undefined;
    readonly patience: Patience;
}
/** What a clear knows over the loss of its connection. */
export interface ClearState {
    removed: number;
    scanned: number;
    /** Keys whose removal was sent and not answered. */
    unanswered: Buffer[];
}
/** How long one step of a clear may take, since the whole of it has no limit. */
export interface Patience {
    readonly timeoutMs: number;
    /** Called where a step took longer: the connection does not answer. */
    onStall(): void;
}
/**
 * Removes every key that begins with exactly the prefix's bytes, on every master. Where it ends with an error, another
 * call with the same state goes on: from the beginning, over what is left.
 */
export declare function clearPrefix(client: RedisClient, options: ScanOptions, state: ClearState): Promise<void>;
/** Empties the database, on every master, aside from the server's main thread. Resolves to how many keys there were. */
export declare function flush(client: RedisClient, patience: Patience): Promise<number>;
/** A glob that matches the prefix alone: `*`, `?`, `[`, `]`, `^`, `-` and `\` lose their meaning. */
export declare function escapeGlob(prefix: string): string;
/** Throws `ERR_ABORTED` where the caller's signal fired. */
export declare function assertNotAborted(signal: AbortSignal | undefined, removed: number): void;
