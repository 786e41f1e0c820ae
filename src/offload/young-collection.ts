import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { type Marking, marking } from './marking.js';

/** Bytes of young objects between two collections: with twice as many an event waited half again as long, and the get took no less time. */
const OBJECT_BYTES = 1_048_576;
/** Bytes of buffers that were passed on between two collections. */
const PASSED_BYTES = 2_097_152;
/** Of fewer bytes of objects little is alive when the engine collects: forced collections of 2 MB values made waits three times as long. */
const FROM_BYTES = 16_777_216;
/** Bytes of objects that a byte of payload becomes, about: measured with dictionaries (5.4 and 7) and lists of records (4.4 and 6). */
const EXPANSION = 6;
/** The same of an item of a list or an object: texts and binary data are few items. */
const ITEM_BYTES = 128;

type Collect = (options: { readonly type: 'minor' }) => void;

/**
 * Collects the engine's young generation while a large value is moved, a little at a time.
 *
 * Of a value that is decoded, all objects of the value are young and none of them is garbage, so that the collector copies each;
 * left alone it waits until 16 MB have come together (up to 64 MB from Node 24 on), and then holds the event loop for 5 to 30 ms,
 * which no slice can cut. Collected after every megabyte it takes about one (docs/offload.md). Of one that is streamed, or received by a
 * worker, all buffers are garbage as soon as they have been passed on, and the engine lets 32 MB of them come together in each thread.
 */
export class YoungCollection {
  readonly #marking: Marking;
  /** Of the young generation behind the last collection. */
  #left = 0;
  #passed = 0;
  #count = 0;
  #collect: Collect | undefined;

  constructor(marking: Marking) {
    this.#marking = marking;
  }

  /** How often it has collected. */
  get count(): number {
    return this.#count;
  }

  /** Follows a value of so many bytes of payload while it is decoded; undefined where it is too small for that. */
  follow(payloadBytes: number): YoungValue | undefined {
    if (payloadBytes * EXPANSION < FROM_BYTES) return undefined;
    this.begin();
    return new YoungValue(this, payloadBytes);
  }

  /** To be called before many bytes are passed on. */
  begin(): void {
    this.#marking.watch();
  }

  /** Bytes were passed on that nobody needs any more: collects where it is due. */
  passed(bytes: number): void {
    this.#passed += bytes;
    if (this.#passed >= PASSED_BYTES) this.collect();
  }

  /** Whether enough objects were made since the last time. */
  get isDue(): boolean {
    const used = youngBytes();
    // The engine has collected too.
    if (used < this.#left) this.#left = used;
    return used - this.#left >= OBJECT_BYTES;
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
    this.#passed = 0;
    this.#count++;
    this.#collect ??= exposed();
    this.#collect({ type: 'minor' });
    this.#left = youngBytes();
    return true;
  }
}

/** A value whose objects come into the young generation. */
export class YoungValue {
  readonly #collection: YoungCollection;
  readonly #payloadBytes: number;
  #decodedBytes = 0;
  #items = 0;

  constructor(collection: YoungCollection, payloadBytes: number) {
    this.#collection = collection;
    this.#payloadBytes = payloadBytes;
  }

  /** So many bytes of the payload were decoded, and so many items are known by now. */
  decoded(bytes: number, items: number): void {
    this.#decodedBytes += bytes;
    this.#items = items;
  }

  /** Whether it is time to collect. */
  get isDue(): boolean {
    return this.#isLarge && this.#collection.isDue;
  }

  /** Going by what has been decoded of it. */
  get #isLarge(): boolean {
    return ITEM_BYTES * this.#items * this.#payloadBytes > FROM_BYTES * this.#decodedBytes;
  }
}

/** What the young generation takes. Asking takes one or two microseconds. */
function youngBytes(): number {
  return getHeapSpaceStatistics().find(isYoung)?.space_used_size ?? 0;
}

function isYoung({ space_name }: { readonly space_name: string }): boolean {
  return space_name === 'new_space';
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
