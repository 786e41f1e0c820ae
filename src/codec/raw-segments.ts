import { isAscii } from 'node:buffer';
import { keepShape } from '../kept-shapes.js';
import { DEFAULT_LIMITS, type DecodeLimits } from './limits.js';
import { changedMeanwhile } from './loss-path.js';
import {
  ARRAY_BUFFER,
  assertRawLength,
  BUFFER,
  corrupt,
  decodeBytes,
  decodeString,
  encodeString,
  HEAD_BYTES,
  kindOf,
  littleEndian,
  TEXT_KINDS,
  UTF16LE,
  withHead,
} from './raw-kinds.js';
import { NO_OUTLINE, type SegmentDecoder, type SegmentEncoder, type SegmentedPayload } from './segments.js';
import { Slabs } from './slabs.js';
import { encodingOf, isOneByte, pieceEnd, unicodeEncodingOf } from './text.js';

/** The segments of a raw payload: the first begins with the head, the others go on with the data. */
abstract class RawEncoder implements SegmentEncoder {
  #lengths: number[] = [];
  #slabs: Slabs;
  #head: Buffer | undefined;
  bytes = 0;
  protected readonly limit: number;

  constructor(limitBytes: number) {
    // Elements are not cut in the middle.
    this.limit = limitBytes - (limitBytes % HEAD_BYTES);
    this.#slabs = new Slabs(this.limit);
  }

  abstract next(): boolean;

  whole(): Uint8Array {
    return this.#head ?? NO_OUTLINE;
  }

