/** Milliseconds that turns are left to others between two slices. */
const MOST_MS = 1;
/** After so many times in a row in which that was not enough, it is tried less often: once in so many times. */
const IN_VAIN = 4;
const TRIED_EACH = 32;

/**
 * Leaves turns of the event loop to short answers that are on their way, instead of to slices of long work. Each answer takes two turns, one
 * in which its command leaves and one in which it arrives, and would wait for a slice in both. An answer that takes longer than a
 * millisecond, from a server far away, gains nothing by it, and where one always is on its way slices must go on: after a few times
 * in vain it is tried now and then only.
 */
export class GivingWay {
  #sinceMs: number | undefined;
  #vain = 0;
  #passed = 0;

  /** Whether this turn is not for slices. To be asked once a turn. */
  decide(isAwaited: boolean, nowMs: number): boolean {
    if (!isAwaited) {
      if (this.#sinceMs !== undefined) this.#vain = 0;
      this.#sinceMs = undefined;
      return false;
    }
    if (this.#sinceMs === undefined) {
      if (this.#vain >= IN_VAIN && ++this.#passed % TRIED_EACH !== 0) return false;
      this.#sinceMs = nowMs;
    }
    if (nowMs - this.#sinceMs < MOST_MS) return true;
    this.#sinceMs = undefined;
    this.#vain++;
    return false;
  }
}
