import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { clockMs } from './metronome-clock.js';
/**
 * Beats by the clock, from a thread of its own. A timer of the measured thread is up to a millisecond late even when
 * nothing goes on, which would make a quiet service look slow, and it is silent while that thread is held up.
 */
export class Metronome {
    #worker;
    constructor(worker) {
        this.#worker = worker;
    }
    static async start() {
        const worker = new Worker(new URL('./metronome-thread.js', import.meta.url));
        await once(worker, 'message');
        return new Metronome(worker);
    }
    /**
     * Calls back once for each beat, with the moment at which it was due by {@link clockMs}. Beats that fall into a
     * stall come after it, all of them. Resolves after the last.
     */
    async beat(beats, onBeat) {
        const fromMs = clockMs();
        await new Promise((resolve) => {
            const listener = (message) => {
                if (typeof message === 'number') {
                    onBeat(fromMs + message);
                    return;
                }
                this.#worker.off('message', listener);
                resolve();
            };
            this.#worker.on('message', listener);
            this.#worker.postMessage({ ...beats, fromMs });
        });
    }
    async close() {
        await this.#worker.terminate();
    }
}
