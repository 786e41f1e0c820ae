import { KEY_SEPARATOR, SHAPE_KEYS } from './graph-format.js';
import { makingCode } from './making-code.js';
import { NamedCache } from './named-cache.js';
import { ownText } from './text.js';
import type { Allocation } from './young-values.js';

/** Where a reader takes the values of a record from. */
export interface ValueSource {
  value(): unknown;
}

/** Makes the objects of one shape. */
export interface RecordReader {
  readonly keys: readonly string[];
  read(source: ValueSource): object;
}

/** Readers kept at a time of each allocation, over the whole thread. */
const KEPT_READERS = 1_024;
/** Objects of a shape that are read key by key before a reader is compiled for it. */
const READS_BEFORE_COMPILING = 32;
/** A longer list of keys gets a reader that is not kept. */
const KEPT_NAME_CHARACTERS = 4_096;

const readers = {
  young: new NamedCache<ShapeReader>(KEPT_READERS, KEPT_NAME_CHARACTERS),
  learned: new NamedCache<ShapeReader>(KEPT_READERS, KEPT_NAME_CHARACTERS),
};

/** The reader of a shape's name, shared by all payloads of this thread; undefined where it has too many keys. */
export function readerOf(name: string, allocation: Allocation): RecordReader | undefined {
  const known = readers[allocation].get(name);
  if (known) return known;
  // The name is a piece of a bundle.
  const own = ownText(name);
  const keys = own.split(KEY_SEPARATOR);
  if (keys.length > SHAPE_KEYS) return undefined;
  return readers[allocation].keep(own, new ShapeReader(keys, allocation));
}

class ShapeReader implements RecordReader {
  readonly keys: readonly string[];
  readonly #allocation: Allocation;
  readonly #assignable: boolean;
  #compiled: ((source: ValueSource) => object) | undefined;
  #reads = 0;

  constructor(keys: readonly string[], allocation: Allocation) {
    this.keys = keys;
    this.#allocation = allocation;
    this.#assignable = !keys.includes('__proto__');
  }

  read(source: ValueSource): object {
    if (this.#compiled) return this.#compiled(source);
    if (++this.#reads === READS_BEFORE_COMPILING) this.#compiled = compile(this.keys, this.#allocation);
    const object: Record<string, unknown> = {};
    for (const key of this.keys) {
      const value = source.value();
      if (this.#assignable) object[key] = value;
      else defineOwn(object, key, value);
    }
    return object;
  }
}

/** Sets an own property, whatever its name means elsewhere. */
export function defineOwn(object: object, key: string, value: unknown): void {
  Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
}

/** A function that makes an object of these keys at once. Undefined where the process forbids code generation. */
function compile(
  keys: readonly string[],
  allocation: Allocation,
): ((source: ValueSource) => object) | undefined {
  const making = makingCode(allocation);
  const object = making.object(
    keys,
    keys.map(() => 'source.value()'),
  );
  return making.compile({}, `return function makeRecord(source) { return ${object}; };`) as
    | ((source: ValueSource) => object)
    | undefined;
}
