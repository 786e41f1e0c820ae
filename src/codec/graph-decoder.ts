import { Allowance } from './allowance.js';
import { ColumnCursor } from './columns-cursor.js';
import { BATCH_TAG, COLUMNS_LAYOUTS, NUMBERS_TAG, TUPLES_TAG } from './columns-format.js';
import type { BatchMemo } from './columns-memo.js';
import type { LongBytes } from './graph-binary.js';
import { corrupt, Undecodable } from './graph-cursor.js';
import { INLINE_LIMIT, LAYOUTS, LIKE, TAG } from './graph-format.js';
import { OPEN_KINDS, type OpenKind } from './graph-open.js';
import { OpenPart, PENDING, type SegmentsGiven } from './graph-parts.js';
import { defineOwn, type RecordReader, readerOf } from './graph-readers.js';
import { DEFAULT_LIMITS } from './limits.js';
import type { SegmentDecoder } from './segments.js';
import { type Allocation, allocationFor, arrayFor } from './young-values.js';

const NOTHING = Object.freeze({});

/**
 * Reads one value, from one segment or from several. Every length is held against what is left, so that a short
 * payload cannot ask for much memory. Where a segment ends, the calls that are open return one after another, each
 * leaving an {@link OpenPart}, from which the next segment goes on.
 */
export class GraphDecoder extends ColumnCursor implements SegmentDecoder {
  protected allocation: Allocation;
  protected readonly memo: BatchMemo | undefined;
  readonly #hasBatches: boolean;
  #shapes: RecordReader[] = [];
  /** Whether the segment ended before the value did. */
  #suspended = false;
  /** What the segment leaves open, the innermost first. */
  #left: OpenPart[];
  #value: unknown = PENDING;
  /** Bytes of the segments that will be read: what is longer cannot be all in them, and gets no memory for all. */
  readonly #room: number;

  /** @param budget bytes of all segments */
  constructor(
    budget: number,
    { hasBatches, open = [], room = budget, limits = DEFAULT_LIMITS, memo }: SegmentsGiven,
  ) {
    super(hasBatches ? COLUMNS_LAYOUTS : LAYOUTS, { allowance: new Allowance(limits), budget });
    this.allocation = allocationFor(budget);
    this.memo = memo;
    this.#hasBatches = hasBatches;
    this.#room = room;
    this.#left = open.toReversed();
  }

  next(segment: Uint8Array): void {
    try {
      this.#read(segment);
    } catch (error) {
      throw corrupt(error);
    }
  }

  #read(segment: Uint8Array): void {
    this.openSegment(segment);
    this.#shapes = [];
    if (this.#left.length > 0) {
      const stack = this.#left.reverse();
      this.#left = [];
      this.#suspended = false;
      this.#value = this.#resume(stack, 0);
    } else if (this.#value === PENDING) {
      this.allocation = allocationFor(this.#room, segment.length);
      this.#value = this.value();
    } else throw new Undecodable();
    this.allowance.depth = 0;
    this.closeSegment();
  }

  get items(): number {
    return this.allowance.itemCount;
  }

  /** What is open behind the last segment, the outermost first. */
  get open(): readonly OpenPart[] {
    return this.#left.toReversed();
  }

  /** The value. Throws where it is not complete. */
  end(): unknown {
    if (this.#suspended || this.#value === PENDING || this.#value === undefined)
      throw corrupt(new Undecodable());
    this.memo?.complete();
    return this.#value;
  }

  #resume(stack: readonly OpenPart[], level: number): unknown {
    const part = stack[level];
    if (part === undefined) throw new Undecodable();
    if (level + 1 < stack.length) {
      const inner = this.#resume(stack, level + 1);
      if (inner === PENDING) {
        this.#left.push(part);
        return PENDING;
      }
      part.put(inner);
    }
    this.allowance.depth = level + 1;
    return this.#fill(part);
  }

