import { OffloopError } from '../errors.js';
/** The loading of custom codecs, for which values have to wait. */
export class CodecLoading {
    #loading;
    constructor(registry) {
        if (registry.settings.custom.length === 0)
            return;
        this.#loading = registry.load().then(() => {
            this.#loading = undefined;
        });
        // The operations that wait for it report it.
        this.#loading.catch(() => { });
    }
    /** Whether a codec is not there yet, or could not be loaded. */
    get isUnderWay() {
        return this.#loading !== undefined;
    }
    /**
     * Does the work when all codecs are there; at once where they are. Rejects where one cannot be loaded, and with
     * `ERR_TIMEOUT` where the caller of the operation was answered meanwhile: he was told that nothing was sent.
     */
    before(operation, work) {
        if (this.#loading === undefined)
            return work();
        return this.#loading.then(() => {
            if (!operation.settled)
                return work();
            throw new OffloopError('ERR_TIMEOUT', 'its caller was answered while a codec was loaded');
        });
    }
}
