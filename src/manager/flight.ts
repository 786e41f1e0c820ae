import { displayKey, OffloopError } from '../errors.js';

/** Work that several callers wait for, each for as long as he likes. */
export class Flight {
  readonly #key: string;
  /** Callers who wait for it, those who cannot leave included. */
  #waiting = 0;
  #landed: Promise<unknown> = Promise.resolve();
  #onAbandoned: (() => void) | undefined;
  #state: 'flying' | 'abandoned' = 'flying';

  constructor(key: string) {
    this.#key = key;
  }

  /** Whether everybody who waited has left. */
  get abandoned(): boolean {
    return this.#state === 'abandoned';
  }

  /** The work, which has begun. */
  begin(landed: Promise<unknown>): void {
    this.#landed = landed;
  }

  /** Has something done when all have left, which they may have. */
  whenAbandoned(work: () => void): void {
    if (this.abandoned) work();
    else this.#onAbandoned = work;
  }

  /** Waits for it, until the signal fires: then it rejects with `ERR_ABORTED`, and the work goes on for the others. */
  join(signal: AbortSignal | undefined): Promise<unknown> {
    this.#waiting++;
    if (signal === undefined) return this.#landed;
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        reject(abortedWait(this.#key));
        if (--this.#waiting > 0) return;
        this.#state = 'abandoned';
        this.#onAbandoned?.();
      };
      signal.addEventListener('abort', leave, { once: true });
      const stay = (): void => signal.removeEventListener('abort', leave);
      this.#landed.then(
        (value) => {
          stay();
          resolve(value);
        },
        (error) => {
          stay();
          reject(error);
        },
      );
    });
  }
}

/** Of a caller whose signal fired. */
export function abortedWait(key: string): OffloopError {
  return new OffloopError('ERR_ABORTED', `getOrSet ${displayKey(key)}: aborted before the value was there`);
}
