import { types } from 'node:util';
import { unreadable } from '../codec/loss-path.js';

/** Parts of a value that one step looks at, a long string counting for more. */
const PARTS_PER_STEP = 300;
const CHARACTERS_PER_PART = 200;

// Sizes of V8 on 64 bits without pointer compression, which is what Node is, held against the heap by a test.
const WORD = 8;
const STRING_HEAD = 16;
/** From this length on a string that was cut out of another is a view of it, with a longer head. */
const VIEWED_FROM = 13;
const VIEW_OF_STRING = 32;
const BOXED_NUMBER = 16;
const OBJECT_HEAD = 24;
/** Fields that an object has room for from the start. */
const LEAST_FIELDS = 4;
/** Objects with more fields than this are tables, with a key, a value and a note a field, half of them free. */
const MOST_FIELDS = 128;
const TABLE_FIELD = 48;
const ARRAY_HEAD = 48;
const COLLECTION_HEAD = 72;
const DATE = 112;
const VIEW = 200;
const OTHER = 200;
/** Of a value made of bytes: lists that grew have room left, and so have objects of many fields. Measured at 1 KB to 8 MB: 0.78 to 1.1. */
const DECODED_SHARE = 1.05;

/**
 * Walks a value, a step at a time, to estimate what it takes in memory, and to freeze it where that is wanted. What several
 * parts share counts once, except strings, of which JavaScript cannot tell whether they are shared. What is neither plain
 * object nor array (a Map, a Date, binary data) cannot be frozen, but what a Map or Set holds is.
 */
export class HeapWalk {
  readonly #freezes: boolean;
  readonly #isDecoded: boolean;
  readonly #left: unknown[];
  readonly #seen = new Set<object>();
  #bytes = 0;

  /** @param options.isDecoded whether it was made of bytes, so that its strings were cut out of longer ones */
  constructor(value: unknown, options: { readonly freezes: boolean; readonly isDecoded: boolean }) {
    this.#left = [value];
    this.#freezes = options.freezes;
    this.#isDecoded = options.isDecoded;
  }

  /** Bytes of what has been walked. */
  get bytes(): number {
    return this.#isDecoded ? Math.round(DECODED_SHARE * this.#bytes) : this.#bytes;
  }

  /** Walks on for some tenths of a millisecond. False where that was all. Throws `ERR_VALUE` where reading the value throws. */
  step(): boolean {
    try {
      return this.#step();
    } catch {
      throw unreadable();
    }
  }

  #step(): boolean {
    const left = this.#left;
    for (let parts = 0; parts < PARTS_PER_STEP && left.length > 0; parts++) {
      const value = left.pop();
      if (typeof value === 'string') parts += value.length / CHARACTERS_PER_PART;
      else if (Array.isArray(value)) parts += value.length / 10;
      this.#visit(value);
    }
    return left.length > 0;
  }

  #visit(value: unknown): void {
    if (typeof value === 'string') this.#bytes += bytesOfString(value, this.#isDecoded);
    else if (typeof value === 'number') this.#bytes += isSmall(value) ? 0 : BOXED_NUMBER;
    else if (typeof value === 'bigint') this.#bytes += 16 + WORD * Math.ceil(value.toString(16).length / 16);
    else if (typeof value === 'object' && value !== null && !this.#seen.has(value)) {
      this.#seen.add(value);
      this.#visitObject(value);
    }
  }

  #visitObject(value: object): void {
    if (Array.isArray(value)) this.#visitArray(value);
    else if (types.isMap(value)) {
      this.#bytes += COLLECTION_HEAD + capacity(value.size) * 3.5 * WORD;
      for (const [key, member] of value) this.#left.push(key, member);
    } else if (types.isSet(value)) {
      this.#bytes += COLLECTION_HEAD + capacity(value.size) * 2.5 * WORD;
      for (const member of value) this.#left.push(member);
    } else if (ArrayBuffer.isView(value)) {
      this.#bytes += VIEW;
      // A view keeps all of its buffer.
      this.#left.push(value.buffer);
    } else if (types.isAnyArrayBuffer(value)) this.#bytes += VIEW + value.byteLength;
    else if (types.isDate(value)) this.#bytes += DATE;
    else this.#visitPlain(value);
  }

  #visitArray(value: readonly unknown[]): void {
    this.#bytes += ARRAY_HEAD + value.length * WORD;
    if (this.#freezes) Object.freeze(value);
    // Numbers alone lie in the array itself, until it is frozen.
    const isFlat = !this.#freezes && value.every((item) => typeof item === 'number');
    if (!isFlat) for (const item of value) this.#left.push(item);
  }

  #visitPlain(value: object): void {
    let fields = 0;
    for (const key in value) {
      fields++;
      this.#left.push((value as Readonly<Record<string, unknown>>)[key]);
    }
    if (types.isNativeError(value) || types.isRegExp(value)) this.#bytes += OTHER;
    this.#bytes +=
      fields > MOST_FIELDS
        ? OBJECT_HEAD + fields * TABLE_FIELD
        : OBJECT_HEAD + Math.max(LEAST_FIELDS, fields) * WORD;
    if (this.#freezes) Object.freeze(value);
  }
}

function isSmall(value: number): boolean {
  return value === (value | 0) && !Object.is(value, -0);
}

function bytesOfString(value: string, isCut: boolean): number {
  // One character is a constant of the engine.
  if (value.length <= 1) return 0;
  const wide = /[\u0100-\uffff]/.test(value);
  const isView = value.length >= VIEWED_FROM;
  const bytes = wide ? 2 * value.length : value.length;
  // A short one is a copy, and the string that it was cut out of is there for as long as its neighbours are.
  const twice = isCut && !isView ? bytes : 0;
  return (isView ? VIEW_OF_STRING : STRING_HEAD) + Math.ceil(bytes / WORD) * WORD + twice;
}

/** What a table of so many entries has room for. */
function capacity(size: number): number {
  return Math.max(4, 2 ** Math.ceil(Math.log2(Math.max(1, size))));
}
