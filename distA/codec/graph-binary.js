import { BINARY_KINDS } from './graph-format.js';
/** By the name in `BINARY_KINDS`. */
export const BINARY_REVIVERS = {
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
/** By prototype, not by name: a class of the caller's may have any name. */
const kinds = new Map(BINARY_KINDS.map((name, index) => [
    name === 'Buffer' ? Buffer.prototype : globalThis[name].prototype,
    index,
]));
/** The number of a binary value's kind; undefined for any other. */
export function binaryKindOf(value) {
    return kinds.get(Object.getPrototypeOf(value));
}
/** The bytes of a genuine binary value, as a view of them; undefined for any other, whatever its prototype is. */
export function bytesOf(value) {
    if (ArrayBuffer.isView(value))
        return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
    return value instanceof ArrayBuffer ? new Uint8Array(value) : undefined;
}
