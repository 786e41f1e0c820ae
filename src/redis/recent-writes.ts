import { ownText } from '../codec/text.js';

/** Milliseconds after a write of this process during which its key is read from a master. */
export const OWN_WRITES_MS = 1_000;
/** Keys that are remembered. */
const MOST_KEYS = 10_000;

/** Keys that this process has written lately: replicas may not have them yet. */
export class RecentWrites {
  /** Until when, by `performance.now()`; the oldest first. */
  readonly #until = new Map<string, number>();
  #allUntil = Number.NEGATIVE_INFINITY;

  /** A write of the key has ended, whatever came of it. */
  note(key: string): void {
    // Behind the others.
    this.#until.delete(key);
    this.#until.set(ownText(key), performance.now() + OWN_WRITES_MS);
    if (this.#until.size > MOST_KEYS) this.#shorten();
  }

  /** Any key may have been written. */
  noteAll(): void {
    this.#until.clear();
    this.#allUntil = performance.now() + OWN_WRITES_MS;
  }

  has(key: string): boolean {
    const now = performance.now();
    if (now < this.#allUntil) return true;
    const until = this.#until.get(key);
    if (until === undefined) return false;
    if (now < until) return true;
    this.#until.delete(key);
    return false;
  }

  #shorten(): void {
    const now = performance.now();
    for (const [key, until] of this.#until) {
      if (until > now) break;
      this.#until.delete(key);
    }
    // More than can be remembered: for a while no key is read from a replica.
    if (this.#until.size > MOST_KEYS) this.noteAll();
  }
}
