import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
/**
 * Another client of the same server, in a thread of its own, so that what it waits for is the server and not our
 * event loop.
 */
export class Bystander {
    #worker;
    constructor(worker) {
        this.#worker = worker;
    }
    static async start(url, key) {
        const worker = new Worker(new URL('./bystander-thread.js', import.meta.url), {
            workerData: { url, key },
        });
        await once(worker, 'message');
        return new Bystander(worker);
    }
    /** Runs the work and answers what the other client's questions took meanwhile, ascending, in milliseconds. */
    async during(work) {
        this.#worker.postMessage('start');
        await once(this.#worker, 'message');
        await work();
        this.#worker.postMessage('stop');
        const [latencies] = await once(this.#worker, 'message');
        if (!Array.isArray(latencies))
            throw new Error(`the other client failed: ${String(latencies)}`);
        return Float64Array.from(latencies).sort();
    }
    async close() {
        const ended = once(this.#worker, 'exit');
        this.#worker.postMessage('close');
        await ended;
    }
}
