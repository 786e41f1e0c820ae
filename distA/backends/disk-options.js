import { describe, OffloopError } from '../errors.js';
import { assertInteger, assertKnownOptions } from './arguments.js';
const OPTIONS = new Set([
    'path',
    'maxBytes',
    'maxEntries',
]);
const MAX_ENTRIES = 2 ** 24 - 1;
/** Options with their defaults. Throws `ERR_OPTION`. */
export function resolveDiskOptions(options) {
    assertKnownOptions(options ?? null, OPTIONS, 'DiskBackend');
    const { path, maxBytes = 1024 ** 3, maxEntries = 1_000_000 } = options ?? {};
    if (typeof path !== 'string' || path === '') {
        throw new OffloopError('ERR_OPTION', `path must be a non-empty string, received ${describe(path)}`);
    }
    assertInteger('maxBytes', maxBytes, Number.MAX_SAFE_INTEGER);
    assertInteger('maxEntries', maxEntries, MAX_ENTRIES);
    return { path, maxBytes, maxEntries };
}
