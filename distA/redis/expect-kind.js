import { OffloopError } from '../errors.js';
/** Holds a worker's answer to the kinds that a task can have. */
export function expectKind(result, kinds) {
    if (kinds.includes(result.kind))
        return result;
    throw new OffloopError('ERR_WORKER', `a worker answered with ${result.kind}`);
}
