import { connect, createServer } from 'node:net';
import { performance } from 'node:perf_hooks';
import { parentPort, workerData } from 'node:worker_threads';
/** The thread of a proxy that passes bytes on after a while. */
const { host, port, delayMs } = workerData;
/** Passes each chunk on when its time has come. Timers of whole milliseconds are too coarse, so the last part is waited for by turns. */
function passOn(from, to) {
    const held = [];
    let waiting = false;
    const next = () => {
        const now = performance.now();
        while (held[0] && held[0].dueMs <= now) {
            const first = held.shift();
            if (first && to.writable)
                to.write(first.chunk);
        }
        waiting = held[0] !== undefined;
        if (!held[0])
            return;
        const left = held[0].dueMs - now;
        if (left > 2)
            setTimeout(next, left - 1);
        else
            setImmediate(next);
    };
    from.on('data', (chunk) => {
        held.push({ dueMs: performance.now() + delayMs, chunk });
        if (!waiting)
            next();
    });
    from.on('close', () => to.destroy());
    // `close` follows, which is all that the other side needs to know.
    from.on('error', () => to.destroy());
}
const server = createServer({ noDelay: true }, (client) => {
    const upstream = connect({ host, port, noDelay: true });
    passOn(client, upstream);
    passOn(upstream, client);
});
server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    parentPort?.postMessage(typeof address === 'object' && address !== null ? address.port : 0);
});
