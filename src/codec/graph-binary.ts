import type { BINARY_KINDS } from './graph-format.js';

/** Makes a binary value of bytes that nobody else holds. */
interface Reviver {
  /** The bytes must be a multiple of this. */
  readonly elementBytes: number;
  from(bytes: ArrayBuffer): object;
}

/** By the name in `BINARY_KINDS`. */
export const BINARY_REVIVERS: Readonly<Record<(typeof BINARY_KINDS)[number], Reviver>> = {
  Buffer: { elementBytes: 1, from: (bytes) => Buffer.from(bytes) },
  ArrayBuffer: { elementBytes: 1, from: (bytes) => bytes },
  DataView: { elementBytes: 1, from: (bytes) => new DataView(bytes) },
  Uint8Array: { elementBytes: 1, from: (bytes) => new Uint8Array(bytes) },
  Uint8ClampedArray: { elementBytes: 1, from: (bytes) => new Uint8ClampedArray(bytes) },
  Int8Array: { elementBytes: 1, from: (bytes) => new Int8Array(bytes) },
  Uint16Array: { elementBytes: 2, from: (bytes) => new Uint16Array(bytes) },
  Int16Array: { elementBytes: 2, from: (bytes) => new Int16Array(bytes) },
  Uint32Array: { elementBytes: 4, from: (bytes) => new Uint32Array(bytes) },
  Int32Array: { elementBytes: 4, from: (bytes) => new Int32Array(bytes) },
  Float32Array: { elementBytes: 4, from: (bytes) => new Float32Array(bytes) },
  Float64Array: { elementBytes: 8, from: (bytes) => new Float64Array(bytes) },
  BigInt64Array: { elementBytes: 8, from: (bytes) => new BigInt64Array(bytes) },
  BigUint64Array: { elementBytes: 8, from: (bytes) => new BigUint64Array(bytes) },
};
