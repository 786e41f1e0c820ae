/** Memory is taken in pieces of this size: few enough to hand over, small enough to be given back soon. */
const SLAB_BYTES = 1 << 20;

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
    const slab = Buffer.allocUnsafeSlow(Math.max(bytes, this.#slabBytes));
    this.#slabs.push(slab);
    this.#used = bytes;
    return slab.subarray(0, bytes);
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
