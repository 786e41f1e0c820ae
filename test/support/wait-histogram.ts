const EVERY_MS = 10;
/** Counts are kept by tenths of a millisecond, up to ten seconds. */
const STEPS_PER_MS = 10;
const MAX_MS = 10_000;

/** How long events wait for the event loop, looked at a hundred times a second, in memory that does not grow. */
export class WaitHistogram {
  readonly #counts = new Uint32Array(MAX_MS * STEPS_PER_MS + 1);
  #total = 0;
  #timer: NodeJS.Timeout | undefined;

  start(): void {
    let due = performance.now() + EVERY_MS;
    this.#timer = setInterval(() => {
      const now = performance.now();
      const step = Math.round(Math.min(Math.max(0, now - due), MAX_MS) * STEPS_PER_MS);
      this.#counts[step] = (this.#counts[step] ?? 0) + 1;
      this.#total++;
      due = now + EVERY_MS;
    }, EVERY_MS);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  forget(): void {
    this.#counts.fill(0);
    this.#total = 0;
  }

  /** Milliseconds that a fraction of the waits is not above. */
  quantile(fraction: number): number {
    let seen = 0;
    for (const [step, count] of this.#counts.entries()) {
      seen += count;
      if (seen >= this.#total * fraction) return step / STEPS_PER_MS;
    }
    return MAX_MS;
  }
}
