import { PerformanceObserver } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
/** Longer than the engine takes to hand over the record of a collection. */
const HAND_OVER_MS = 10;
/**
 * When this thread's garbage collector stopped the program. Steps of marking between the program's own are not
 * recorded by Node: what they take stays with the program.
 */
export class GarbageLog {
    #spans = [];
    #observer = new PerformanceObserver((list) => {
        for (const { startTime, duration } of list.getEntries()) {
            this.#spans.push({ startMs: startTime, endMs: startTime + duration });
        }
    });
    start() {
        this.#observer.observe({ entryTypes: ['gc'] });
    }
    /** Every collection since the start, in order. */
    async close() {
        await sleep(HAND_OVER_MS);
        this.#observer.disconnect();
        return this.#spans.sort((left, right) => left.startMs - right.startMs);
    }
}
