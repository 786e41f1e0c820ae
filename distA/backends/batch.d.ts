import { type BatchCall } from './redis-arguments.js';
/** Many operations of one call. */
export interface Batch<I, T> {
    readonly call: BatchCall;
    readonly list: Iterable<I>;
    /** Whether it changes what is stored. */
    readonly writes: boolean;
    /** Throws where nothing is to be begun. */
    admit(): void;
    /**
     * What an item's failure is reported by, as the caller gave it.
     * @default the item itself
     */
    keyOf?(item: I): unknown;
    /** Does one. */
    run(item: I): Promise<T>;
}
/**
 * Runs a batch. Resolves to the results in the order of the items. Rejects with a `BatchError` that names all those
 * that failed; where one was aborted, as all that were under way then are, with one `ERR_ABORTED` instead.
 */
export declare function runBatch<I, T>(batch: Batch<I, T>): Promise<T[]>;
