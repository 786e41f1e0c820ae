import { type OpenContainer, Unencodable } from './graph-open.js';
import { GraphWriter } from './graph-writer.js';
import { pieceEnd } from './text.js';

/** A segment that is over its limit by the first factor looks for another depth to end at; by the second, it ends. */
const LOOKS_ELSEWHERE = 2;
const ENDS_ANYWHERE = 3;

/** The segment that is being written: when it is full, and what it leaves open then. */
export class GraphSegment {
  out = new GraphWriter();
  /** Whether the segment ended before the value did. */
  suspended = false;
  /** What is open then, the innermost first. */
  left: OpenContainer[] = [];
  protected readonly limit: number;
  /** How many containers deep the walk is. */
  protected depth = 0;
  /** Where segments end: between elements of containers this deep or less. Grows where such places are too rare. */
  #cutDepth = 1;
  /** The least depth of a place passed over since this segment is full. */
  #passedDepth = Number.POSITIVE_INFINITY;

  /** @param limit bytes that a segment is to have, about */
  constructor(limit: number) {
    this.limit = limit;
  }

  protected beginSegment(): void {
    this.out = new GraphWriter();
    this.suspended = false;
    this.left = [];
    this.#passedDepth = Number.POSITIVE_INFINITY;
  }

  /** Leaves a container: at `index`, which is next, or is in the middle of being written. */
  protected leave(index: number, open: OpenContainer): void {
    this.suspended = true;
    open.index = index;
    this.left.push(open);
  }

  /** Whether the segment has reached its limit. */
  protected isOver(): boolean {
    return this.out.size >= this.limit;
  }

  /** Whether the segment has to end between two elements. Not at any: records are better not cut in the middle. */
  protected isFull(): boolean {
    const { size } = this.out;
    if (size < this.limit) return false;
    if (this.depth <= this.#cutDepth) return true;
    if (this.depth < this.#passedDepth) this.#passedDepth = this.depth;
    if (size >= LOOKS_ELSEWHERE * this.limit) this.#cutDepth = this.#passedDepth;
    return size >= ENDS_ANYWHERE * this.limit;
  }

  /** What is left of a long string, in pieces that are strings of their own; none ends within a surrogate pair. */
  protected pieces(open: OpenContainer): void {
    const text = open.source as string;
    while (open.index < open.length) {
      if (this.isOver()) {
        this.leave(open.index, open);
        return;
      }
      const end = pieceEnd(text, open.index, this.limit);
      this.out.longString(text.slice(open.index, end));
      open.index = end;
    }
  }

  /** What is left of binary data. */
  protected chunks(open: OpenContainer): void {
    const bytes = open.source as Uint8Array;
    while (open.index < open.length) {
      if (this.isOver()) {
        this.leave(open.index, open);
        return;
      }
      const chunk = bytes.subarray(open.index, Math.min(open.index + this.limit, open.length));
      // A resizable buffer was made smaller meanwhile.
      if (chunk.length === 0) throw new Unencodable();
      this.out.count(chunk.length);
      this.out.bytes(chunk);
      open.index += chunk.length;
    }
  }
}
