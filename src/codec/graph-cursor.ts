import { OffloopError } from '../errors.js';
import type { Allowance } from './allowance.js';
import { BINARY_REVIVERS, type Reviver } from './graph-binary.js';
import {
  BINARY_KINDS,
  BUNDLE_ROW_BYTES,
  ENCODING,
  HEAD_BYTES,
  INLINE_LIMIT,
  SHORT_STRING_CHARACTERS,
  TAG,
} from './graph-format.js';

const EMPTY = Buffer.alloc(0);

/** Thrown on bytes that the encoder could not have written. */
export class Undecodable extends Error {}

/** Reads what is in a segment piece by piece: everything but containers. */
export class GraphCursor {
  protected bytes: Buffer = EMPTY;
  protected limit = 0;
  protected position = 0;
  #bundleCount = 0;
  #nextBundle = 0;
  #bundleStart = 0;
  #bundle = '';
  #bundlePosition = 0;
  #opsStart = 0;
  protected readonly allowance: Allowance;
  /** Elements that may still be announced: each takes at least one byte of the ops. */
  #budget: number;
  readonly #layouts: readonly number[];

  /**
   * @param layouts what the first byte of each segment may be
   * @param budget bytes of all segments
   */
  constructor(
    layouts: readonly number[],
    { allowance, budget }: { readonly allowance: Allowance; readonly budget: number },
  ) {
    this.#layouts = layouts;
    this.allowance = allowance;
    this.#budget = budget;
  }

