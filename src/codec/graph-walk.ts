import { Batches, LEAST_ROWS } from './columns-batches.js';
import { COLUMNS_LAYOUT, DEEPEST_BATCH } from './columns-format.js';
import { writeNumbers, writeTuples } from './columns-numbers.js';
import { binaryKindOf } from './graph-binary.js';
import { INLINE_SHAPES, LAYOUT, SHORT_STRING_CHARACTERS, TAG } from './graph-format.js';
import { OPEN_KINDS, OpenContainer, Unencodable } from './graph-open.js';
import { GraphSegment } from './graph-segment.js';
import { isPlain, matches, SegmentShapes, type Shape } from './graph-shapes.js';
import { MAX_DEPTH } from './keeps.js';

/** The dictionary of more keys is walked by their list: to begin a `for…in` would take as long as to make the list. */
const MANY_KEYS = 1_024;

/** Is told of the end of containers. */
export interface EndWatcher {
  ended(open: OpenContainer, level: number): void;
}

/**
 * Walks through one value and writes it. Where a segment is full, between two elements of a container, the calls that
 * are open return one after another, each leaving an {@link OpenContainer} from which the next segment goes on.
 */
export class GraphWalk extends GraphSegment {
  readonly #shapes = new SegmentShapes();
  readonly #hasBatches: boolean;

  /** @param limit bytes that a segment is to have, about */
  constructor(limit: number, { hasBatches }: { hasBatches: boolean }) {
    super(limit, hasBatches ? COLUMNS_LAYOUT : LAYOUT);
    this.#hasBatches = hasBatches;
  }

  /** Writes a value, or the first segment of it. */
  start(value: unknown): void {
    this.#any(value, undefined, 0);
  }

  /**
   * Writes the next segment, beginning where the stack, the outermost first, says. The watcher is told of each
   * container of the stack that has ended.
   */
  resume(stack: readonly OpenContainer[], watcher: EndWatcher): void {
    this.beginSegment();
    this.#shapes.forget();
    this.#resume(stack, 0, watcher);
  }

