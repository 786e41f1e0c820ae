import { bytesOf } from './graph-binary.js';
import { SHORT_STRING_CHARACTERS, TAG } from './graph-format.js';
import { OPEN_KINDS, OpenContainer, Unencodable } from './graph-open.js';
import { GraphWriter } from './graph-writer.js';
import { pieceEnd } from './text.js';

/** A segment that is over its limit by the first factor looks for another depth to end at; by the second, it ends. */
const LOOKS_ELSEWHERE = 2;
const ENDS_ANYWHERE = 3;
/** The part of its limit from which on a segment with a batch may end, between two elements. */
const FULL_WITH_BATCH = 15 / 16;

/** The segment that is being written: when it is full, and what it leaves open then. */
export class GraphSegment {
  out: GraphWriter;
  /** Whether the segment ended before the value did. */
  suspended = false;
  /** What is open then, the innermost first. */
  left: OpenContainer[] = [];
  /** Bytes that the segment is to have, about. */
  protected limit: number;
  /** Whether the segment has a batch: then it may end before its limit. */
  protected hasBatch = false;
  /** How many containers deep the walk is. */
  protected depth = 0;
  /** Where segments end: between elements of containers this deep or less. Grows where such places are too rare. */
  #cutDepth = 1;
  /** The least depth of a place passed over since this segment is full. */
  #passedDepth = Number.POSITIVE_INFINITY;

  readonly #layout: number;

  /**
   * @param limit bytes that a segment is to have, about
   * @param layout the first byte of each segment
   */
  constructor(limit: number, layout: number) {
    this.limit = limit;
    this.#layout = layout;
    this.out = new GraphWriter(layout);
  }

  protected beginSegment(): void {
    this.out = new GraphWriter(this.#layout);
    this.suspended = false;
    this.left = [];
    this.hasBatch = false;
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
    if (size < (this.hasBatch ? FULL_WITH_BATCH * this.limit : this.limit)) return false;
    if (this.depth <= this.#cutDepth) return true;
    if (this.depth < this.#passedDepth) this.#passedDepth = this.depth;
    if (size >= LOOKS_ELSEWHERE * this.limit) this.#cutDepth = this.#passedDepth;
    return size >= ENDS_ANYWHERE * this.limit;
  }

  /** A string of any length. */
  protected string(value: string): void {
    const { length } = value;
    if (length <= SHORT_STRING_CHARACTERS || length <= this.limit) this.out.string(value);
    else {
      this.out.tag(TAG.text);
      this.out.count(length);
      this.pieces(new OpenContainer(OPEN_KINDS.text, value, length));
    }
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

  /** Binary data of a kind; undefined: the value is not to be kept. */
  protected binary(value: object, kind: number | undefined): void {
    const bytes = kind === undefined ? undefined : bytesOf(value);
    if (kind === undefined || bytes === undefined) throw new Unencodable();
    const { length } = bytes;
    const whole = length <= this.limit;
    this.out.tag(whole ? TAG.binary : TAG.bytes);
    this.out.tag(kind);
    this.out.count(length);
    if (whole) this.out.bytes(bytes);
    else {
      const open = new OpenContainer(OPEN_KINDS.bytes, bytes, length);
      open.binary = kind;
      this.chunks(open);
    }
  }
}
