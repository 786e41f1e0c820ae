import { BINARY_KINDS, INLINE_SHAPES, TAG } from './graph-format.js';
import { matches, type Shape, shapeOf } from './graph-shapes.js';
import { GraphWriter } from './graph-writer.js';
import { MAX_DEPTH } from './keeps.js';

/** Thrown where a value cannot be kept. The caller finds out which part it was: paths are not tracked on the way. */
export class Unencodable extends Error {}

/** By prototype, not by name: a class of the caller's may have any name. */
const binaryKinds = new Map<unknown, number>(
  BINARY_KINDS.map((name, index) => [
    name === 'Buffer' ? Buffer.prototype : globalThis[name].prototype,
    index,
  ]),
);

/** Writes one value. An instance serves one call, so that a getter of the caller's may encode something itself. */
export class GraphEncoder {
  readonly #out = new GraphWriter();
  #depth = 0;
  #shapes = 0;
  /** Stands for this payload on the shapes that it knows; they outlive it, and must not hold on to its bytes. */
  readonly #token = {};

  /** The payload, which nobody else holds. */
  encode(value: unknown): Buffer {
    this.#value(value, undefined, 0);
    return this.#out.finish();
  }

  #value(value: unknown, parent: Shape | undefined, index: number): Shape | undefined {
    if (typeof value === 'string') this.#out.string(value);
    else if (typeof value === 'number') this.#out.number(value);
    else if (typeof value === 'object') {
      if (value === null) this.#out.tag(TAG.null);
      else return this.#object(value, parent, index);
    } else if (typeof value === 'boolean') this.#out.tag(value ? TAG.true : TAG.false);
    else if (value === undefined) this.#out.tag(TAG.undefined);
    else if (typeof value === 'bigint') {
      this.#out.tag(TAG.bigint);
      this.#out.string(value.toString(16));
    } else throw new Unencodable();
    return undefined;
  }

  #object(value: object, parent: Shape | undefined, index: number): Shape | undefined {
    if (++this.#depth > MAX_DEPTH) throw new Unencodable();
    let shape: Shape | undefined;
    if (isPlain(value)) {
      if (hasToJSON(value)) throw new Unencodable();
      shape = this.#plain(value, parent, index);
    } else if (Object.getPrototypeOf(value) === Array.prototype) {
      if (hasToJSON(value)) throw new Unencodable();
      this.#array(value as unknown[]);
    } else this.#exotic(value);
    this.#depth--;
    return shape;
  }

  #array(items: readonly unknown[]): void {
    const { length } = items;
    this.#out.tag(TAG.array);
    this.#out.count(length);
    let shape: Shape | undefined;
    for (let index = 0; index < length; index++) {
      const item = items[index];
      if (item === undefined && !(index in items)) throw new Unencodable();
      if (
        shape !== undefined &&
        typeof item === 'object' &&
        item !== null &&
        matches(shape, item) &&
        isPlain(item)
      ) {
        if (this.#depth >= MAX_DEPTH || hasToJSON(item)) throw new Unencodable();
        this.#record(shape, item);
      } else shape = this.#value(item, undefined, 0) ?? shape;
    }
  }

  #plain(value: object, parent: Shape | undefined, index: number): Shape | undefined {
    const guess = parent?.children[index];
    if (guess !== undefined && matches(guess, value)) {
      this.#record(guess, value);
      return guess;
    }
    const keys = Object.keys(value);
    const shape = shapeOf(keys);
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
    if (shape.owner !== this.#token) this.#define(shape);
    else if (shape.id < INLINE_SHAPES) this.#out.tag(TAG.smallRecord + shape.id);
    else {
      this.#out.tag(TAG.record);
      this.#out.count(shape.id);
    }
    // The engine reads a field in a `for…in` by its place, whatever the shape; a getter may still change the object.
    let index = 0;
    for (const key in value) {
      if (key !== keys[index]) throw new Unencodable();
      const field = (value as Record<string, unknown>)[key];
      if (typeof field === 'string') this.#out.string(field);
      else this.#value(field, shape, index);
      index++;
    }
    if (index !== keys.length) throw new Unencodable();
  }

  #define(shape: Shape): void {
    shape.owner = this.#token;
    shape.id = this.#shapes++;
    this.#out.tag(TAG.shape);
    this.#out.string(shape.name);
  }

  #dictionary(value: object, keys: readonly string[]): void {
    this.#out.tag(TAG.dictionary);
    this.#out.count(keys.length);
    let shape: Shape | undefined;
    for (const key of keys) {
      this.#out.string(key);
      const item = (value as Record<string, unknown>)[key];
      shape = this.#value(item, undefined, 0) ?? shape;
    }
  }

  #exotic(value: object): void {
    const prototype = Object.getPrototypeOf(value);
    if (value instanceof Date && prototype === Date.prototype) {
      this.#out.tag(TAG.date);
      this.#out.float64(value.getTime());
    } else if (value instanceof Map && prototype === Map.prototype) {
      this.#out.tag(TAG.map);
      this.#out.count(value.size);
      for (const [key, item] of value) {
        this.#value(key, undefined, 0);
        this.#value(item, undefined, 0);
      }
    } else if (value instanceof Set && prototype === Set.prototype) {
      this.#out.tag(TAG.set);
      this.#out.count(value.size);
      for (const item of value) this.#value(item, undefined, 0);
    } else this.#binary(value);
  }

  #binary(value: object): void {
    const kind = binaryKinds.get(Object.getPrototypeOf(value));
    if (kind === undefined) throw new Unencodable();
    let bytes: Uint8Array;
    if (ArrayBuffer.isView(value)) bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
    else if (value instanceof ArrayBuffer) bytes = new Uint8Array(value);
    else throw new Unencodable();
    this.#out.tag(TAG.binary);
    this.#out.tag(kind);
    this.#out.count(bytes.length);
    this.#out.bytes(bytes);
  }
}

function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** An object that asks to be stored as something else. */
function hasToJSON(value: object): boolean {
  return 'toJSON' in value && typeof value.toJSON === 'function';
}
