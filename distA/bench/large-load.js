import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { records } from './corpora.js';
const MB = 1024 * 1024;
const SIZES_MB = [1, 2, 4, 8];
const CALLERS = 2;
/** Two callers that get and set records of 1, 2, 4 and 8 MB by turns. */
export class LargeLoad {
    #peer;
    #values;
    constructor(peer) {
        this.#peer = peer;
        this.#values = SIZES_MB.map((size) => ({ bytes: size * MB, value: records(size * MB) }));
    }
    /** Makes the values, and stores those that will be got. */
    static async prepare(peer) {
        const load = new LargeLoad(peer);
        for (const { bytes, value } of load.#values)
            await peer.set(getKey(bytes), value);
        return load;
    }
    async run({ ms, perSecond }) {
        const start = performance.now();
        const latenciesMs = [];
        let next = 0;
        let bytes = 0;
        let errors = 0;
        const caller = async () => {
            for (;;) {
                const index = next;
                next += 1;
                const due = perSecond === undefined ? performance.now() : start + (index * 1000) / perSecond;
                if (due >= start + ms || performance.now() >= start + ms)
                    return;
                const early = due - performance.now();
                if (early > 0)
                    await sleep(early);
                try {
                    const moved = await this.#call(index);
                    bytes += moved;
                    latenciesMs.push(performance.now() - due);
                }
                catch {
                    // Counted, and shown beside the figures: what fails fast must not look fast.
                    errors += 1;
                }
            }
        };
        await Promise.all(Array.from({ length: CALLERS }, caller));
        return { calls: latenciesMs.length, bytes, wallMs: performance.now() - start, latenciesMs, errors };
    }
    /** One call; its value's size. Gets and sets have keys of their own: nothing waits for the call before on its key. */
    async #call(index) {
        const entry = this.#values[Math.floor(index / 2) % this.#values.length];
        if (!entry)
            throw new Error('no value to move');
        const { bytes, value } = entry;
        if (index % 2 === 1) {
            await this.#peer.set(`large/set/${bytes}`, value);
            return bytes;
        }
        const got = await this.#peer.get(getKey(bytes));
        if (!Array.isArray(got) || !Array.isArray(value) || got.length !== value.length) {
            throw new Error('a get gave something else than was set');
        }
        return bytes;
    }
}
function getKey(bytes) {
    return `large/get/${bytes}`;
}
