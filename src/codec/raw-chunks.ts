import { BUFFER, HEAD_BYTES, withHead } from './raw-kinds.js';
import { NO_OUTLINE, SEGMENT_BYTES, type SegmentedPayload } from './segments.js';
import { takeSlab } from './slabs.js';

/** Bytes that are copied at a time: into fresh memory they take half a millisecond. */
const STEP_BYTES = 1 << 18;

/** The raw payload of one Buffer whose bytes come in chunks of any size. Each byte is copied once. */
export class RawChunks {
  readonly #full: Buffer[] = [];
  #slab = withHead(BUFFER, SEGMENT_BYTES - HEAD_BYTES);
  #used = HEAD_BYTES;
  #bytes = HEAD_BYTES;

  /** Bytes so far, head included. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Copies what stands from `from` on in a chunk, as much as one step of it is. How far that came. */
  add(chunk: Uint8Array, from: number): number {
    if (from === chunk.length) return from;
    if (this.#used === this.#slab.length) {
      this.#full.push(this.#slab);
      this.#slab = takeSlab();
      this.#used = 0;
    }
    const room = Math.min(STEP_BYTES, this.#slab.length - this.#used);
    const piece = chunk.subarray(from, from + room);
    this.#slab.set(piece, this.#used);
    this.#used += piece.length;
    this.#bytes += piece.length;
    return from + piece.length;
  }

  /** All of it. Nobody else holds it. */
  take(): SegmentedPayload {
    const lengths = new Uint32Array(Math.ceil(this.#bytes / SEGMENT_BYTES)).fill(SEGMENT_BYTES);
    lengths[lengths.length - 1] = this.#bytes - SEGMENT_BYTES * (lengths.length - 1);
    const slabs = [...this.#full, this.#slab.subarray(0, this.#used)];
    return { slabs, owned: true, lengths, outline: NO_OUTLINE };
  }
}
