import { ownText } from '../codec/text.js';

/** What was last seen of a key's value. */
export interface KnownLarge {
  /** Bytes of its frame. */
  readonly bytes: number;
  /** Whether it is decoded from one piece. */
  readonly whole: boolean;
}

/** Keys that are remembered; with the longest ones that takes about 2 MB. */
const MOST_KEYS = 4096;
const LONGEST_KEY = 256;

/** Keys whose values were large when they were last seen, the latest of them. */
export class KnownLargeKeys {
  /** The latest are the last. */
  readonly #keys = new Map<string, KnownLarge>();

  get count(): number {
    return this.#keys.size;
  }

  find(key: string): KnownLarge | undefined {
    // Most processes have none: small values should not pay for a look.
    return this.#keys.size === 0 ? undefined : this.#keys.get(key);
  }

  add(key: string, known: KnownLarge): void {
    if (key.length > LONGEST_KEY) return;
    this.#keys.delete(key);
    this.#keys.set(ownText(key), known);
    if (this.#keys.size <= MOST_KEYS) return;
    for (const oldest of this.#keys.keys()) {
      this.#keys.delete(oldest);
      return;
    }
  }

  remove(key: string): void {
    if (this.#keys.size > 0) this.#keys.delete(key);
  }
}
