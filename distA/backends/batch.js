import { asOffloopError, BatchError, describe, OffloopError } from '../errors.js';
import { listOf } from './redis-arguments.js';
/**
 * Runs a batch. Resolves to the results in the order of the items. Rejects with a `BatchError` that names all those
 * that failed; where one was aborted, as all that were under way then are, with one `ERR_ABORTED` instead.
 */
export async function runBatch(batch) {
    const { call, list, writes, keyOf } = batch;
    const items = listOf(list, call);
    batch.admit();
    // All begin in the same turn of the event loop, so that small ones leave in one pipeline.
    const results = await Promise.allSettled(items.map((item) => batch.run(item)));
    const failures = [];
    const values = [];
    for (const [index, result] of results.entries()) {
        if (result.status === 'fulfilled')
            values.push(result.value);
        else {
            const item = items[index];
            const key = keyOf ? keyOf(item) : item;
            const error = asOffloopError(result.reason, 'ERR_SERVER', 'an unexpected failure');
            failures.push({ key: typeof key === 'string' ? key : `[${index}] ${describe(key)}`, error });
        }
    }
    if (failures.some(({ error }) => error.code === 'ERR_ABORTED')) {
        const outcome = writes ? '; the outcome of the others is unknown' : '';
        const text = `${call}: aborted with ${values.length} of ${items.length} entries done${outcome}`;
        throw new OffloopError('ERR_ABORTED', text, writes ? 'unknown' : undefined);
    }
    if (failures.length > 0)
        throw new BatchError(call, items.length, failures);
    return values;
}
