import { LargeReader } from './large-reader.js';
/** Values that workers make: main does no more of them than to decode, in slices. */
export class MadeValues {
    #settings;
    #bulk;
    #large;
    constructor(settings, bulk) {
        this.#settings = settings;
        this.#bulk = bulk;
        this.#large = new LargeReader(settings, bulk);
    }
    /**
     * Has a worker make a value, however long that takes; undefined where it makes none. It is no operation: nothing on a key waits for
     * it. What has begun when the signal fires goes on in the worker, and is thrown away.
     */
    async make(maker, signal) {
        const wanted = {
            get settled() {
                return signal.aborted;
            },
        };
        const encoded = await this.#bulk.make(wanted, { ...maker, codec: this.#settings.codec });
        if (encoded.kind === 'missing')
            return undefined;
        // Decoding does not take the bytes over: they are still to be stored.
        const { value } = await this.#large.decode(wanted, { ...encoded, storedBytes: 0 }, false);
        return { value, encoded };
    }
}
