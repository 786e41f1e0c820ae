import { keepShape } from '../kept-shapes.js';
import type { Batches } from './columns-batches.js';

/** Containers that a segment can end in, by the number that an outline has for them. */
export const OPEN_KINDS = {
  array: 0,
  record: 1,
  dictionary: 2,
  map: 3,
  set: 4,
  text: 5,
  bytes: 6,
} as const;

/** Thrown where a value cannot be kept. The caller finds out which part it was: paths are not tracked on the way. */
export class Unencodable extends Error {}

export type OpenKind = (typeof OPEN_KINDS)[keyof typeof OPEN_KINDS];

/** A container that has been begun, and not ended, by the segments so far. */
export class OpenContainer {
  readonly kind: OpenKind;
  readonly source: unknown;
  /** Elements, fields, characters or bytes as they were when it was begun; of a map, keys and values are counted. */
  readonly length: number;
  /** The names of a record's or a dictionary's fields; none for others. */
  readonly keys: readonly string[];
  /** What comes next, or is in the middle of being written: then a container of it is open as well. */
  index = 0;
  /** What binary data is: its place in `BINARY_KINDS`. */
  binary = 0;
  /** What writes several of an array's elements together, where something does. */
  batches: Batches | undefined;
  /** Fields of a dictionary that the outline knows of. */
  outlined = 0;
  #rest: Iterator<unknown> | undefined;

  constructor(kind: OpenKind, source: unknown, length: number, keys: readonly string[] = []) {
    this.kind = kind;
    this.source = source;
    this.length = length;
    this.keys = keys;
  }

  static ofArray(items: readonly unknown[], batches: Batches | undefined): OpenContainer {
    const open = new OpenContainer(OPEN_KINDS.array, items, items.length);
    open.batches = batches;
    return open;
  }

  /** What is left of a map, key and value by turns, or of a set. Always the same iterator. */
  rest(): Iterator<unknown> {
    this.#rest ??=
      this.source instanceof Map ? flatEntries(this.source) : (this.source as Set<unknown>).values();
    return this.#rest;
  }
}

function* flatEntries(map: ReadonlyMap<unknown, unknown>): Generator<unknown> {
  for (const [key, value] of map) {
    yield key;
    yield value;
  }
}

keepShape(new OpenContainer(OPEN_KINDS.array, [], 0));
