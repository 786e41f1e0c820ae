import { performance } from 'node:perf_hooks';
import { GarbageLog } from './garbage-log.js';
import { openSchedstat } from './schedstat.js';
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
  /**
   * That less the time without a core too, where the platform tells it. On a machine with fewer cores than busy threads
   * the longest gap is often one in which another thread ran. What was both counts twice: this is a lower bound.
   */
  readonly ranMaxMs: number;
  /** What was sampled. */
  readonly wallMs: number;
}

interface LongGap extends Span {
  readonly withoutCoreMs: number;
}

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
  readonly #timeInBucket = new Float64Array(BUCKETS);
  #sum = 0;
  #sumOfSquares = 0;
  #max = 0;
  #last = 0;
  readonly #long: LongGap[] = [];
  readonly #schedstat = openSchedstat();
  #withoutCore = 0;
  #accountedAt = 0;
  readonly #garbage = new GarbageLog();
  #next: NodeJS.Immediate | undefined;

  start(): void {
    this.#garbage.start();
    this.#last = performance.now();
    this.#account(this.#last);
    this.#next = setImmediate(this.#turn);
  }

  /** Ends the sampling. The gap that is open counts, so that a stall at the end is not lost. */
  async stop(): Promise<Wait> {
    clearImmediate(this.#next);
    this.#record(performance.now());
    this.#schedstat?.close();
    const collections = await this.#garbage.close();
    const own = (gap: LongGap) => lengthOf(gap) - overlapWith(collections, gap);
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
    if (gap > LONG_MS) {
      this.#long.push({ startMs: now - gap, endMs: now, withoutCoreMs: this.#account(now) });
    } else if (now - this.#accountedAt > ACCOUNT_MS) {
      this.#account(now);
    }
    const bucket = Math.ceil(Math.log2(Math.max(gap, SMALLEST_MS) / SMALLEST_MS) * BUCKETS_PER_DOUBLING);
    const index = Math.min(bucket, BUCKETS - 1);
    this.#timeInBucket[index] = (this.#timeInBucket[index] ?? 0) + gap;
  }

  /** Time without a core since the last call. */
  #account(now: number): number {
    const before = this.#withoutCore;
    this.#withoutCore = this.#schedstat?.waitedMs() ?? 0;
    this.#accountedAt = now;
    return this.#withoutCore - before;
  }

  /** Gaps that are too short to be kept have nothing taken off. */
  #longest(length: (gap: LongGap) => number): number {
    return this.#long.reduce((most, gap) => Math.max(most, length(gap)), Math.min(this.#max, LONG_MS));
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
