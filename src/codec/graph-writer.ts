import {
  BUNDLE_CHARACTERS,
  BUNDLE_ROW_BYTES,
  ENCODING,
  HEAD_BYTES,
  INLINE_LIMIT,
  PIECE_CHARACTERS,
  TAG,
} from './graph-format.js';
import { Unencodable } from './graph-open.js';
import { encodingOf, type TextEncoding } from './text.js';

/** More than the longest fixed part that is written without looking at the room again. */
const MARGIN = 24;
const FIRST_OPS_BYTES = 16_384;
/** Most numbers of a list that is written at once. */
const FEW_NUMBERS = 4;
/** A buffer larger than this is not kept for the next call. */
const KEPT_OPS_BYTES = 1 << 20;

/** The bytes that values are written to, and the view of them for numbers of several bytes. */
interface Ops {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly view: DataView<ArrayBuffer>;
}

/** One set of ops is kept between calls. A call that finds it taken, by an outer call, makes its own. */
let spare: Ops | undefined;

function createOps(length: number): Ops {
  const bytes = new Uint8Array(length);
  return { bytes, view: new DataView(bytes.buffer) };
}

/** Writes the parts of a segment: ops as they come, strings into bundles. An instance serves one segment. */
export class GraphWriter {
  #ops: Uint8Array<ArrayBuffer>;
  #view: DataView<ArrayBuffer>;
  #limit: number;
  #position = 0;
  readonly #layout: number;
  /** Of all bundles. */
  #characters = 0;
  #spared = 0;
  readonly #bundles: string[] = [];
  /** Of the bundles of which it is known. Most segments have none such. */
  #encodings: Map<number, TextEncoding> | undefined;
  #bundle = '';
  /** Where the open bundle stands in the table; -1 where none is open. */
  #open = -1;

  /** @param layout the first byte of the segment */
  constructor(layout: number) {
    this.#layout = layout;
    const ops = spare ?? createOps(FIRST_OPS_BYTES);
    spare = undefined;
    this.#ops = ops.bytes;
    this.#view = ops.view;
    this.#limit = this.#ops.length - MARGIN;
  }

  /** About the bytes that the segment has so far, with those that it was {@link spare}d. */
  get size(): number {
    return this.#position + this.#characters + this.#spared;
  }

  /** So many bytes less were written than what they stand for mostly takes: a segment is to be a piece of work, however few bytes it has. */
  spare(bytes: number): void {
    this.#spared += bytes;
  }

