import { OffloopError } from '../errors.js';
import { keepShape } from '../kept-shapes.js';
import { type SlicedWork, slices } from './slices.js';

/** How much may be encoded at once. */
export interface EncodingLimits {
  /** Bytes of encoded values that have not been stored yet; a value that is under way takes it beyond that. */
  readonly maxBytes: number;
  /** Values that may wait to be encoded. */
  readonly maxQueue: number;
}

/** Values that share the slices of the event loop. With more of them each would only end later. */
const MAX_AT_ONCE = 8;

/** A value that is being encoded. */
export interface Encoding {
  /** Rejects as {@link Slices.run} does. Undefined where it was done at once. */
  readonly encoded: Promise<void> | undefined;
  /** Its bytes are stored, or nobody waits for it any more. Calling it again is harmless. */
  readonly leave: () => void;
}

/**
 * Has large values encoded a few at a time, in the order of their calls: of thousands at once that all advance together none would
 * be ready in its time, and all would hold memory.
 */
export class Encodings {
  readonly #limits: EncodingLimits;
  readonly #waiting = new Set<Place>();
  #active = 0;
  #bytes = 0;

  constructor(limits: EncodingLimits) {
    this.#limits = limits;
  }

  /** Encodes in slices when its turn comes, and holds `bytes()` from its end on. Throws `ERR_OVERLOADED` where too many wait. */
  run(work: SlicedWork, bytes: () => number): Encoding {
    const place = new Place(this);
    const leave = (): void => place.leave();
    if (this.#waiting.size === 0 && this.#hasRoom) {
      this.#begin(place);
      const rest = runOrLeave(work, leave);
      if (rest === undefined) leave();
      return { encoded: rest?.then(() => place.encoded(bytes())), leave };
    }
    const { maxQueue } = this.#limits;
    if (this.#waiting.size >= maxQueue) {
      const text = `${maxQueue} large values wait to be encoded (pool.maxQueue)`;
      throw new OffloopError('ERR_OVERLOADED', text, 'not-applied');
    }
    this.#waiting.add(place);
    const turn = new Promise<void>((resolve) => {
      place.begin = resolve;
    });
    return { encoded: turn.then(() => slices.run(work)).then(() => place.encoded(bytes())), leave };
  }

  #begin(place: Place): void {
    this.#active++;
    place.state = 'active';
    place.begin();
  }

  get #hasRoom(): boolean {
    return this.#active < MAX_AT_ONCE && this.#bytes < this.#limits.maxBytes;
  }

  /** For {@link Place} alone. */
  changed(place: Place, { active, bytes }: { readonly active: number; readonly bytes: number }): void {
    this.#waiting.delete(place);
    this.#active += active;
    this.#bytes += bytes;
    for (const first of this.#waiting) {
      if (!this.#hasRoom) return;
      this.#waiting.delete(first);
      this.#begin(first);
    }
  }
}

/** A step may throw at once. */
function runOrLeave(work: SlicedWork, leave: () => void): Promise<void> | undefined {
  try {
    return slices.run(work);
  } catch (error) {
    leave();
    throw error;
  }
}

class Place {
  state: 'waiting' | 'active' | 'encoded' | 'left' = 'waiting';
  /** Has whoever waits for its turn go on. */
  begin: () => void = () => {};
  readonly #all: Encodings;
  #bytes = 0;

  constructor(all: Encodings) {
    this.#all = all;
  }

  encoded(bytes: number): void {
    if (this.state !== 'active') return;
    this.state = 'encoded';
    this.#bytes = bytes;
    this.#all.changed(this, { active: -1, bytes });
  }

  leave(): void {
    const was = this.state;
    if (was === 'left') return;
    this.state = 'left';
    // Whoever waits for its turn finds that nobody wants it any more.
    this.begin();
    this.#all.changed(this, { active: was === 'active' ? -1 : 0, bytes: -this.#bytes });
  }
}

keepShape(new Place({} as Encodings));
