import { keepShape } from '../kept-shapes.js';

/** Memory is taken in pieces of this size: few enough to hand over, small enough to be given back soon. */
const SLAB_BYTES = 1 << 20;

/** Most slabs that wait to be used again. */
const MOST_SPARES = 16;
/** Milliseconds after which they are let go, where none has been used or come back meanwhile. */
const KEPT_MS = 10_000;

const spares: ArrayBuffer[] = [];
let isInUse = false;
let isTimed = false;

/**
 * Takes slabs back whose bytes nobody reads any more. Fresh memory costs a page fault for each 4 KB of it, which is a good part of what
 * it takes to encode a large value: up to half on a virtual machine. Up to 16 MB wait so, for ten seconds.
 */
export function giveBack(buffers: Iterable<ArrayBuffer>): void {
  for (const buffer of buffers) {
    if (spares.length >= MOST_SPARES || buffer.byteLength !== SLAB_BYTES) continue;
    spares.push(buffer);
    isInUse = true;
  }
  if (spares.length > 0 && !isTimed) time();
}

function time(): void {
  isTimed = true;
  setTimeout(letGo, KEPT_MS).unref();
}

function letGo(): void {
  isTimed = false;
  if (isInUse) time();
  else spares.length = 0;
  isInUse = false;
}

/** Memory for several segments, all of which crosses to a worker at once; one that came back where there is one. */
export function takeSlab(): Buffer {
  const spare = spares.pop();
  if (spare === undefined) return Buffer.allocUnsafeSlow(SLAB_BYTES);
  isInUse = true;
  return Buffer.from(spare);
}

/** The memory of segments, one behind the other: each buffer that crosses to a worker costs main by itself. */
export class Slabs {
  readonly #slabs: Buffer[] = [];
  readonly #slabBytes: number;
  /** What is used of the last slab. */
  #used = 0;

  /** @param segmentBytes what a segment takes, about */
  constructor(segmentBytes: number) {
    this.#slabBytes = Math.min(SLAB_BYTES, segmentBytes * 16);
  }

  /** Memory for the next segment. */
  place(bytes: number): Buffer {
    const last = this.#slabs.at(-1);
    if (last !== undefined && last.length - this.#used >= bytes) {
      this.#used += bytes;
      return last.subarray(this.#used - bytes, this.#used);
    }
    this.#cut();
    const length = Math.max(bytes, this.#slabBytes);
    const slab = length === SLAB_BYTES ? takeSlab() : Buffer.allocUnsafeSlow(length);
    this.#slabs.push(slab);
    this.#used = bytes;
    return slab.subarray(0, bytes);
  }

  /** The memory that was given last is not used. */
  takeBack(bytes: number): void {
    this.#used -= bytes;
  }

  /** All slabs, each cut to what is used of it. */
  take(): Buffer[] {
    this.#cut();
    return this.#slabs;
  }

  #cut(): void {
    const last = this.#slabs.pop();
    if (last) this.#slabs.push(last.subarray(0, this.#used));
  }
}

keepShape(new Slabs(0));