  /** Takes up a segment. */
  protected openSegment(segment: Uint8Array): void {
    const bytes = Buffer.isBuffer(segment)
      ? segment
      : Buffer.from(segment.buffer, segment.byteOffset, segment.byteLength);
    if (bytes.length < HEAD_BYTES || !this.#layouts.includes(bytes[0] as number)) throw new Undecodable();
    const count = bytes.readUInt32LE(1);
    const ops = bytes.readUInt32LE(5);
    const strings = HEAD_BYTES + count * BUNDLE_ROW_BYTES;
    const opsStart = bytes.length - ops;
    if (strings > opsStart) throw new Undecodable();
    this.bytes = bytes;
    this.limit = bytes.length;
    this.position = opsStart;
    this.#bundleCount = count;
    this.#nextBundle = 0;
    this.#bundleStart = strings;
    this.#bundle = '';
    this.#bundlePosition = 0;
    this.#opsStart = opsStart;
  }

  /** Throws where anything of the segment is left over. */
  protected closeSegment(): void {
    const used = this.#nextBundle === this.#bundleCount && this.#bundleStart === this.#opsStart;
    if (this.position !== this.limit || this.#bundlePosition !== this.#bundle.length || !used)
      throw new Undecodable();
  }

  /** The value of a tag that is no container's; undefined is one. */
  protected scalar(tag: number): unknown {
    const at = this.position;
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
        this.position += 8;
        return this.bytes.readDoubleLE(at);
      case TAG.u8:
        this.position += 1;
        return this.bytes.readUInt8(at);
      case TAG.u16:
        this.position += 2;
        return this.bytes.readUInt16LE(at);
      case TAG.i8:
        this.position += 1;
        return this.bytes.readInt8(at);
      case TAG.i16:
        this.position += 2;
        return this.bytes.readInt16LE(at);
      case TAG.i32:
        this.position += 4;
        return this.bytes.readInt32LE(at);
      case TAG.string16:
      case TAG.longString:
      case TAG.nextBundle:
        this.position--;
        return this.string();
      case TAG.bigint:
        return parseBigInt(this.string());
      case TAG.date:
        this.position += 8;
        return new Date(this.bytes.readDoubleLE(at));
      case TAG.binary:
        return this.#binary();
      default:
        throw new Undecodable();
    }
  }

  /** A value that has to be a string: a key, the digits of a bigint. */
  protected string(): string {
    let tag = this.bytes[this.position++];
    if (tag === TAG.nextBundle) {
      this.#openBundle();
      tag = this.bytes[this.position++];
    }
    if (tag === undefined) throw new Undecodable();
    if (tag < INLINE_LIMIT) return this.piece(tag);
    if (tag === TAG.string16) {
      const length = this.bytes.readUInt16LE(this.position);
      this.position += 2;
      if (length > SHORT_STRING_CHARACTERS) throw new Undecodable();
      return this.piece(length);
    }
    if (tag === TAG.longString) return this.takeBundle(true);
    throw new Undecodable();
  }

  protected piece(length: number): string {
    const start = this.#bundlePosition;
    const end = start + length;
    if (end > this.#bundle.length) throw new Undecodable();
    this.#bundlePosition = end;
    return this.#bundle.slice(start, end);
  }

  #openBundle(): void {
    if (this.#bundlePosition !== this.#bundle.length) throw new Undecodable();
    this.#bundle = this.takeBundle();
    this.#bundlePosition = 0;
  }

  protected get bundlesTaken(): number {
    return this.#nextBundle;
  }

  /** Leaves bundles out of which the characters are known. */
  protected skipBundles(count: number): void {
    for (const end = this.#nextBundle + count; this.#nextBundle < end; this.#nextBundle++)
      this.#bundleStart += this.bytes.readUInt32LE(HEAD_BYTES + this.#nextBundle * BUNDLE_ROW_BYTES + 1);
  }

  /** The characters of the next bundle, which may be those of one string. */
  protected takeBundle(isString = false): string {
    if (this.#nextBundle >= this.#bundleCount) throw new Undecodable();
    const row = HEAD_BYTES + this.#nextBundle++ * BUNDLE_ROW_BYTES;
    const start = this.#bundleStart;
    const end = start + this.bytes.readUInt32LE(row + 1);
    if (end > this.limit) throw new Undecodable();
    this.#bundleStart = end;
    if (isString) this.allowance.string(fewestCharacters(this.bytes[row], end - start));
    switch (this.bytes[row]) {
      case ENCODING.latin1:
        return this.bytes.toString('latin1', start, end);
      case ENCODING.utf8:
        return this.bytes.toString('utf8', start, end);
      case ENCODING.utf16le:
        return this.bytes.toString('utf16le', start, end);
      default:
        throw new Undecodable();
    }
  }

  protected count(): number {
    let value = 0;
    for (let shift = 0; shift <= 28; shift += 7) {
      const byte = this.bytes[this.position++];
      if (byte === undefined) throw new Undecodable();
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value >>> 0;
    }
    throw new Undecodable();
  }

  /** As {@link announced}, of items of a container. */
  protected counted(size: number): number {
    const count = this.announced(size);
    this.allowance.items(count);
    return count;
  }

  /** A count of things of at least `size` bytes each, all of which must still fit. */
  protected announced(size: number): number {
    const count = this.count();
    this.#budget -= count * size;
    if (this.#budget < 0) throw new Undecodable();
    return count;
  }

  /** Characters of a long string. */
  protected characters(): number {
    const count = this.announced(1);
    this.allowance.string(count);
    return count;
  }

  protected reviver(): Reviver {
    const kind = BINARY_KINDS[this.bytes[this.position++] ?? -1];
    if (kind === undefined) throw new Undecodable();
    return BINARY_REVIVERS[kind];
  }

  protected take(length: number): Uint8Array {
    const start = this.position;
    if (length > this.limit - start) throw new Undecodable();
    this.position += length;
    return this.bytes.subarray(start, this.position);
  }

  #binary(): unknown {
    const reviver = this.reviver();
    const length = this.count();
    if (length % reviver.elementBytes !== 0) throw new Undecodable();
    const bytes = this.take(length);
    this.allowance.binary(length);
    // Always a copy: a small buffer must not hold on to a large payload.
    const copy = new Uint8Array(bytes);
    return reviver.from(copy.buffer);
  }
}

/** The fewest characters that so many bytes can be: UTF-8 takes three at most for a unit of UTF-16. */
function fewestCharacters(encoding: number | undefined, bytes: number): number {
  if (encoding === ENCODING.utf16le) return bytes / 2;
  return encoding === ENCODING.utf8 ? bytes / 3 : bytes;
}

function parseBigInt(digits: string): bigint {
  if (!/^-?[0-9a-f]+$/.test(digits)) throw new Undecodable();
  return digits.startsWith('-') ? -BigInt(`0x${digits.slice(1)}`) : BigInt(`0x${digits}`);
}

/** Undecodable, a RangeError of a read past the end, or one of ours: nothing else can be thrown while bytes are read. */
export function corrupt(error: unknown): unknown {
  return error instanceof Error && !(error instanceof OffloopError)
    ? new OffloopError('ERR_CORRUPT', 'the payload is not one of the graph codec')
    : error;
}
