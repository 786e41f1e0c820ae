import { performance } from 'node:perf_hooks';
import { GarbageLog } from './garbage-log.js';
import { lengthOf, overlapWith, type Span } from './span.js';

/** How long an event that arrives at a random moment waits for the event loop, in milliseconds. */
export interface Wait {
  /** Time-weighted mean: sum of gap²/2 over sum of gaps. */
  readonly meanMs: number;
  /** 99 % of the time passed in gaps no longer than this. */
  readonly p99Ms: number;
  /** The longest gap. */
  readonly maxMs: number;
  /** The longest gap less what garbage collection took of it: no slice can cut that. */
  readonly ownMaxMs: number;
}

// A histogram, because a list of gaps would grow by a million a second and its garbage would be measured too.
const BUCKETS_PER_DOUBLING = 32;
const SMALLEST_MS = 2 ** -14;
const BUCKETS = 30 * BUCKETS_PER_DOUBLING;
// Gaps that may be the longest after their garbage collection is taken off; shorter ones would be too many to keep.
const LONG_MS = 2;

/**
 * Measures the gaps between turns of `setImmediate`. It keeps the main thread busy all the time: nothing that is
 * measured beside it can count CPU, so CPU and wait are taken in separate passes.
 */
export class WaitSampler {
  readonly #timeInBucket = new Float64Array(BUCKETS);
  #sum = 0;
  #sumOfSquares = 0;
  #max = 0;
  #last = 0;
  readonly #long: Span[] = [];
  readonly #garbage = new GarbageLog();
  #next: NodeJS.Immediate | undefined;

  start(): void {
    this.#garbage.start();
    this.#last = performance.now();
    this.#next = setImmediate(this.#turn);
  }

  /** Ends the sampling. The gap that is open counts, so that a stall at the end is not lost. */
  async stop(): Promise<Wait> {
    clearImmediate(this.#next);
    this.#record(performance.now());
    const collections = await this.#garbage.close();
    const mean = this.#sum === 0 ? 0 : this.#sumOfSquares / 2 / this.#sum;
    return {
      meanMs: mean,
      p99Ms: this.#timeWeightedPercentile(0.99),
      maxMs: this.#max,
      ownMaxMs: this.#long.reduce(
        (most, gap) => Math.max(most, lengthOf(gap) - overlapWith(collections, gap)),
        Math.min(this.#max, LONG_MS),
      ),
    };
  }

  readonly #turn = (): void => {
    this.#record(performance.now());
    this.#next = setImmediate(this.#turn);
  };

  #record(now: number): void {
    const gap = now - this.#last;
    this.#last = now;
    this.#sum += gap;
    this.#sumOfSquares += gap * gap;
    if (gap > this.#max) this.#max = gap;
    if (gap > LONG_MS) this.#long.push({ startMs: now - gap, endMs: now });
    const bucket = Math.ceil(Math.log2(Math.max(gap, SMALLEST_MS) / SMALLEST_MS) * BUCKETS_PER_DOUBLING);
    const index = Math.min(bucket, BUCKETS - 1);
    this.#timeInBucket[index] = (this.#timeInBucket[index] ?? 0) + gap;
  }

  #timeWeightedPercentile(share: number): number {
    let left = this.#sum * share;
    for (let index = 0; index < BUCKETS; index += 1) {
      left -= this.#timeInBucket[index] ?? 0;
      // A bucket's upper edge may lie above the longest gap in it.
      if (left <= 0) return Math.min(SMALLEST_MS * 2 ** (index / BUCKETS_PER_DOUBLING), this.#max);
    }
    return this.#max;
  }
}
