import type { LooseNumbers } from './columns-loose.js';
import {
  BUNDLE_CHARACTERS,
  BUNDLE_ROW_BYTES,
  ENCODING,
  HEAD_BYTES,
  INLINE_LIMIT,
  OPS_LENGTH_AT,
  PIECE_CHARACTERS,
  TAG,
} from './graph-format.js';
import { Unencodable } from './graph-open.js';
import { GraphOps } from './graph-ops.js';
import { encodingOf, type TextEncoding } from './text.js';

/** Most numbers of a list that is written at once. */
const FEW_NUMBERS = 4;

/** Writes the parts of a segment: ops as they come, strings into bundles. An instance serves one segment. */
export class GraphWriter extends GraphOps {
  readonly #layout: number;
  /** Of all bundles. */
  #characters = 0;
  readonly #bundles: string[] = [];
  /** Of the bundles of which it is known. Most segments have none such. */
  #encodings: Map<number, TextEncoding> | undefined;
  #bundle = '';
  /** Where the open bundle stands in the table; -1 where none is open. */
  #open = -1;
  /** Where numbers are left as they are; undefined where they are packed. */
  readonly loose: LooseNumbers | undefined;

  /** @param layout the first byte of the segment */
  constructor(layout: number, loose: LooseNumbers | undefined) {
    super();
    this.#layout = layout;
    this.loose = loose;
    loose?.begin();
  }

  /** About the bytes that the segment has so far, once its numbers are packed. */
  get size(): number {
    return this.position + this.#characters - (this.loose?.spared ?? 0);
  }

  /** The segment, in the memory that `place` gives for its bytes. */
  finish(place: (bytes: number) => Buffer): Buffer {
    if (this.#open >= 0) this.#bundles[this.#open] = this.#bundle;
    const payload = this.#assemble(place);
    this.letGo();
    return payload;
  }

  string(value: string): void {
    this.makeRoom();
    const length = value.length;
    if (length > PIECE_CHARACTERS) {
      this.longString(value);
      return;
    }
    this.#characters += length;
    if (this.#open < 0 || this.#bundle.length + length > BUNDLE_CHARACTERS) {
      if (this.#open >= 0) this.#bundles[this.#open] = this.#bundle;
      this.#open = this.#bundles.push('') - 1;
      this.#bundle = value;
      this.ops[this.position++] = TAG.nextBundle;
    } else this.#bundle += value;
    const ops = this.ops;
    if (length < INLINE_LIMIT) ops[this.position++] = length;
    else {
      ops[this.position++] = TAG.string16;
      ops[this.position++] = length & 0xff;
      ops[this.position++] = length >> 8;
    }
  }

  /** A string as a bundle of its own. */
  longString(value: string): void {
    this.makeRoom();
    this.ops[this.position++] = TAG.longString;
    this.#characters += value.length;
    this.#bundles.push(value);
  }

  number(value: number): void {
    this.makeRoom();
    const ops = this.ops;
    const integer = value | 0;
    if (integer !== value || (integer === 0 && Object.is(value, -0))) {
      ops[this.position] = TAG.f64;
      this.view.setFloat64(this.position + 1, value, true);
      this.position += 9;
    } else if (integer >= 0) {
      if (integer < INLINE_LIMIT) ops[this.position++] = TAG.smallInteger + integer;
      else if (integer < 0x100) {
        ops[this.position++] = TAG.u8;
        ops[this.position++] = integer;
      } else if (integer < 0x10000) {
        ops[this.position] = TAG.u16;
        this.view.setUint16(this.position + 1, integer, true);
        this.position += 3;
      } else this.#int32(integer);
    } else if (integer >= -0x80) {
      ops[this.position++] = TAG.i8;
      ops[this.position++] = integer & 0xff;
    } else if (integer >= -0x8000) {
      ops[this.position] = TAG.i16;
      this.view.setInt16(this.position + 1, integer, true);
      this.position += 3;
    } else this.#int32(integer);
  }

  /** Writes a list of so few numbers as a point has. False, and nothing written, where it holds more or something else. */
  fewNumbers(items: readonly unknown[]): boolean {
    const { length } = items;
    if (length > FEW_NUMBERS) return false;
    for (let index = 0; index < length; index++) if (typeof items[index] !== 'number') return false;
    this.tag(TAG.array);
    this.ops[this.position++] = length;
    for (let index = 0; index < length; index++) {
      const item = items[index];
      // A getter may give something else the second time.
      if (typeof item !== 'number') throw new Unencodable();
      this.number(item);
    }
    return true;
  }

  #int32(value: number): void {
    this.ops[this.position] = TAG.i32;
    this.view.setInt32(this.position + 1, value, true);
    this.position += 5;
  }

  /** A bundle that no tag stands for. */
  bundle(text: string, encoding: TextEncoding | undefined): void {
    this.#characters += text.length;
    if (encoding) {
      this.#encodings ??= new Map();
      this.#encodings.set(this.#bundles.length, encoding);
    }
    this.#bundles.push(text);
  }

  #assemble(place: (bytes: number) => Buffer): Buffer {
    const bundles = this.#bundles;
    const encodings: TextEncoding[] = [];
    const heads = HEAD_BYTES + bundles.length * BUNDLE_ROW_BYTES;
    let total = heads + this.position;
    for (let index = 0; index < bundles.length; index++) {
      const encoding = this.#encodings?.get(index) ?? encodingOf(bundles[index] as string);
      encodings.push(encoding);
      total += encoding.bytes;
    }
    const payload = place(total);
    payload[0] = this.#layout;
    payload.writeUInt32LE(bundles.length, 1);
    payload.writeUInt32LE(this.position, OPS_LENGTH_AT);
    let row = HEAD_BYTES;
    let at = heads;
    for (let index = 0; index < encodings.length; index++) {
      const { name, bytes } = encodings[index] as TextEncoding;
      payload[row] = ENCODING[name];
      payload.writeUInt32LE(bytes, row + 1);
      payload.write(bundles[index] as string, at, name);
      row += BUNDLE_ROW_BYTES;
      at += bytes;
    }
    payload.set(this.written, at);
    return payload;
  }
}
