import { type Marking, marking } from './marking.js';
import type { Changed, Missing, Payload } from './tasks.js';
import { type YoungCollection, youngCollection } from './young-collection.js';

/** Bytes that are given to callers between two collections: V8 begins to mark when a small heap has grown by 8 MB, buffers included. */
const LEAST_BYTES = 2_097_152;
/** With more that nobody needs, V8 12 (Node 22) and later begin to mark for the collection itself. */
const MOST_BYTES = Number.parseInt(process.versions.v8, 10) < 12 ? Number.POSITIVE_INFINITY : 5_242_880;
/** How often in a row it may be in vain. */
const TRIES = 3;
/** How many times it is then left out. */
const REST = 128;
/** After so many it is seen whether there is a need for it still. */
const TERM = 32;

type Collector = Pick<YoungCollection, 'begin' | 'isHeldUp' | 'turn' | 'collect'>;

/**
 * Collects the young generation before large bytes are received, so that what callers were given before and have done with is free by then.
 * Bytes that come from a worker are for the engine growth of the heap, but never a reason to collect the young generation, as bytes that are
 * made in the thread are: so full collections follow each other. 4 MB by bytes() took main 4 to 6 ms of CPU on Node 24 with a heap of
 * 60 MB, and 1.4 so (docs/offload.md).
 *
 * Only where there are full collections, and as long as it prevents them.
 */
export class HandedOver {
  readonly #collector: Collector;
  readonly #marking: Pick<Marking, 'begun'>;
  readonly #mostBytes: number;
  #bytes = 0;
  #seen = 0;
  #collects = false;
  /** Collections in a row that prevented a full one, and that did not. */
  #served = 0;
  #vain = 0;
  #rest = 0;

  constructor(collector: Collector, marking: Pick<Marking, 'begun'>, mostBytes = MOST_BYTES) {
    this.#collector = collector;
    this.#marking = marking;
    this.#mostBytes = mostBytes;
  }

  /** Reads a payload that the caller is given as it comes. */
  async receive(read: () => Promise<Payload | Missing | Changed>): Promise<Payload | Missing | Changed> {
    if (this.#isDue()) {
      // One in the midst of marking ends that in one piece.
      if (this.#collector.isHeldUp) await this.#collector.turn();
      this.#collector.collect();
    }
    const result = await read();
    if (result.kind === 'payload') {
      this.#bytes += result.payload.byteLength;
      this.#collector.begin();
    }
    return result;
  }

  #isDue(): boolean {
    const bytes = this.#bytes;
    if (bytes < LEAST_BYTES) return false;
    this.#bytes = 0;
    if (bytes > this.#mostBytes) return false;
    const { begun } = this.#marking;
    this.#learn(begun > this.#seen);
    this.#seen = begun;
    return this.#collects;
  }

  #learn(hasMarked: boolean): void {
    if (this.#rest > 0) {
      this.#rest--;
      return;
    }
    if (!this.#collects) {
      this.#collects = hasMarked;
      return;
    }
    this.#vain = hasMarked ? this.#vain + 1 : 0;
    this.#served = hasMarked ? 0 : this.#served + 1;
    if (this.#vain < TRIES && this.#served < TERM) return;
    if (this.#vain === TRIES) this.#rest = REST;
    this.#collects = false;
    this.#vain = 0;
    this.#served = 0;
  }
}

const handedOver = new HandedOver(youngCollection, marking);

/** As {@link HandedOver.receive} on the main thread, where a backend collects young garbage itself. */
export function receiveOnMain(
  collects: boolean,
  read: () => Promise<Payload | Missing | Changed>,
): Promise<Payload | Missing | Changed> {
  return collects ? handedOver.receive(read) : read();
}
