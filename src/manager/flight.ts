import { displayKey, OffloopError } from '../errors.js';
import { AbortWatch } from '../redis/abort-watch.js';
import type { Maker } from '../redis/made-values.js';
import type { Factory, Policy } from './get-or-set-options.js';

/** The place of a key's flight. */
export interface Place {
  flight: Flight | undefined;
}

/** Signals of all callers: many wait for different values with the signal of one request. */
const watch = new AbortWatch();

/** Work on one key that several callers wait for, each for as long as he likes. What it does is up to the first of them. */
export class Flight {
  /** Where others find it while it is under way. */
  readonly place: Place;
  /** The full name of the key, by which its place is found. */
  readonly name: string;
  readonly key: string;
  readonly factory: Factory<unknown> | Maker;
  readonly policy: Policy;
  /** What it comes to. */
  landed: Promise<unknown> | undefined = undefined;
  /** Callers who wait for it, those who cannot leave included. */
  #waiting = 0;
  #onAbandoned: (() => void) | undefined;

  constructor(
    place: Place,
    { name, key, factory, policy }: Pick<Flight, 'name' | 'key' | 'factory' | 'policy'>,
  ) {
    this.place = place;
    this.name = name;
    this.key = key;
    this.factory = factory;
    this.policy = policy;
  }

  /** Has something done when all have left, which they may have. */
  whenAbandoned(work: () => void): void {
    if (this.#waiting === 0) work();
    else this.#onAbandoned = work;
  }

  /** Waits for it, until the signal fires: then it rejects with `ERR_ABORTED`, and the work goes on for the others. */
  join(landed: Promise<unknown>, signal: AbortSignal | undefined): Promise<unknown> {
    this.#waiting++;
    if (signal === undefined) return landed;
    return new Promise((resolve, reject) => {
      const caller = {
        abort: (reason: unknown): void => {
          reject(abortedWait(this.key, { cause: reason }));
          if (--this.#waiting === 0) this.#onAbandoned?.();
        },
      };
      watch.add(signal, caller);
      const stay = (): void => watch.remove(signal, caller);
      landed.then(
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
export function abortedWait(key: string, options?: ErrorOptions): OffloopError {
  const text = `getOrSet ${displayKey(key)}: aborted before the value was there`;
  return new OffloopError('ERR_ABORTED', text, undefined, options);
}
