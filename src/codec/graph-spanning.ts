import { OPEN_KINDS, type OpenKind } from './graph-open.js';
import { fingerprint, progressOf } from './graph-outline.js';

/** How far a container is where a segment begins. */
export interface Mark {
  readonly segment: number;
  /** The element, field, character or byte that comes next, or in whose middle the segment begins. */
  readonly index: number;
  /** Whether the segment begins in the middle of the element at `index`. */
  readonly inside: boolean;
  /** Of a dictionary: the key of that element. */
  readonly key: string | undefined;
}

/** Fingerprints of neighbouring keys, at a place in the outline. */
interface Prints {
  readonly ordinal: number;
  readonly count: number;
  readonly at: number;
}

/** What an outline says of a container when it first names it. */
export interface SpanningContent {
  readonly kind: OpenKind;
  readonly level: number;
  readonly parent: SpanningContainer | undefined;
  readonly length: number;
  readonly names: readonly string[];
  readonly binary: number;
  readonly first: number;
}

/** A container that lies in several segments, as an outline describes it. */
export class SpanningContainer {
  readonly kind: OpenKind;
  /** How many containers it is in. */
  readonly level: number;
  readonly parent: SpanningContainer | undefined;
  /** Elements, fields, characters or bytes; of a map, keys and values are counted. */
  readonly length: number;
  /** The names of a record's fields. */
  readonly names: readonly string[];
  /** What binary data is: its place in `BINARY_KINDS`. */
  readonly binary: number;
  /** The segment that it begins in. */
  readonly first: number;
  #last: number | undefined;
  /** One for each segment that begins further in it than the segment before. */
  readonly #marks: Mark[] = [];
  readonly #prints: Prints[] = [];
  #printed = 0;

  constructor({ kind, level, parent, length, names, binary, first }: SpanningContent) {
    this.kind = kind;
    this.level = level;
    this.parent = parent;
    this.length = length;
    this.names = names;
    this.binary = binary;
    this.first = first;
  }

  /** The segment that it ends in. */
  get last(): number {
    return this.#last ?? this.first;
  }

  /** How far it is where a segment begins that is not its first. */
  markAt(segment: number): Mark | undefined {
    return this.#marks[this.#firstMark((mark) => mark.segment > segment) - 1];
  }

  /** The segment in which an element begins. */
  beginsIn(index: number): number {
    return this.#segmentBefore(progressOf(index, true));
  }

  /** The segment in which an element ends. */
  endsIn(index: number): number {
    return this.#segmentBefore(progressOf(index + 1, false));
  }

  /** The first mark in the middle of an element; undefined where the element lies in one segment. */
  insideOf(index: number): Mark | undefined {
    const mark = this.#markFrom(progressOf(index, true));
    return mark?.inside && mark.index === index ? mark : undefined;
  }

  /** Where in a dictionary a key may be; others have the same fingerprint. */
  *candidates(key: string, outline: Uint8Array): Generator<number> {
    const wanted = fingerprint(key);
    const low = wanted & 0xff;
    const high = wanted >> 8;
    for (const { ordinal, count, at } of this.#prints) {
      for (let index = 0; index < count; index++) {
        const place = at + 2 * index;
        if (outline[place] === low && outline[place + 1] === high) yield ordinal + index;
      }
    }
  }

  /** Notes how far it is. False where that cannot be. */
  advance(mark: Mark): boolean {
    const before = this.#marks.at(-1);
    const flat = this.kind === OPEN_KINDS.text || this.kind === OPEN_KINDS.bytes;
    if (mark.index >= this.length || (flat && mark.inside)) return false;
    if (before && progressOf(mark.index, mark.inside) <= progressOf(before.index, before.inside))
      return false;
    this.#marks.push(mark);
    return true;
  }

  /** Notes the fingerprints of the next keys. */
  print(count: number, at: number): void {
    this.#prints.push({ ordinal: this.#printed, count, at });
    this.#printed += count;
  }

  /** Notes the segment that it ends in. */
  end(last: number): void {
    this.#last = last;
  }

  /** Whether there are fingerprints of exactly the keys that have begun. */
  isPrinted(): boolean {
    if (this.kind !== OPEN_KINDS.dictionary) return true;
    const mark = this.#marks.at(-1);
    const begun = mark && this.#last === undefined ? mark.index + (mark.inside ? 1 : 0) : this.length;
    return this.#printed === begun;
  }

  #segmentBefore(progress: number): number {
    const mark = this.#markFrom(progress);
    return mark ? mark.segment - 1 : this.last;
  }

  /** The first mark that is as far as this or further. */
  #markFrom(progress: number): Mark | undefined {
    return this.#marks[this.#firstMark(({ index, inside }) => progressOf(index, inside) >= progress)];
  }

  /** The place of the first mark of which something is true that is true of all after it. */
  #firstMark(isTrue: (mark: Mark) => boolean): number {
    let low = 0;
    let high = this.#marks.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const mark = this.#marks[middle];
      if (mark === undefined || isTrue(mark)) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
