import { ownText } from '../codec/text.js';
import type { Entry } from './entries.js';

/** Keys whose last failure is known: of more, the one that failed longest ago is called again. */
const MOST_PAUSES = 1_000;

/** A factory that failed to replace a value. */
interface Failure {
  /** When the value was made: of another one nothing has failed. */
  readonly createdAt: number | undefined;
  /** By the clock of `performance`. */
  readonly failedAt: number;
}

/** Keys whose factory has failed while a value was at hand, by their full names. */
export class Pauses {
  readonly #failures = new Map<string, Failure>();

  /** A factory failed that was to replace the value. */
  begin(name: string, stale: Entry): void {
    this.#failures.delete(name);
    this.#failures.set(ownText(name), { createdAt: stale.note?.createdAt, failedAt: performance.now() });
    const [oldest] = this.#failures.keys();
    if (oldest !== undefined && this.#failures.size > MOST_PAUSES) this.#failures.delete(oldest);
  }

  /** The next factory is called. */
  end(name: string): void {
    this.#failures.delete(name);
  }

  /** Whether the last failure to replace the value is less than so many ms ago. */
  holds(name: string, { note }: Entry, ms: number): boolean {
    const failure = this.#failures.get(name);
    if (failure === undefined || failure.createdAt !== note?.createdAt) return false;
    return performance.now() - failure.failedAt < ms;
  }
}
