import { asOffloopError, BatchError, type BatchFailure, describe, restated } from '../errors.js';
import { type BatchCall, listOf } from './redis-arguments.js';

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
export async function runBatch<I, T>(batch: Batch<I, T>): Promise<T[]> {
  const { call, list, writes, keyOf } = batch;
  const items = listOf(list, call);
  batch.admit();
  // All begin in the same turn of the event loop, so that small ones leave in one pipeline.
  const results = await Promise.allSettled(items.map((item) => batch.run(item)));
  const failures: BatchFailure[] = [];
  const values: T[] = [];
  for (const [index, result] of results.entries()) {
    if (result.status === 'fulfilled') values.push(result.value);
    else {
      const item = items[index] as I;
      const key = keyOf ? keyOf(item) : item;
      const error = asOffloopError(result.reason, 'ERR_SERVER', 'an unexpected failure');
      failures.push({ key: typeof key === 'string' ? key : `[${index}] ${describe(key)}`, error });
    }
  }
  const abort = failures.find(({ error }) => error.code === 'ERR_ABORTED');
  if (abort) {
    const outcome = writes ? '; the outcome of the others is unknown' : '';
    const text = `${call}: aborted with ${values.length} of ${items.length} entries done${outcome}`;
    throw restated(abort.error, text, writes ? 'unknown' : undefined);
  }
  if (failures.length > 0) throw new BatchError(call, items.length, failures);
  return values;
}
