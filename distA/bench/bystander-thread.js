import { performance } from 'node:perf_hooks';
import { parentPort, workerData } from 'node:worker_threads';
import { connectIoredis } from './peers/ioredis-client.js';
/** The other client of a server: asks for one small key every millisecond, from a thread of its own. */
const { url, key } = workerData;
const INTERVAL_MS = 1;
const redis = await connectIoredis({ url });
await redis.get(key);
let latencies = [];
let asking;
let failure;
function ask() {
    // Asked by the clock and not by the answer before: a stalled server must not hide from the questions that fall
    // into its stall.
    const asked = performance.now();
    redis.get(key).then(() => latencies.push(performance.now() - asked), (error) => {
        failure = error instanceof Error ? error.name : 'unknown';
    });
}
parentPort?.on('message', (message) => {
    if (message === 'start') {
        latencies = [];
        // At once too: the work may be over before the clock ticks for the first time.
        ask();
        asking = setInterval(ask, INTERVAL_MS);
        parentPort?.postMessage('started');
    }
    else if (message === 'stop') {
        clearInterval(asking);
        // On one connection answers come in order: this one comes when every question has its answer.
        void redis.get(key).then(() => parentPort?.postMessage(failure ?? latencies), () => parentPort?.postMessage('the connection of the other client was lost'));
    }
    else {
        redis.disconnect();
        parentPort?.close();
    }
});
parentPort?.postMessage('ready');