  take(): SegmentedPayload {
    const head = this.whole();
    return {
      slabs: [head, ...this.#slabs.take()],
      owned: true,
      lengths: Uint32Array.from(this.#lengths),
      outline: NO_OUTLINE,
    };
  }

  /** Memory for the data of the next segment. */
  protected place(kind: number, bytes: number): Buffer {
    const first = this.#head === undefined;
    this.#head ??= withHead(kind, bytes);
    const place = first ? this.#head.subarray(HEAD_BYTES) : this.#slabs.place(bytes);
    const length = first ? this.#head.length : bytes;
    this.#lengths.push(length);
    this.bytes += length;
    return place;
  }

  /** Another kind, of which what is written so far is an example too. */
  protected rename(kind: number): void {
    if (this.#head) this.#head[0] = kind;
  }

  /** The last segment, of so many bytes and not the first, is to be written anew. */
  protected takeBack(bytes: number): void {
    this.#lengths.pop();
    this.bytes -= bytes;
    this.#slabs.takeBack(bytes);
  }

  protected startOver(): void {
    this.#lengths = [];
    this.#slabs = new Slabs(this.limit);
    this.#head = undefined;
    this.bytes = 0;
  }
}

/** Copies binary data piece by piece. */
export class RawBinaryEncoder extends RawEncoder {
  readonly #kind: number;
  readonly #data: Uint8Array;
  readonly #length: number;
  #position = 0;

  constructor({ kind, data }: { readonly kind: number; readonly data: Uint8Array }, limitBytes: number) {
    super(limitBytes);
    this.#kind = kind;
    this.#data = data;
    this.#length = data.length;
  }

  /** Throws `ERR_VALUE` where the bytes were transferred away since the last piece, or have become fewer. */
  next(): boolean {
    if (this.#data.length !== this.#length) throw changedMeanwhile();
    const piece = this.#data.subarray(this.#position, this.#position + this.limit);
    const place = this.place(this.#kind, piece.length);
    place.set(piece);
    littleEndian(place, this.#kind, 0);
    this.#position += piece.length;
    return this.#position < this.#length;
  }
}

/** Writes text piece by piece; none ends within a surrogate pair. Short text is written as a whole. */
export class RawTextEncoder extends RawEncoder {
  readonly #text: string;
  #encoding: keyof typeof TEXT_KINDS | undefined;
  #short: Uint8Array | undefined;
  #position = 0;

  constructor(text: string, limitBytes: number) {
    super(limitBytes);
    this.#text = text;
  }

  override whole(): Uint8Array {
    return this.#short ?? super.whole();
  }

  next(): boolean {
    const text = this.#text;
    if (text.length <= this.limit) {
      this.#short = encodeString(text);
      this.bytes = this.#short.length;
      return false;
    }
    const end = pieceEnd(text, this.#position, this.limit);
    if (this.#write(text.slice(this.#position, end))) this.#position = end;
    else {
      this.startOver();
      this.#position = 0;
    }
    return this.#position < text.length;
  }

  /** Writes the next piece. False where it cannot be in the encoding of those before it: all are then to be written in another one. */
  #write(piece: string): boolean {
    this.#encoding ??= encodingOf(piece).name;
    if (this.#encoding === 'latin1') {
      if (this.#writesAscii(piece)) return true;
      // ASCII is UTF-8 too.
      this.#encoding = this.#position === 0 ? unicodeEncodingOf(piece).name : 'utf8';
      this.rename(TEXT_KINDS[this.#encoding]);
    }
    const encoding = this.#encoding;
    // UTF-8 has no form for an unpaired surrogate.
    if (encoding === 'utf8' && !piece.isWellFormed()) {
      this.#encoding = 'utf16le';
      return false;
    }
    const bytes = encoding === 'utf8' ? Buffer.byteLength(piece) : 2 * piece.length;
    this.place(TEXT_KINDS[encoding], bytes).write(piece, encoding);
    return true;
  }

  /** Writes a piece, if it is ASCII. */
  #writesAscii(piece: string): boolean {
    const { length } = piece;
    if (!isOneByte(piece) && Buffer.byteLength(piece) !== length) return false;
    const place = this.place(TEXT_KINDS.latin1, length);
    place.write(piece, 'latin1');
    if (isAscii(place)) return true;
    if (this.#position === 0) this.startOver();
    else this.takeBack(length);
    return false;
  }
}

/** Puts text together from its segments; binary data is taken as it lies where that is possible. */
export class RawDecoder implements SegmentDecoder {
  readonly items = 0;
  readonly #owned: boolean;
  readonly #totalBytes: number;
  readonly #limits: DecodeLimits;
  #kind = 0;
  #text = '';
  #first: Buffer | undefined;
  /** What segments are copied to that may not be kept, or lie behind a head where an ArrayBuffer has none. */
  #copy: Buffer | undefined;
  #position = 0;

  /** @param owned whether all segments lie behind each other in one buffer, which belongs to nobody else */
  constructor(totalBytes: number, owned: boolean, limits: DecodeLimits) {
    this.#totalBytes = totalBytes;
    this.#limits = limits;
    this.#owned = owned;
  }

  next(segment: Uint8Array): void {
    let data = Buffer.from(segment.buffer, segment.byteOffset, segment.byteLength);
    if (this.#first === undefined) {
      this.#kind = kindOf(data);
      assertRawLength(this.#kind, this.#totalBytes - HEAD_BYTES, this.#limits);
      data = data.subarray(HEAD_BYTES);
      this.#first = data;
      const copied = this.#kind > UTF16LE && (!this.#owned || this.#kind === ARRAY_BUFFER);
      if (copied) this.#copy = Buffer.allocUnsafeSlow(this.#totalBytes - HEAD_BYTES);
    }
    if (this.#kind <= UTF16LE) this.#text += decodeString(this.#kind, data);
    else this.#copy?.set(data, this.#position);
    this.#position += data.length;
  }

  end(): unknown {
    const first = this.#first;
    if (first === undefined || this.#position !== this.#totalBytes - HEAD_BYTES)
      throw corrupt('it is not complete');
    if (this.#kind <= UTF16LE) return this.#text;
    if (this.#kind === ARRAY_BUFFER && this.#copy) return this.#copy.buffer;
    const data = this.#copy ?? Buffer.from(first.buffer, first.byteOffset, this.#position);
    return decodeBytes(this.#kind, data, true);
  }
}

keepShape(new RawTextEncoder('', 0));
keepShape(new RawBinaryEncoder({ kind: BUFFER, data: NO_OUTLINE }, 0));
keepShape(new RawDecoder(0, true, DEFAULT_LIMITS));
