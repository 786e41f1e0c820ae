import { BINARY_REVIVERS } from './graph-binary.js';
import {
  BINARY_KINDS,
  BUNDLE_ROW_BYTES,
  ENCODING,
  HEAD_BYTES,
  INLINE_LIMIT,
  LAYOUT,
  SHORT_STRING_CHARACTERS,
  TAG,
} from './graph-format.js';
import { defineOwn, type RecordReader, readerOf } from './graph-readers.js';
import { MAX_DEPTH } from './keeps.js';

/** V8 makes a dictionary of an array that is created longer than this, which is many times slower. */
const LONGEST_PREALLOCATED = 2 ** 25 - 1;

/** Thrown on bytes that the encoder could not have written. */
export class Undecodable extends Error {}

/** Reads one value. Every length is held against what is left, so that a short payload cannot ask for much memory. */
export class GraphDecoder {
  readonly #bytes: Buffer;
  readonly #end: number;
  #position: number;
  #depth = 0;
  /** Elements that may still be announced: each takes at least one byte of the ops. */
  #budget: number;
  readonly #bundleCount: number;
  #nextBundle = 0;
  #bundleStart: number;
  #bundle = '';
  #bundlePosition = 0;
  readonly #shapes: RecordReader[] = [];

  constructor(payload: Uint8Array) {
    const bytes = Buffer.isBuffer(payload)
      ? payload
      : Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength);
    if (bytes.length < HEAD_BYTES || bytes[0] !== LAYOUT) throw new Undecodable();
    const count = bytes.readUInt32LE(1);
    const ops = bytes.readUInt32LE(5);
    const strings = HEAD_BYTES + count * BUNDLE_ROW_BYTES;
    this.#position = bytes.length - ops;
    if (strings > this.#position) throw new Undecodable();
    this.#bytes = bytes;
    this.#end = bytes.length;
    this.#bundleCount = count;
    this.#bundleStart = strings;
    this.#budget = ops;
  }

  /** The value. Throws where anything is left over. */
  decode(): unknown {
    const opsStart = this.#position;
    const value = this.value();
    const used = this.#nextBundle === this.#bundleCount && this.#bundleStart === opsStart;
    const complete = this.#position === this.#end && this.#bundlePosition === this.#bundle.length;
    if (!complete || !used || value === undefined) throw new Undecodable();
    return value;
  }

  /** The next value. */
  value(): unknown {
    const tag = this.#bytes[this.#position++];
    if (tag === undefined) throw new Undecodable();
    if (tag < INLINE_LIMIT) return this.#piece(tag);
    if (tag < TAG.null) return tag - TAG.smallInteger;
    if (tag >= TAG.smallRecord) return this.#record(tag - TAG.smallRecord);
    return this.#tagged(tag);
  }

  #tagged(tag: number): unknown {
    const at = this.#position;
    switch (tag) {
      case TAG.null:
        return null;
      case TAG.undefined:
        return undefined;
      case TAG.false:
        return false;
      case TAG.true:
        return true;
      case TAG.f64:
        this.#position += 8;
        return this.#bytes.readDoubleLE(at);
      case TAG.u8:
        this.#position += 1;
        return this.#bytes.readUInt8(at);
      case TAG.u16:
        this.#position += 2;
        return this.#bytes.readUInt16LE(at);
      case TAG.i8:
        this.#position += 1;
        return this.#bytes.readInt8(at);
      case TAG.i16:
        this.#position += 2;
        return this.#bytes.readInt16LE(at);
      case TAG.i32:
        this.#position += 4;
        return this.#bytes.readInt32LE(at);
      case TAG.string16:
      case TAG.longString:
      case TAG.nextBundle:
        this.#position--;
        return this.#string();
      case TAG.bigint:
        return parseBigInt(this.#string());
      case TAG.date:
        this.#position += 8;
        return new Date(this.#bytes.readDoubleLE(at));
      case TAG.binary:
        return this.#binary();
      default:
        return this.#container(tag);
    }
  }

  #container(tag: number): unknown {
    if (tag === TAG.record) return this.#record(this.#count());
    if (tag === TAG.shape) {
      this.#define();
      return this.#record(this.#shapes.length - 1);
    }
    if (++this.#depth > MAX_DEPTH) throw new Undecodable();
    const value = this.#items(tag);
    this.#depth--;
    return value;
  }

  #items(tag: number): object {
    switch (tag) {
      case TAG.array:
        return this.#array();
      case TAG.dictionary:
        return this.#dictionary();
      case TAG.map:
        return this.#map();
      case TAG.set:
        return this.#set();
      default:
        throw new Undecodable();
    }
  }

