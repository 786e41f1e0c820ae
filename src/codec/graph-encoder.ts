import { BINARY_KINDS, INLINE_SHAPES, TAG } from './graph-format.js';
import { matches, type Shape, shapeOf } from './graph-shapes.js';
import { GraphWriter } from './graph-writer.js';
import { MAX_DEPTH } from './keeps.js';

/** Thrown where a value cannot be kept. The caller finds out which part it was: paths are not tracked on the way. */
export class Unencodable extends Error {}

/** So many unknown key sets make an encoder doubt that there are any known ones. */
const MANY_STRANGERS = 64;

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
  /** Objects whose key set was looked up, or would have been, and was unknown; and those whose set was known. */
  #strangers = 0;
  #acquaintances = 0;
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
    // A `toJSON` of its own is a function, and refused like any other.
    if (isPlain(value)) shape = this.#plain(value, parent, index);
    else if (Array.isArray(value) && Object.getPrototypeOf(value) === Array.prototype) this.#array(value);
    else this.#exotic(value);
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
        if (++this.#depth > MAX_DEPTH) throw new Unencodable();
        this.#record(shape, item);
        this.#depth--;
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
    const shape = this.#worthAsking() ? shapeOf(keys) : undefined;
    if (shape === undefined) {
      this.#strangers++;
      this.#dictionary(value, keys);
      return undefined;
    }
    this.#acquaintances++;
    if (parent) parent.children[index] = shape;
    this.#record(shape, value);
    return shape;
  }

  /** In a dictionary of dictionaries hardly a key set comes twice: then only one object in 16 is looked up. */
  #worthAsking(): boolean {
    const strangers = this.#strangers;
    return strangers < MANY_STRANGERS || strangers < 4 * this.#acquaintances || strangers % 16 === 0;
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
    let index = 0;
    // As in a record, and for the same reason.
    for (const key in value) {
      if (key !== keys[index++]) throw new Unencodable();
      this.#out.string(key);
      shape = this.#value((value as Record<string, unknown>)[key], undefined, 0) ?? shape;
    }
    if (index !== keys.length) throw new Unencodable();
  }

  #exotic(value: object): void {
    const prototype = Object.getPrototypeOf(value);
    if (value instanceof Date && prototype === Date.prototype) {
      this.#out.tag(TAG.date);
      this.#out.float64(value.getTime());
    } else if (value instanceof Map && prototype === Map.prototype) {
      this.#out.tag(TAG.map);
      this.#out.count(value.size);
      let left = value.size;
      for (const [key, item] of value) {
        if (left-- === 0) break;
        this.#value(key, undefined, 0);
        this.#value(item, undefined, 0);
      }
      // A getter changed it meanwhile.
      if (left !== 0) throw new Unencodable();
    } else if (value instanceof Set && prototype === Set.prototype) {
      this.#out.tag(TAG.set);
      this.#out.count(value.size);
      let left = value.size;
      for (const item of value) {
        if (left-- === 0) break;
        this.#value(item, undefined, 0);
      }
      if (left !== 0) throw new Unencodable();
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