  #resume(stack: readonly OpenContainer[], level: number, watcher: EndWatcher): void {
    const open = stack[level];
    if (open === undefined) return;
    if (level + 1 < stack.length) {
      this.#resume(stack, level + 1, watcher);
      if (this.suspended) {
        this.left.push(open);
        return;
      }
      open.index++;
    }
    this.depth = level + 1;
    this.#goOn(open);
    if (!this.suspended) watcher.ended(open, level);
  }

  #goOn(open: OpenContainer): void {
    const { source, kind } = open;
    if (kind === OPEN_KINDS.array) {
      if ((source as unknown[]).length !== open.length) throw new Unencodable();
      this.#elements(source as unknown[], open);
    } else if (kind === OPEN_KINDS.text) this.pieces(open);
    else if (kind === OPEN_KINDS.bytes) this.chunks(open);
    else if (kind === OPEN_KINDS.map || kind === OPEN_KINDS.set) this.#entries(open);
    else this.#restOfFields(source as Record<string, unknown>, open);
  }

  #any(value: unknown, parent: Shape | undefined, index: number): Shape | undefined {
    if (typeof value === 'string') this.string(value);
    else if (typeof value === 'number') this.out.number(value);
    else if (typeof value === 'object') {
      if (value === null) this.out.tag(TAG.null);
      else return this.#object(value, parent, index);
    } else if (typeof value === 'boolean') this.out.tag(value ? TAG.true : TAG.false);
    else if (value === undefined) this.out.tag(TAG.undefined);
    else if (typeof value === 'bigint') {
      this.out.tag(TAG.bigint);
      this.out.string(value.toString(16));
    } else throw new Unencodable();
    return undefined;
  }

  #object(value: object, parent: Shape | undefined, index: number): Shape | undefined {
    if (++this.depth > MAX_DEPTH) throw new Unencodable();
    let shape: Shape | undefined;
    if (Array.isArray(value) && Object.getPrototypeOf(value) === Array.prototype) this.#array(value);
    // A `toJSON` of its own is a function, and refused like any other.
    else if (isPlain(value)) shape = this.#plain(value, parent, index);
    else this.#exotic(value);
    this.depth--;
    return shape;
  }

  #array(items: readonly unknown[]): void {
    if (this.out.fewNumbers(items)) return;
    this.out.tag(TAG.array);
    this.out.count(items.length);
    this.#elements(items, undefined);
  }

  #elements(items: readonly unknown[], open: OpenContainer | undefined): void {
    const { length } = items;
    let shape: Shape | undefined;
    let index = open?.index ?? 0;
    const mayBatch = this.#hasBatches && length - index >= LEAST_ROWS && this.depth <= DEEPEST_BATCH;
    const batches = mayBatch ? (open?.batches ?? new Batches(items, index)) : undefined;
    batches?.begin(index);
    for (; index < length; index++) {
      const full = this.isFull();
      if (!full) {
        const taken = this.#hasBatches ? this.#several(items, index, batches) : 0;
        if (taken > 0) {
          index += taken - 1;
          continue;
        }
        const item = items[index];
        if (item === undefined && !(index in items)) throw new Unencodable();
        shape = this.#item(item, shape);
      }
      if (full || this.suspended) {
        this.leave(index, open ?? OpenContainer.ofArray(items, batches));
        return;
      }
    }
  }

  /** An element of a list whose objects had this shape last. What it has. */
  #item(item: unknown, shape: Shape | undefined): Shape | undefined {
    const isSame =
      shape !== undefined &&
      typeof item === 'object' &&
      item !== null &&
      matches(shape, item) &&
      isPlain(item);
    if (!isSame) return this.#any(item, undefined, 0) ?? shape;
    if (++this.depth > MAX_DEPTH) throw new Unencodable();
    this.#record(shape, item);
    this.depth--;
    return shape;
  }

  /** Elements that are written together, and not one by one. How many; no segment ends among them. */
  #several(items: readonly unknown[], index: number, batches: Batches | undefined): number {
    const { limit, out } = this;
    const room = limit - out.size;
    if (typeof items[index] === 'number') return writeNumbers(items, index, room, out);
    if (Array.isArray(items[index]) && this.depth <= DEEPEST_BATCH)
      return writeTuples(items, index, room, out);
    if (batches === undefined) return 0;
    this.limit = Number.POSITIVE_INFINITY;
    const rows = batches.write(index, room, out, (values) => {
      let shape: Shape | undefined;
      for (const value of values) shape = this.#item(value, shape);
    });
    this.limit = limit;
    // It was to fill the segment. A small batch behind it would take as long to read as 50 rows more.
    if (rows > 0) this.hasBatch = true;
    return rows;
  }

  #plain(value: object, parent: Shape | undefined, index: number): Shape | undefined {
    const guess = parent?.children[index];
    if (guess !== undefined && matches(guess, value)) {
      this.#record(guess, value);
      return guess;
    }
    const keys = Object.keys(value);
    const shape = this.#shapes.of(keys);
    if (shape === undefined) {
      this.#dictionary(value, keys);
      return undefined;
    }
    if (parent) parent.children[index] = shape;
    this.#record(shape, value);
    return shape;
  }

  #record(shape: Shape, value: object): void {
    const { keys } = shape;
    if (this.#shapes.introduce(shape)) {
      this.out.tag(TAG.shape);
      this.out.string(shape.name);
    } else if (shape.id < INLINE_SHAPES) this.out.tag(TAG.smallRecord + shape.id);
    else {
      this.out.tag(TAG.record);
      this.out.count(shape.id);
    }
    // The engine reads a field in a `for…in` by its place, whatever the shape; a getter may still change the object.
    let index = 0;
    for (const key in value) {
      if (key !== keys[index]) throw new Unencodable();
      const field = (value as Record<string, unknown>)[key];
      if (typeof field === 'string' && field.length <= SHORT_STRING_CHARACTERS) this.out.string(field);
      else if (typeof field === 'number') this.out.number(field);
      else {
        const full = typeof field === 'object' && this.isFull();
        if (!full) this.#any(field, shape, index);
        if (full || this.suspended) {
          this.leave(index, new OpenContainer(OPEN_KINDS.record, value, keys.length, keys));
          return;
        }
      }
      index++;
    }
    if (index !== keys.length) throw new Unencodable();
  }

  #dictionary(value: object, keys: readonly string[]): void {
    this.out.tag(TAG.dictionary);
    this.out.count(keys.length);
    if (keys.length > MANY_KEYS) {
      const open = new OpenContainer(OPEN_KINDS.dictionary, value, keys.length, keys);
      this.#restOfFields(value as Record<string, unknown>, open);
      return;
    }
    let shape: Shape | undefined;
    let index = 0;
    // As in a record, and for the same reason.
    for (const key in value) {
      if (key !== keys[index]) throw new Unencodable();
      const full = this.isFull();
      if (!full) {
        this.out.string(key);
        shape = this.#any((value as Record<string, unknown>)[key], undefined, 0) ?? shape;
      }
      if (full || this.suspended) {
        this.leave(index, new OpenContainer(OPEN_KINDS.dictionary, value, keys.length, keys));
        return;
      }
      index++;
    }
    if (index !== keys.length) throw new Unencodable();
  }

  /** By name: a `for…in` cannot be taken up in the middle. */
  #restOfFields(value: Record<string, unknown>, open: OpenContainer): void {
    const { kind, length } = open;
    for (let index = open.index; index < length; index++) {
      const full = this.isFull();
      if (!full) {
        const key = open.keys?.[index] ?? '';
        if (!Object.hasOwn(value, key)) throw new Unencodable();
        if (kind === OPEN_KINDS.dictionary) this.out.string(key);
        this.#any(value[key], undefined, 0);
      }
      if (full || this.suspended) {
        this.leave(index, open);
        return;
      }
    }
  }

  #exotic(value: object): void {
    const prototype = Object.getPrototypeOf(value);
    if (value instanceof Date && prototype === Date.prototype) {
      this.out.tag(TAG.date);
      this.out.float64(value.getTime());
    } else if (value instanceof Map && prototype === Map.prototype) {
      this.out.tag(TAG.map);
      this.out.count(value.size);
      this.#entries(new OpenContainer(OPEN_KINDS.map, value, 2 * value.size));
    } else if (value instanceof Set && prototype === Set.prototype) {
      this.out.tag(TAG.set);
      this.out.count(value.size);
      this.#entries(new OpenContainer(OPEN_KINDS.set, value, value.size));
    } else this.binary(value, binaryKindOf(value));
  }

  /** What is left of a map, key and value by turns, or of a set. */
  #entries(open: OpenContainer): void {
    const rest = open.rest();
    for (let index = open.index; index < open.length; index++) {
      const full = this.isFull();
      if (!full) {
        const { done, value } = rest.next();
        // A getter changed it meanwhile.
        if (done) throw new Unencodable();
        this.#any(value, undefined, 0);
      }
      if (full || this.suspended) {
        this.leave(index, open);
        return;
      }
    }
    if (!rest.next().done) throw new Unencodable();
  }
}
