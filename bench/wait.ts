import { performance } from 'node:perf_hooks';

/** How long an event that arrives at a random moment waits for the event loop, in milliseconds. */
export interface Wait {
  /** Time-weighted mean: sum of gap²/2 over sum of gaps. */
  readonly meanMs: number;
  /** 99 % of the time passed in gaps no longer than this. */
  readonly p99Ms: number;
  /** The longest gap. */
  readonly maxMs: number;
}

// A histogram, because a list of gaps would grow by a million a second and its garbage would be measured too.
const BUCKETS_PER_DOUBLING = 32;
const SMALLEST_MS = 2 ** -14;
const BUCKETS = 30 * BUCKETS_PER_DOUBLING;

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
  #next: NodeJS.Immediate | undefined;

  start(): void {
    this.#last = performance.now();
    this.#next = setImmediate(this.#turn);
  }

  /** Ends the sampling. The gap that is open counts, so that a stall at the end is not lost. */
  stop(): Wait {
    clearImmediate(this.#next);
    this.#record(performance.now());
    const mean = this.#sum === 0 ? 0 : this.#sumOfSquares / 2 / this.#sum;
    return { meanMs: mean, p99Ms: this.#timeWeightedPercentile(0.99), maxMs: this.#max };
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
