import { parentPort } from 'node:worker_threads';
import { clockMs } from './metronome-clock.js';
/** Sleeps on a cell that nobody wakes: unlike a timer, that ends within a tenth of a millisecond of its time. */
const cell = new Int32Array(new SharedArrayBuffer(4));
parentPort?.on('message', ({ perSecond, ms, fromMs }) => {
    const beats = Math.round((perSecond * ms) / 1000);
    for (let beat = 0; beat < beats; beat += 1) {
        const dueMs = (beat * 1000) / perSecond;
        const left = fromMs + dueMs - clockMs();
        if (left > 0)
            Atomics.wait(cell, 0, 0, left);
        parentPort?.postMessage(dueMs);
    }
    parentPort?.postMessage('ended');
});
parentPort?.postMessage('ready');
