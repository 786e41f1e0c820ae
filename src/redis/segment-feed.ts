import { ROW_NUMBERS } from '../offload/segment-rows.js';
import type { FirstSegments, Payload } from '../offload/tasks.js';
import type { BulkLane } from './bulk-lane.js';
import type { Operation } from './operations.js';

/** Stored bytes of one request. Large enough that what a request costs main does not count, small enough for memory. */
const RANGE_BYTES = 1 << 20;
/** Requests under way at a time: while main decodes one, a worker gets the next. */
const AHEAD = 2;

/** Some segments of a value, one behind another. */
export type Segments = Pick<Payload, 'payload' | 'lengths'>;

/** Thrown where the value was replaced while its segments were read. */
export class ReplacedMeanwhile extends Error {}

/** The segments of a stored value in their order, got piece by piece, a little ahead of whoever takes them. */
export class SegmentFeed {
  readonly #bulk: BulkLane;
  readonly #operation: Operation;
  readonly #key: string;
  readonly #first: FirstSegments;
  readonly #ahead: Promise<Segments>[];
  #row = 0;
  #start: number;

  constructor(
    bulk: BulkLane,
    { operation, key, first }: { operation: Operation; key: string; first: FirstSegments },
  ) {
    this.#bulk = bulk;
    this.#operation = operation;
    this.#key = key;
    this.#first = first;
    this.#start = first.start;
    this.#ahead = [Promise.resolve(first)];
    this.#request();
  }

  /** The next segments; undefined behind the last. */
  async next(): Promise<Segments | undefined> {
    const next = this.#ahead.shift();
    if (!next) return undefined;
    const segments = await next;
    this.#request();
    return segments;
  }

  #request(): void {
    const { rows, compression } = this.#first;
    while (this.#ahead.length < AHEAD && this.#row < rows.length) {
      const from = this.#row;
      const start = this.#start;
      do {
        this.#start += rows[this.#row] ?? 0;
        this.#row += ROW_NUMBERS;
      } while (this.#row < rows.length && this.#start + (rows[this.#row] ?? 0) - start <= RANGE_BYTES);
      const range = { rows: rows.slice(from, this.#row), start, compression };
      const bytes = this.#start - start;
      const got = this.#bulk
        .fetchRange(this.#operation, { ...range, key: this.#key, bytes })
        .then((result) => {
          if (result.kind === 'payload') return result;
          throw new ReplacedMeanwhile();
        });
      // It may fail before its turn, which is where that is taken up.
      got.catch(() => {});
      this.#ahead.push(got);
    }
  }
}
