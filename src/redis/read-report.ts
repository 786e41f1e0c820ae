import { OffloopError } from '../errors.js';
import { claimedBytes, type FrameHeader } from '../frame/frame.js';
import type { ReadPlan } from '../offload/plan.js';
import type { Counters } from '../stats.js';
import type { Found } from './large-reader.js';
import type { ValueSettings } from './value-settings.js';

/** What makes a stored value unreadable, as opposed to unreachable. */
export const UNREADABLE: readonly string[] = [
  'ERR_CORRUPT',
  'ERR_LIMIT',
  'ERR_INTEGRITY',
  'ERR_KEY_ID',
  'ERR_CODEC',
  'ERR_COMPRESSION',
  'ERR_MISSING_PACKAGE',
];

/** What comes of reads: counts them, and tells of what could not be read. */
export class ReadReport {
  readonly #settings: Pick<ValueSettings, 'maxValueBytes' | 'onCorrupt'>;
  readonly #counters: Counters;
  readonly #onUnreadable: (key: string, error: OffloopError) => void;

  constructor(
    settings: Pick<ValueSettings, 'maxValueBytes' | 'onCorrupt'>,
    counters: Counters,
    onUnreadable: (key: string, error: OffloopError) => void,
  ) {
    this.#settings = settings;
    this.#counters = counters;
    this.#onUnreadable = onUnreadable;
  }

  missed(): undefined {
    this.#counters.misses++;
  }

  /** A call that asked for a value has found it. */
  hit(): void {
    this.#counters.hits++;
  }

  /** Something was read of a value; the answer is the value. */
  read(plan: ReadPlan, { value, storedBytes }: Found): unknown {
    this.#counters.reads[plan]++;
    this.#counters.bytesRead += storedBytes;
    return value;
  }

  /** What could not be read is a miss where that was asked for; anything else is thrown again. */
  unreadable(key: string, error: unknown): undefined {
    if (!this.#isUnreadable(key, error) || this.#settings.onCorrupt === 'throw') throw error;
    return this.missed();
  }

  /** As {@link unreadable}, of a value that is known to be there: it cannot be a miss any more. */
  unreadablePart(key: string, error: unknown): never {
    this.#isUnreadable(key, error);
    throw error;
  }

  /** Throws `ERR_VALUE_TOO_LARGE` where a frame claims more than may be. */
  checkSize(header: FrameHeader): void {
    const { maxValueBytes } = this.#settings;
    const bytes = claimedBytes(header);
    if (bytes <= maxValueBytes) return;
    throw new OffloopError(
      'ERR_VALUE_TOO_LARGE',
      `the stored value takes ${bytes} bytes, over the limit of ${maxValueBytes} (maxValueBytes)`,
    );
  }

  #isUnreadable(key: string, error: unknown): boolean {
    if (!(error instanceof OffloopError) || !UNREADABLE.includes(error.code)) return false;
    this.#counters.corrupt++;
    this.#onUnreadable(key, error);
    return true;
  }
}
