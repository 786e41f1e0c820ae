import { OffloopError } from '../errors.js';
import { GRAPH_KEEPS } from './graph-keeps.js';
import { type OpenContainer, Unencodable } from './graph-open.js';
import { GraphOutline } from './graph-outline.js';
import { GraphWalk } from './graph-walk.js';
import { explainLoss } from './loss.js';
import type { SegmentEncoder, SegmentedPayload } from './segments.js';
import { Slabs } from './slabs.js';

/** From this size on a first segment gets memory of its own, which can be transferred; below, a piece of Node's pool. */
const OWN_MEMORY_BYTES = 32_768;

/** Encodes one value into segments. An instance serves one, so that a getter of the caller's may encode something itself. */
export class GraphEncoder implements SegmentEncoder {
  readonly #value: unknown;
  readonly #limit: number;
  readonly #walk: GraphWalk;
  /** Most values are no longer than this; what follows is made for the others alone. */
  #first: Buffer | undefined;
  #rest: { readonly slabs: Slabs; readonly lengths: number[]; readonly outline: GraphOutline } | undefined;
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
      return this.#first ? this.#nextSegment() : this.#firstSegment();
    } catch (error) {
      if (error instanceof Unencodable) throw explainLoss(this.#value, GRAPH_KEEPS);
      if (error instanceof OffloopError) throw error;
      throw new OffloopError('ERR_VALUE', 'value cannot be read: an accessor or an iterator of it threw');
    }
  }

  whole(): Buffer {
    return this.#first ?? Buffer.alloc(0);
  }

  take(): SegmentedPayload {
    const first = this.whole();
    const { slabs, lengths, outline } = this.#rest ?? {};
    return {
      // A short one lies in memory that others share.
      slabs: [first.length < OWN_MEMORY_BYTES ? new Uint8Array(first) : first, ...(slabs?.take() ?? [])],
      owned: true,
      lengths: Uint32Array.from([first.length, ...(lengths ?? [])]),
      outline: outline?.take() ?? new Uint8Array(),
    };
  }

  #firstSegment(): boolean {
    const walk = this.#walk;
    walk.start(this.#value);
    this.#first = walk.out.finish(placeFirst);
    this.#bytes = this.#first.length;
    if (!walk.suspended) return false;
    const outline = new GraphOutline();
    outline.open([]);
    outline.close(walk.left.toReversed());
    this.#rest = { slabs: new Slabs(this.#limit), lengths: [], outline };
    return true;
  }

  #nextSegment(): boolean {
    const walk = this.#walk;
    const rest = this.#rest;
    if (!rest) return false;
    const stack: OpenContainer[] = walk.left.toReversed();
    rest.outline.open(stack);
    walk.resume(stack, rest.outline);
    const segment = walk.out.finish((bytes) => rest.slabs.place(bytes));
    rest.lengths.push(segment.length);
    this.#bytes += segment.length;
    rest.outline.close(walk.left.toReversed());
    return walk.suspended;
  }
}

function placeFirst(bytes: number): Buffer {
  return bytes < OWN_MEMORY_BYTES ? Buffer.allocUnsafe(bytes) : Buffer.allocUnsafeSlow(bytes);
}