  /** The segment, in the memory that `place` gives for its bytes. */
  finish(place: (bytes: number) => Buffer): Buffer {
    if (this.#open >= 0) this.#bundles[this.#open] = this.#bundle;
    const payload = this.#assemble(place);
    if (this.#ops.length <= KEPT_OPS_BYTES) spare = { bytes: this.#ops, view: this.#view };
    return payload;
  }

  /** A tag, behind which there is then room for a count or a number. */
  tag(tag: number): void {
    if (this.#position > this.#limit) this.#grow(MARGIN);
    this.#ops[this.#position++] = tag;
  }

  string(value: string): void {
    if (this.#position > this.#limit) this.#grow(MARGIN);
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
      this.#ops[this.#position++] = TAG.nextBundle;
    } else this.#bundle += value;
    const ops = this.#ops;
    if (length < INLINE_LIMIT) ops[this.#position++] = length;
    else {
      ops[this.#position++] = TAG.string16;
      ops[this.#position++] = length & 0xff;
      ops[this.#position++] = length >> 8;
    }
  }

  /** A string as a bundle of its own. */
  longString(value: string): void {
    if (this.#position > this.#limit) this.#grow(MARGIN);
    this.#ops[this.#position++] = TAG.longString;
    this.#characters += value.length;
    this.#bundles.push(value);
  }

  number(value: number): void {
    if (this.#position > this.#limit) this.#grow(MARGIN);
    const ops = this.#ops;
    const integer = value | 0;
    if (integer !== value || (integer === 0 && Object.is(value, -0))) {
      ops[this.#position] = TAG.f64;
      this.#view.setFloat64(this.#position + 1, value, true);
      this.#position += 9;
    } else if (integer >= 0) {
      if (integer < INLINE_LIMIT) ops[this.#position++] = TAG.smallInteger + integer;
      else if (integer < 0x100) {
        ops[this.#position++] = TAG.u8;
        ops[this.#position++] = integer;
      } else if (integer < 0x10000) {
        ops[this.#position] = TAG.u16;
        this.#view.setUint16(this.#position + 1, integer, true);
        this.#position += 3;
      } else this.#int32(integer);
    } else if (integer >= -0x80) {
      ops[this.#position++] = TAG.i8;
      ops[this.#position++] = integer & 0xff;
    } else if (integer >= -0x8000) {
      ops[this.#position] = TAG.i16;
      this.#view.setInt16(this.#position + 1, integer, true);
      this.#position += 3;
    } else this.#int32(integer);
  }

  /** Writes a list of so few numbers as a point has. False, and nothing written, where it holds more or something else. */
  fewNumbers(items: readonly unknown[]): boolean {
    const { length } = items;
    if (length > FEW_NUMBERS) return false;
    for (let index = 0; index < length; index++) if (typeof items[index] !== 'number') return false;
    this.tag(TAG.array);
    this.#ops[this.#position++] = length;
    for (let index = 0; index < length; index++) {
      const item = items[index];
      // A getter may give something else the second time.
      if (typeof item !== 'number') throw new Unencodable();
      this.number(item);
    }
    return true;
  }

  #int32(value: number): void {
    this.#ops[this.#position] = TAG.i32;
    this.#view.setInt32(this.#position + 1, value, true);
    this.#position += 5;
  }

  /** Eight bytes behind a tag. */
  float64(value: number): void {
    this.#view.setFloat64(this.#position, value, true);
    this.#position += 8;
  }

  /** A whole number of 0 to 2^32 - 1, seven bits a byte, the lowest first. */
  count(value: number): void {
    let rest = value;
    while (rest > 0x7f) {
      this.#ops[this.#position++] = (rest & 0x7f) | 0x80;
      rest >>>= 7;
    }
    this.#ops[this.#position++] = rest;
  }

  /** Room for so many bytes: where in {@link ops} they begin. Whoever asks for it writes all of them. */
  claim(bytes: number): number {
    if (this.#position + bytes > this.#limit) this.#grow(bytes + MARGIN);
    const start = this.#position;
    this.#position += bytes;
    return start;
  }

  /** Zeros behind what has been written since `start`, where that is fewer bytes than this. */
  pad(start: number, bytes: number): void {
    const missing = start + bytes - this.#position;
    if (missing <= 0) return;
    const at = this.claim(missing);
    this.#ops.fill(0, at, at + missing);
  }

  /** The bytes written so far, and room. Another array after the next call of {@link claim}. */
  get ops(): Uint8Array<ArrayBuffer> {
    return this.#ops;
  }

  /** The same as {@link ops}, for numbers of several bytes. */
  get view(): DataView<ArrayBuffer> {
    return this.#view;
  }

  /** How long {@link ops} is so far. */
  get position(): number {
    return this.#position;
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

  /** Any number of bytes, behind their count. */
  bytes(bytes: Uint8Array): void {
    const start = this.claim(bytes.length);
    this.#ops.set(bytes, start);
  }

  #grow(room: number): void {
    const { bytes, view } = createOps(Math.max(this.#ops.length * 2, this.#position + room + MARGIN));
    bytes.set(this.#ops.subarray(0, this.#position));
    this.#ops = bytes;
    this.#view = view;
    this.#limit = bytes.length - MARGIN;
  }

  #assemble(place: (bytes: number) => Buffer): Buffer {
    const bundles = this.#bundles;
    const encodings: TextEncoding[] = [];
    const heads = HEAD_BYTES + bundles.length * BUNDLE_ROW_BYTES;
    let total = heads + this.#position;
    for (let index = 0; index < bundles.length; index++) {
      const encoding = this.#encodings?.get(index) ?? encodingOf(bundles[index] as string);
      encodings.push(encoding);
      total += encoding.bytes;
    }
    const payload = place(total);
    payload[0] = this.#layout;
    payload.writeUInt32LE(bundles.length, 1);
    payload.writeUInt32LE(this.#position, 5);
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
    payload.set(this.#ops.subarray(0, this.#position), at);
    return payload;
  }
}
