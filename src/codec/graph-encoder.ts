import { OffloopError } from '../errors.js';
import { GRAPH_KEEPS } from './graph-keeps.js';
import { type OpenContainer, Unencodable } from './graph-open.js';
import { GraphOutline } from './graph-outline.js';
import { GraphWalk } from './graph-walk.js';
import { explainLoss } from './loss.js';
import { unreadable } from './loss-path.js';
import { NO_OUTLINE, type SegmentEncoder, type SegmentedPayload } from './segments.js';
import { Slabs } from './slabs.js';

/** From this size on an only segment gets memory of its own, which can be transferred; below, a piece of Node's pool. */
const OWN_MEMORY_BYTES = 32_768;

/** Encodes one value into segments. An instance serves one, so that a getter of the caller's may encode something itself. */
export class GraphEncoder implements SegmentEncoder {
  readonly #value: unknown;
  readonly #limit: number;
  readonly #walk: GraphWalk;
  /** The segment of a value that has one only, as most have. */
  #only: Buffer | undefined;
  #segments: Segments | undefined;
  #bytes = 0;

  /**
   * @param limit bytes that a segment is to have, about; `Infinity` for all in one
   * @param hasBatches whether records are stored by columns where that pays: the payload of `columns`
   */
  constructor(value: unknown, { limit, hasBatches }: { limit: number; hasBatches: boolean }) {
    this.#value = value;
    this.#limit = limit;
    this.#walk = new GraphWalk(limit, { hasBatches });
  }

  get bytes(): number {
    return this.#bytes;
  }

  next(): boolean {
    try {
      // Inside a value it is kept; as a whole it could not be told from a miss.
      if (this.#value === undefined) throw new Unencodable();
      return this.#segments ? this.#nextSegment(this.#segments) : this.#firstSegment();
    } catch (error) {
      if (error instanceof Unencodable) throw explainLoss(this.#value, GRAPH_KEEPS);
      if (error instanceof OffloopError) throw error;
      throw unreadable();
    }
  }

  whole(): Buffer {
    return this.#only ?? Buffer.alloc(0);
  }

  take(): SegmentedPayload {
    if (this.#segments) {
      const { slabs, lengths, outline } = this.#segments;
      return {
        slabs: slabs.take(),
        owned: true,
        lengths: Uint32Array.from(lengths),
        outline: outline.take(),
      };
    }
    const only = this.whole();
    return {
      // A short one lies in memory that others share.
      slabs: [only.length < OWN_MEMORY_BYTES ? new Uint8Array(only) : only],
      owned: true,
      lengths: Uint32Array.of(only.length),
      outline: NO_OUTLINE,
    };
  }

  #firstSegment(): boolean {
    const walk = this.#walk;
    walk.start(this.#value);
    if (!walk.suspended) {
      this.#only = walk.out.finish(placeOnly);
      this.#bytes = this.#only.length;
      return false;
    }
    const segments = { slabs: new Slabs(this.#limit), lengths: [], outline: new GraphOutline() };
    segments.outline.open([]);
    this.#segments = segments;
    return this.#finish(segments);
  }

  #nextSegment(segments: Segments): boolean {
    const walk = this.#walk;
    const stack: OpenContainer[] = walk.left.toReversed();
    segments.outline.open(stack);
    walk.resume(stack, segments.outline);
    return this.#finish(segments);
  }

  #finish({ slabs, lengths, outline }: Segments): boolean {
    const walk = this.#walk;
    const segment = walk.out.finish((bytes) => slabs.place(bytes));
    lengths.push(segment.length);
    this.#bytes += segment.length;
    outline.close(walk.left.toReversed());
    return walk.suspended;
  }
}

/** Of a value that has several. */
interface Segments {
  readonly slabs: Slabs;
  readonly lengths: number[];
  readonly outline: GraphOutline;
}

function placeOnly(bytes: number): Buffer {
  return bytes < OWN_MEMORY_BYTES ? Buffer.allocUnsafe(bytes) : Buffer.allocUnsafeSlow(bytes);
}
