import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { type Marking, marking } from './marking.js';

/** Bytes of young objects and buffers between two collections. */
const EVERY_BYTES = 2_097_152;
/** Of fewer bytes of objects little is alive when the engine collects: forced collections of 2 MB values made waits three times as long. */
const FROM_BYTES = 16_777_216;

type Collect = (options: { readonly type: 'minor' }) => void;

/**
 * Collects the engine's young generation while a large value is moved, a little at a time.
 *
 * Of a value that is decoded, all objects of the value are young and none of them is garbage, so that the collector copies each;
 * left alone it waits until 16 MB have come together (up to 64 MB from Node 24 on), and then holds the event loop for 5 to 30 ms,
 * which no slice can cut. Collected every few megabytes it takes 1 to 2 ms (docs/offload.md). Of one that is streamed, or received by a worker, all buffers are garbage as soon as they have been passed on,
 * and the engine lets 32 MB of them come together in each thread.
 */
export class YoungCollection {
  readonly #marking: Marking;
  #bytes = 0;
  #count = 0;
  #collect: Collect | undefined;

  constructor(marking: Marking) {
    this.#marking = marking;
  }

  /** How often it has collected. */
  get count(): number {
    return this.#count;
  }

  /** Whether a value of so many bytes of objects is worth it. */
  suits(objectBytes: number): boolean {
    return objectBytes >= FROM_BYTES;
  }

  /** To be called before many bytes are decoded or passed on. */
  begin(): void {
    this.#marking.watch();
  }

  /** So many bytes of objects were decoded. */
  decoded(objectBytes: number): void {
    this.#bytes += objectBytes;
  }

  /** Bytes were passed on that nobody needs any more: collects where it is due. */
  passed(bytes: number): void {
    this.#bytes += bytes;
    if (this.isDue) this.collect();
  }

  /** Whether enough was decoded since the last time. */
  get isDue(): boolean {
    return this.#bytes >= EVERY_BYTES;
  }

  /** Whether it would cut short what the engine is about to finish: {@link turn} is worth waiting for. */
  get isHeldUp(): boolean {
    return this.#marking.isShort;
  }

  /** Resolves when nothing holds it up. */
  turn(): Promise<void> {
    return this.#marking.pause();
  }

  /** Whether it has collected: not while the engine marks, which it would end in one piece. */
  collect(): boolean {
    if (this.#marking.isUnderWay) return false;
    this.#bytes = 0;
    this.#count++;
    this.#collect ??= exposed();
    this.#collect({ type: 'minor' });
    return true;
  }
}

/** The engine's own function: it is found in a context that is made while the flag is set, and stays out of all others. */
function exposed(): Collect {
  try {
    setFlagsFromString('--expose-gc');
    const found: unknown = runInNewContext('gc');
    return typeof found === 'function' ? (found as Collect) : () => {};
  } catch {
    // An engine without it collects when it likes.
    return () => {};
  } finally {
    setFlagsFromString('--no-expose-gc');
  }
}

/** Of the whole thread, which has one young generation. */
export const youngCollection = new YoungCollection(marking);
