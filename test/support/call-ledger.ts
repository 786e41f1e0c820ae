import { OffloopError } from '../../dist/index.js';

/** How a call ended. */
export type Outcome<T> =
  | { readonly ok: true; readonly value: T; readonly ms: number }
  | { readonly ok: false; readonly code: string; readonly message: string; readonly ms: number };

/** Keeps the books of calls: what was started, how each ended, and after how long. */
export class CallLedger {
  #started = 0;
  #settled = 0;
  #rejected = 0;
  #untyped = 0;
  #thrown = 0;
  readonly codes: Record<string, number> = {};
  /** Whether it keeps how long each call took. A long run has no room for that. */
  keepsTimes = true;
  /** Milliseconds of those that were fulfilled. */
  readonly fulfilledMs: number[] = [];
  /** Milliseconds of those that were rejected. */
  readonly rejectedMs: number[] = [];

  get started(): number {
    return this.#started;
  }

  get unsettled(): number {
    return this.#started - this.#settled;
  }

  get rejected(): number {
    return this.#rejected;
  }

  /** Rejections with something else than an OffloopError. */
  get untyped(): number {
    return this.#untyped;
  }

  /** Calls that threw instead of rejecting. */
  get thrown(): number {
    return this.#thrown;
  }

  /** Makes a call. Resolves however it ends. */
  async run<T>(call: () => Promise<T>): Promise<Outcome<T>> {
    const began = performance.now();
    this.#started++;
    let promise: Promise<T>;
    try {
      promise = call();
    } catch (error) {
      this.#thrown++;
      promise = Promise.reject(error);
    }
    try {
      const value = await promise;
      const ms = performance.now() - began;
      if (this.keepsTimes) this.fulfilledMs.push(ms);
      return { ok: true, value, ms };
    } catch (error) {
      const ms = performance.now() - began;
      this.#rejected++;
      if (this.keepsTimes) this.rejectedMs.push(ms);
      const isOurs = error instanceof OffloopError;
      if (!isOurs) this.#untyped++;
      const code = isOurs ? error.code : 'not an OffloopError';
      this.codes[code] = (this.codes[code] ?? 0) + 1;
      return { ok: false, code, message: error instanceof Error ? error.message : String(error), ms };
    } finally {
      this.#settled++;
    }
  }
}

/** The number that a fraction of the numbers is not above; 0 of none. */
export function quantile(numbers: readonly number[], fraction: number): number {
  const sorted = Float64Array.from(numbers).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * fraction))] ?? 0;
}

/** The largest; 0 of none. Lists may be longer than a call takes arguments. */
export function largest(numbers: readonly number[]): number {
  return numbers.reduce((most, number) => Math.max(most, number), 0);
}