  #record(id: number): unknown {
    const reader = this.#shapes[id];
    if (reader === undefined || ++this.#depth > MAX_DEPTH) throw new Undecodable();
    const value = reader.read(this);
    this.#depth--;
    return value;
  }

  #define(): void {
    const reader = readerOf(this.#string());
    if (reader === undefined) throw new Undecodable();
    this.#shapes.push(reader);
  }

  #array(): unknown[] {
    const length = this.#announced(1);
    // Of exactly this length: an array that grows would take room for 17 elements at once.
    const items = new Array<unknown>(length <= LONGEST_PREALLOCATED ? length : 0);
    for (let index = 0; index < length; index++) items[index] = this.value();
    return items;
  }

  #dictionary(): Record<string, unknown> {
    const length = this.#announced(2);
    const object: Record<string, unknown> = {};
    for (let index = 0; index < length; index++) {
      const key = this.#string();
      const value = this.value();
      if (key === '__proto__') defineOwn(object, key, value);
      else object[key] = value;
    }
    return object;
  }

  #map(): Map<unknown, unknown> {
    const length = this.#announced(2);
    const map = new Map<unknown, unknown>();
    for (let index = 0; index < length; index++) {
      const key = this.value();
      map.set(key, this.value());
    }
    return map;
  }

  #set(): Set<unknown> {
    const length = this.#announced(1);
    const set = new Set<unknown>();
    for (let index = 0; index < length; index++) set.add(this.value());
    return set;
  }

  /** A value that has to be a string: a key, the digits of a bigint. */
  #string(): string {
    let tag = this.#bytes[this.#position++];
    if (tag === TAG.nextBundle) {
      this.#openBundle();
      tag = this.#bytes[this.#position++];
    }
    if (tag === undefined) throw new Undecodable();
    if (tag < INLINE_LIMIT) return this.#piece(tag);
    if (tag === TAG.string16) {
      const length = this.#bytes.readUInt16LE(this.#position);
      this.#position += 2;
      if (length > SHORT_STRING_CHARACTERS) throw new Undecodable();
      return this.#piece(length);
    }
    if (tag === TAG.longString) return this.#takeBundle();
    throw new Undecodable();
  }

  #piece(length: number): string {
    const start = this.#bundlePosition;
    const end = start + length;
    if (end > this.#bundle.length) throw new Undecodable();
    this.#bundlePosition = end;
    return this.#bundle.slice(start, end);
  }

  #openBundle(): void {
    if (this.#bundlePosition !== this.#bundle.length) throw new Undecodable();
    this.#bundle = this.#takeBundle();
    this.#bundlePosition = 0;
  }

  #takeBundle(): string {
    if (this.#nextBundle >= this.#bundleCount) throw new Undecodable();
    const row = HEAD_BYTES + this.#nextBundle++ * BUNDLE_ROW_BYTES;
    const start = this.#bundleStart;
    const end = start + this.#bytes.readUInt32LE(row + 1);
    if (end > this.#end) throw new Undecodable();
    this.#bundleStart = end;
    switch (this.#bytes[row]) {
      case ENCODING.latin1:
        return this.#bytes.toString('latin1', start, end);
      case ENCODING.utf8:
        return this.#bytes.toString('utf8', start, end);
      case ENCODING.utf16le:
        return this.#bytes.toString('utf16le', start, end);
      default:
        throw new Undecodable();
    }
  }

  #count(): number {
    let value = 0;
    for (let shift = 0; shift <= 28; shift += 7) {
      const byte = this.#bytes[this.#position++];
      if (byte === undefined) throw new Undecodable();
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value >>> 0;
    }
    throw new Undecodable();
  }

  /** A count of things of at least `size` bytes each, all of which must still fit. */
  #announced(size: number): number {
    const count = this.#count();
    this.#budget -= count * size;
    if (this.#budget < 0) throw new Undecodable();
    return count;
  }

  #binary(): unknown {
    const kind = BINARY_KINDS[this.#bytes[this.#position++] ?? -1];
    const length = this.#count();
    const start = this.#position;
    if (kind === undefined || length > this.#end - start) throw new Undecodable();
    this.#position += length;
    // Always a copy: a small buffer must not hold on to a large payload.
    const copy = new ArrayBuffer(length);
    new Uint8Array(copy).set(this.#bytes.subarray(start, start + length));
    const revive = BINARY_REVIVERS[kind];
    if (length % revive.elementBytes !== 0) throw new Undecodable();
    return revive.from(copy);
  }
}

function parseBigInt(digits: string): bigint {
  if (!/^-?[0-9a-f]+$/.test(digits)) throw new Undecodable();
  return digits.startsWith('-') ? -BigInt(`0x${digits.slice(1)}`) : BigInt(`0x${digits}`);
}
