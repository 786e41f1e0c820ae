import { isAscii, isUtf8 } from 'node:buffer';
import { types } from 'node:util';
import { describe, describeType, OffloopError } from '../errors.js';
import { isDetached } from './detached.js';
import { HOST_IS_LITTLE_ENDIAN } from './host.js';
import { assertBinary, assertString, type DecodeLimits } from './limits.js';
import { encodingOf, unicodeEncodingOf } from './text.js';

/**
 * Bytes before the data: the kind, and seven zeros. With eight, the elements of a typed array are aligned wherever
 * the payload is.
 */
export const HEAD_BYTES = 8;

const ASCII = 1;
const UTF8 = 2;
export const UTF16LE = 3;
export const BUFFER = 4;
export const ARRAY_BUFFER = 5;
const DATA_VIEW = 6;

/** The kind of a string by its encoding: of Latin-1 what is ASCII, so that `bytes()` are UTF-8 wherever they can be. */
export const TEXT_KINDS = { latin1: ASCII, utf8: UTF8, utf16le: UTF16LE } as const;

interface TypedArrayClass {
  new (buffer: ArrayBufferLike, byteOffset: number, length: number): ArrayBufferView;
  readonly prototype: object;
  readonly BYTES_PER_ELEMENT: number;
}

/** The kinds of typed arrays; a number never changes its meaning. */
const TYPED_ARRAYS: ReadonlyMap<number, TypedArrayClass> = new Map<number, TypedArrayClass>([
  [7, Uint8Array],
  [8, Int8Array],
  [9, Uint8ClampedArray],
  [10, Int16Array],
  [11, Uint16Array],
  [12, Int32Array],
  [13, Uint32Array],
  [14, Float32Array],
  [15, Float64Array],
  [16, BigInt64Array],
  [17, BigUint64Array],
]);

const KINDS: ReadonlyMap<unknown, number> = new Map<unknown, number>([
  [Buffer.prototype, BUFFER],
  [ArrayBuffer.prototype, ARRAY_BUFFER],
  [DataView.prototype, DATA_VIEW],
  ...Array.from(TYPED_ARRAYS, ([kind, type]): [unknown, number] => [type.prototype, kind]),
]);

/** A payload with its head written, and room for the data. */
export function withHead(kind: number, byteLength: number): Buffer {
  const bytes = Buffer.allocUnsafeSlow(HEAD_BYTES + byteLength);
  bytes.fill(0, 0, HEAD_BYTES);
  bytes[0] = kind;
  return bytes;
}

/** The payload of a text. */
export function encodeString(value: string): Uint8Array {
  const encoding = encodingOf(value);
  const isLatin1 = encoding.name === 'latin1';
  if (isLatin1) {
    const payload = withHead(ASCII, value.length);
    payload.write(value, HEAD_BYTES, 'latin1');
    if (isAscii(payload)) return payload;
  }
  const { name, bytes } = isLatin1 ? unicodeEncodingOf(value) : encoding;
  const payload = withHead(TEXT_KINDS[name], bytes);
  payload.write(value, HEAD_BYTES, bytes, name);
  return payload;
}

/** The kind in the head of a payload. Throws `ERR_CORRUPT` where that is no head. */
export function kindOf(payload: Uint8Array): number {
  const kind = payload[0];
  if (kind === undefined || payload.byteLength < HEAD_BYTES) throw corrupt('it is shorter than its head');
  for (let index = 1; index < HEAD_BYTES; index++) {
    if (payload[index] !== 0) throw corrupt('its head has a byte that is not zero');
  }
  return kind;
}

/** Throws `ERR_LIMIT` where a value of so many bytes is too long. Of UTF-8 the bytes count. */
export function assertRawLength(kind: number, bytes: number, limits: DecodeLimits): void {
  if (kind > UTF16LE) assertBinary(bytes, limits);
  else assertString(kind === UTF16LE ? bytes / 2 : bytes, limits);
}

/**
 * The kind and the bytes of a genuine binary value. Throws `ERR_VALUE` for anything else, whatever its prototype is, and where
 * the bytes were transferred away.
 */
export function binaryOf(value: unknown): { readonly kind: number; readonly data: Uint8Array } {
  const kind =
    typeof value === 'object' && value !== null ? KINDS.get(Object.getPrototypeOf(value)) : undefined;
  const data = dataOf(value);
  if (kind !== undefined && data !== undefined) return { kind, data };
  throw new OffloopError(
    'ERR_VALUE',
    `value is ${describeType(value)}; the raw codec takes one string, Buffer, typed array, ArrayBuffer or DataView`,
  );
}

function dataOf(value: unknown): Uint8Array | undefined {
  const buffer = ArrayBuffer.isView(value) ? value.buffer : value;
  if (!types.isAnyArrayBuffer(buffer)) return undefined;
  if (isDetached(buffer))
    throw new OffloopError(
      'ERR_VALUE',
      `value is ${describe(value)}, which is detached: its bytes were transferred away`,
    );
  if (ArrayBuffer.isView(value)) return new Uint8Array(buffer, value.byteOffset, value.byteLength);
  return types.isArrayBuffer(value) ? new Uint8Array(value) : undefined;
}

/** The characters of a text, or of a piece of one that ends between two characters. */
export function decodeString(kind: number, data: Buffer): string {
  switch (kind) {
    case ASCII:
      if (!isAscii(data)) throw corrupt('its text is not ASCII');
      return data.toString('latin1');
    case UTF8:
      if (!isUtf8(data)) throw corrupt('its text is not UTF-8');
      return data.toString('utf8');
    case UTF16LE:
      if (data.length % 2 !== 0) throw corrupt('its UTF-16 text has half a character');
      return data.toString('utf16le');
    default:
      throw corrupt('its kind is unknown');
  }
}

/** A binary value. With `owned` it may be a view of `data`. */
export function decodeBytes(kind: number, data: Buffer, owned: boolean): unknown {
  if (kind === ARRAY_BUFFER) return exactCopy(data).buffer;
  const type = TYPED_ARRAYS.get(kind);
  const elementBytes = type?.BYTES_PER_ELEMENT ?? 1;
  if (data.byteLength % elementBytes !== 0) throw corrupt('it has a part of an element');
  const inPlace = owned && data.byteOffset % elementBytes === 0 && HOST_IS_LITTLE_ENDIAN;
  const source = inPlace ? data : littleEndian(exactCopy(data), kind, 0);
  if (kind === BUFFER) return source;
  if (kind === DATA_VIEW) return new DataView(source.buffer, source.byteOffset, source.byteLength);
  if (type === undefined) throw corrupt('its kind is unknown');
  return new type(source.buffer, source.byteOffset, source.byteLength / elementBytes);
}

/** A copy that owns its memory, outside of Node's shared pool. */
function exactCopy(data: Uint8Array): Buffer {
  const copy = Buffer.allocUnsafeSlow(data.byteLength);
  copy.set(data);
  return copy;
}

/** Turns the elements over where the host is big-endian; there is nothing to do on all others. */
export function littleEndian(bytes: Buffer, kind: number, from: number): Buffer {
  const elementBytes = TYPED_ARRAYS.get(kind)?.BYTES_PER_ELEMENT ?? 1;
  if (HOST_IS_LITTLE_ENDIAN || elementBytes === 1) return bytes;
  const elements = bytes.subarray(from);
  if (elementBytes === 2) elements.swap16();
  else if (elementBytes === 4) elements.swap32();
  else elements.swap64();
  return bytes;
}

export function corrupt(reason: string): OffloopError {
  return new OffloopError('ERR_CORRUPT', `raw payload: ${reason}`);
}
