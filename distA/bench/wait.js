import { performance } from 'node:perf_hooks';
import { GarbageLog } from './garbage-log.js';
import { openSchedstat } from './schedstat.js';
import { lengthOf, overlapWith } from './span.js';
// A histogram, because a list of gaps would grow by a million a second and its garbage would be measured too.
const BUCKETS_PER_DOUBLING = 32;
const SMALLEST_MS = 2 ** -14;
const BUCKETS = 30 * BUCKETS_PER_DOUBLING;
// Gaps that may be the longest after their garbage collection is taken off; shorter ones would be too many to keep.
const LONG_MS = 2;
/** The scheduler's account is read this often, so that what it says of a long gap is of little else. */
const ACCOUNT_MS = 0.5;
/**
 * Measures the gaps between turns of `setImmediate`. It keeps the main thread busy all the time: nothing that is
 * measured beside it can count CPU, so CPU and wait are taken in separate passes.
 */
export class WaitSampler {
    #timeInBucket = new Float64Array(BUCKETS);
    #sum = 0;
    #sumOfSquares = 0;
    #max = 0;
    #last = 0;
    #long = [];
    #schedstat = openSchedstat();
    #withoutCore = 0;
    #accountedAt = 0;
    #garbage = new GarbageLog();
    #next;
    start() {
        this.#garbage.start();
        this.#last = performance.now();
        this.#account(this.#last);
        this.#next = setImmediate(this.#turn);
    }
    /** Ends the sampling. The gap that is open counts, so that a stall at the end is not lost. */
    async stop() {
        clearImmediate(this.#next);
        this.#record(performance.now());
        this.#schedstat?.close();
        const collections = await this.#garbage.close();
        const own = (gap) => lengthOf(gap) - overlapWith(collections, gap);
        const mean = this.#sum === 0 ? 0 : this.#sumOfSquares / 2 / this.#sum;
        return {
            meanMs: mean,
            p99Ms: this.#timeWeightedPercentile(0.99),
            maxMs: this.#max,
            ownMaxMs: this.#longest(own),
            ranMaxMs: this.#longest((gap) => own(gap) - gap.withoutCoreMs),
            wallMs: this.#sum,
        };
    }
    #turn = () => {
        this.#record(performance.now());
        this.#next = setImmediate(this.#turn);
    };
    #record(now) {
        const gap = now - this.#last;
        this.#last = now;
        this.#sum += gap;
        this.#sumOfSquares += gap * gap;
        if (gap > this.#max)
            this.#max = gap;
        if (gap > LONG_MS) {
            this.#long.push({ startMs: now - gap, endMs: now, withoutCoreMs: this.#account(now) });
        }
        else if (now - this.#accountedAt > ACCOUNT_MS) {
            this.#account(now);
        }
        const bucket = Math.ceil(Math.log2(Math.max(gap, SMALLEST_MS) / SMALLEST_MS) * BUCKETS_PER_DOUBLING);
        const index = Math.min(bucket, BUCKETS - 1);
        this.#timeInBucket[index] = (this.#timeInBucket[index] ?? 0) + gap;
    }
    /** Time without a core since the last call. */
    #account(now) {
        const before = this.#withoutCore;
        this.#withoutCore = this.#schedstat?.waitedMs() ?? 0;
        this.#accountedAt = now;
        return this.#withoutCore - before;
    }
    /** Gaps that are too short to be kept have nothing taken off. */
    #longest(length) {
        return this.#long.reduce((most, gap) => Math.max(most, length(gap)), Math.min(this.#max, LONG_MS));
    }
    #timeWeightedPercentile(share) {
        let left = this.#sum * share;
        for (let index = 0; index < BUCKETS; index += 1) {
            left -= this.#timeInBucket[index] ?? 0;
            // A bucket's upper edge may lie above the longest gap in it.
            if (left <= 0)
                return Math.min(SMALLEST_MS * 2 ** (index / BUCKETS_PER_DOUBLING), this.#max);
        }
        return this.#max;
    }
}
