import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
/**
 * A way to a server that is farther off: what passes either way comes half a round trip later. In a thread of its own, so that
 * it takes nothing of the event loop that is measured.
 */
export class DelayProxy {
    #worker;
    /** The URL with this proxy's address in place of the server's. */
    url;
    constructor(worker, url) {
        this.#worker = worker;
        this.url = url;
    }
    /** Opens it before a `redis://` URL; `rttMs` is added to each round trip. */
    static async open(url, rttMs) {
        const target = new URL(url);
        const worker = new Worker(new URL('./delay-proxy-thread.js', import.meta.url), {
            workerData: { host: target.hostname, port: Number(target.port || 6379), delayMs: rttMs / 2 },
        });
        const [port] = await once(worker, 'message');
        target.hostname = '127.0.0.1';
        target.port = String(port);
        return new DelayProxy(worker, target.href);
    }
    async close() {
        await this.#worker.terminate();
    }
}