  /** Goes on with a part: its value, or {@link PENDING} where the segment ends before it is complete. */
  #fill(part: OpenPart): unknown {
    const { kind, target, length } = part;
    if (kind === OPEN_KINDS.text) return this.#pieces(part);
    if (kind === OPEN_KINDS.bytes) return this.#chunks(part);
    if (kind === OPEN_KINDS.array) return this.#elements(target as unknown[], part.index, length, part);
    while (part.index < length) {
      if (this.position === this.limit) return this.#leave(part);
      if (kind === OPEN_KINDS.dictionary) part.key = this.string();
      const value = this.value();
      if (value === PENDING) return this.#leave(part);
      part.put(value);
    }
    return target;
  }

  #leave(part: OpenPart): typeof PENDING {
    this.#suspended = true;
    this.#left.push(part);
    return PENDING;
  }

  /** The next value. */
  value(): unknown {
    const tag = this.bytes[this.position++];
    if (tag === undefined) {
      this.position = this.limit;
      this.#suspended = true;
      return PENDING;
    }
    if (tag < INLINE_LIMIT) return this.piece(tag);
    if (tag < TAG.null) return tag - TAG.smallInteger;
    if (tag >= TAG.smallRecord) return this.#record(tag - TAG.smallRecord);
    return tag < TAG.array || tag === TAG.binary ? this.scalar(tag) : this.#container(tag);
  }

  #container(tag: number): unknown {
    if (tag === TAG.record) return this.#record(this.count());
    if (tag === TAG.shape) {
      this.#define();
      return this.#record(this.#shapes.length - 1);
    }
    if (tag === TAG.text) return this.#begin(OPEN_KINDS.text, NOTHING, this.characters());
    if (tag === TAG.bytes) return this.#begin(OPEN_KINDS.bytes, ...this.#memory());
    this.allowance.enter();
    const value = this.#items(tag);
    this.allowance.depth--;
    return value;
  }

  #items(tag: number): unknown {
    switch (tag) {
      case TAG.array:
        return this.#array();
      case TAG.dictionary:
        return this.#dictionary();
      case TAG.map:
        return this.#begin(OPEN_KINDS.map, new Map(), 2 * this.counted(2));
      case TAG.set:
        return this.#begin(OPEN_KINDS.set, new Set(), this.counted(1));
      default:
        throw new Undecodable();
    }
  }

  #begin(kind: OpenKind, target: object, length: number): unknown {
    return this.#fill(new OpenPart({ kind, target, length, index: 0 }));
  }

  #record(id: number): unknown {
    const reader = this.#shapes[id];
    if (reader === undefined) throw new Undecodable();
    this.allowance.enter();
    this.allowance.items(reader.keys.length);
    const value = reader.read(this);
    this.allowance.depth--;
    return this.#suspended ? this.#leaveRecord(value, reader.keys) : value;
  }

  /** The fields that are not complete are the last ones, and hold {@link PENDING}. */
  #leaveRecord(target: object, names: readonly string[]): typeof PENDING {
    const index = names.findIndex((name) => (target as Record<string, unknown>)[name] === PENDING);
    return this.#leave(new OpenPart({ kind: OPEN_KINDS.record, target, names, length: names.length, index }));
  }

  #define(): void {
    const reader = readerOf(this.string(), this.allocation);
    if (reader === undefined) throw new Undecodable();
    this.#shapes.push(reader);
  }

  #array(): unknown {
    const length = this.counted(1);
    if (length === 2 && this.allocation === 'learned') return this.#pair();
    // Of exactly this length: an array that grows would take room for 17 elements at once.
    const known = length <= this.#room ? length : 0;
    const items = arrayFor(this.allocation, known, this.#like());
    return this.#elements(items, 0, length, undefined);
  }

  /**
   * A list of two, such as a point, as a literal: the engine learns where those end, and of a million it copied each twice else (of 8 MB
   * of borders: 40 ms instead of 125 at best in Node 24, a tenth less in Node 20).
   */
  #pair(): unknown {
    const first = this.value();
    const second = first === PENDING ? PENDING : this.value();
    if (second !== PENDING) return [first, second];
    const target = first === PENDING ? [] : [first];
    return this.#leave(new OpenPart({ kind: OPEN_KINDS.array, target, length: 2, index: target.length }));
  }

  /** Something like the element that comes next, as far as a list has a kind for it. */
  #like(): unknown {
    const tag = this.bytes[this.position] ?? 0;
    return this.#hasBatches && tag === NUMBERS_TAG ? this.numbersLike() : LIKE[tag];
  }

  #elements(items: unknown[], from: number, length: number, part: OpenPart | undefined): unknown {
    const base = part?.base ?? 0;
    for (let index = from; index < length; index++) {
      if (this.#hasBatches) {
        const tag = this.bytes[this.position];
        if (tag === BATCH_TAG || tag === NUMBERS_TAG || tag === TUPLES_TAG) {
          this.position++;
          index += this.#several(tag, items, index - base, length - index) - 1;
          continue;
        }
      }
      const value = this.value();
      if (value === PENDING) {
        if (part === undefined) {
          return this.#leave(new OpenPart({ kind: OPEN_KINDS.array, target: items, length, index }));
        }
        part.index = index;
        return this.#leave(part);
      }
      items[index - base] = value;
    }
    return items;
  }

  /** Elements that are stored together. How many there are. */
  #several(tag: number, items: unknown[], at: number, most: number): number {
    if (tag === BATCH_TAG) return this.batch(items, at, most);
    return tag === NUMBERS_TAG ? this.numbers(items, at, most) : this.tuples(items, at, most);
  }

  #dictionary(): unknown {
    const length = this.counted(2);
    const object: Record<string, unknown> = {};
    for (let index = 0; index < length; index++) {
      const more = this.position !== this.limit;
      const key = more ? this.string() : undefined;
      const value = more ? this.value() : PENDING;
      if (value === PENDING) {
        return this.#leave(new OpenPart({ kind: OPEN_KINDS.dictionary, target: object, length, index, key }));
      }
      if (key === '__proto__') defineOwn(object, key, value);
      else object[key as string] = value;
    }
    return object;
  }

  #pieces(part: OpenPart): unknown {
    while (part.index < part.length) {
      if (this.position === this.limit) return this.#leave(part);
      if (this.bytes[this.position++] !== TAG.longString) throw new Undecodable();
      const piece = this.takeBundle();
      part.text += piece;
      part.index += piece.length;
    }
    if (part.index !== part.length || part.length === 0) throw new Undecodable();
    return part.text;
  }

  /** What long binary data is read into. */
  #memory(): [LongBytes, number] {
    const reviver = this.reviver();
    const length = this.announced(1);
    this.allowance.binary(length);
    if (length % reviver.elementBytes !== 0) throw new Undecodable();
    return [{ reviver, bytes: new Uint8Array(Math.min(length, this.#room)) }, length];
  }

  #chunks(part: OpenPart): unknown {
    const { reviver, bytes } = part.target as LongBytes;
    while (part.index < part.length) {
      if (this.position === this.limit) return this.#leave(part);
      const chunk = this.take(this.count());
      if (chunk.length === 0 || chunk.length > part.length - part.index) throw new Undecodable();
      bytes.set(chunk, part.index - part.base);
      part.index += chunk.length;
    }
    return reviver.from(bytes.buffer);
  }
}
