import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Bytes of young objects and buffers between two collections. */
const EVERY_BYTES = 2_097_152;
/** Of fewer bytes of objects little is alive when the engine collects: forced collections of 2 MB values made waits three times as long. */
const FROM_BYTES = 16_777_216;
/** The same from the other side, by V8's version: what later engines collect of more bytes takes them longer in small pieces. */
const MOST_BYTES = [
  { beforeV8: 13, bytes: Number.POSITIVE_INFINITY },
  { beforeV8: 14, bytes: 33_554_432 },
] as const;

type Collect = (options: { readonly type: 'minor' }) => void;

/**
 * Collects the engine's young generation while a large value is moved, a little at a time.
 *
 * Of a value that is decoded, all objects of the value are young and none of them is garbage, so that the collector copies each;
 * left alone it waits until 16 MB have come together (up to 64 MB from Node 24 on), and then holds the event loop for 5 to 15 ms,
 * which no slice can cut. Collected every few megabytes it takes 1 to 2 ms. Which of both is better depends on size and engine
 * (docs/offload.md). Of one that is streamed, or received by a worker, all buffers are garbage as soon as they have been passed on,
 * and the engine lets 32 MB of them come together in each thread.
 */
export class YoungCollection {
  readonly #mostBytes: number;
  #bytes = 0;
  #count = 0;
  #collect: Collect | undefined;

  /** @param v8 the version of the engine */
  constructor(v8: string) {
    const major = Number.parseInt(v8, 10);
    this.#mostBytes = MOST_BYTES.find(({ beforeV8 }) => major < beforeV8)?.bytes ?? 0;
  }

  /** How often it has collected. */
  get count(): number {
    return this.#count;
  }

  /** Whether a value of so many bytes of objects is worth it. */
  suits(objectBytes: number): boolean {
    return objectBytes >= FROM_BYTES && objectBytes <= this.#mostBytes;
  }

  /** Whether enough was decoded since the last time. */
  get isDue(): boolean {
    return this.#bytes >= EVERY_BYTES;
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

  collect(): void {
    this.#bytes = 0;
    this.#count++;
    this.#collect ??= exposed();
    this.#collect({ type: 'minor' });
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
export const youngCollection = new YoungCollection(process.versions.v8);
