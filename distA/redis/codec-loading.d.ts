import type { CodecRegistry } from '../codec/registry.js';
import type { Operation } from './operation.js';
/** The loading of custom codecs, for which values have to wait. */
export declare class CodecLoading {
    #private;
    constructor(registry: CodecRegistry);
    /** Whether a codec is not there yet, or could not be loaded. */
    get isUnderWay(): boolean;
    /**
     * Does the work when all codecs are there; at once where they are. Rejects where one cannot be loaded, and with
     * `ERR_TIMEOUT` where the caller of the operation was answered meanwhile: he was told that nothing was sent.
     */
    before<T>(operation: Operation, work: () => Promise<T>): Promise<T>;
}
