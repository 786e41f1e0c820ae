import { displayKey, OffloopError } from '../errors.js';
/** Calls a factory, and gives it up with `ERR_FACTORY_TIMEOUT` after a time. What it throws is passed on as it is. */
export async function callFactory(factory, context, { controller, hardMs }) {
    const { signal } = controller;
    const made = (async () => factory({ ...context, signal }))();
    if (hardMs === undefined)
        return made;
    let timer;
    const limit = new Promise((_, reject) => {
        timer = setTimeout(() => {
            const text = `getOrSet ${displayKey(context.key)}: the factory took longer than ${hardMs / 1_000} s (hardTimeout)`;
            const error = new OffloopError('ERR_FACTORY_TIMEOUT', text);
            reject(error);
            controller.abort(error);
        }, hardMs);
    });
    try {
        return await Promise.race([made, limit]);
    }
    finally {
        clearTimeout(timer);
    }
}
