/** Deepest nesting of containers (objects, arrays, maps, sets) that any codec writes or reads. */
export const MAX_DEPTH = 500;
/**
 * Largest bigint that the cbor and msgpack codecs write, in bits. cbor-x reads a longer one byte by byte, each time
 * shifting all that it has: one of 1 MB would take minutes.
 */
export const MAX_BIGINT_BITS = 8192;
/** A {@link Keeps} of the things named, and of nothing else. All have one hidden class, which the walk needs. */
export function keepsOf(codec, kept) {
    const has = new Set(kept);
    return Object.freeze({
        codec,
        negativeZero: has.has('negativeZero'),
        nonFinite: has.has('nonFinite'),
        bigint: has.has('bigint'),
        hugeBigint: has.has('hugeBigint'),
        loneSurrogates: has.has('loneSurrogates'),
        undefined: has.has('undefined'),
        holes: has.has('holes'),
        date: has.has('date'),
        invalidDate: has.has('invalidDate'),
        extremeDate: has.has('extremeDate'),
        regexp: has.has('regexp'),
        error: has.has('error'),
        map: has.has('map'),
        set: has.has('set'),
        buffer: has.has('buffer'),
        uint8Array: has.has('uint8Array'),
        typedArray: has.has('typedArray'),
        arrayBuffer: has.has('arrayBuffer'),
        dataView: has.has('dataView'),
        protoKey: has.has('protoKey'),
        keysKey: has.has('keysKey'),
    });
}
/** The prototypes of the built-in classes that a codec may keep, each with its switch. */
export const BUILT_INS = new Map([
    [Date.prototype, 'date'],
    [RegExp.prototype, 'regexp'],
    [Map.prototype, 'map'],
    [Set.prototype, 'set'],
    [Buffer.prototype, 'buffer'],
    [Uint8Array.prototype, 'uint8Array'],
    [ArrayBuffer.prototype, 'arrayBuffer'],
    [DataView.prototype, 'dataView'],
    ...[Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError, AggregateError].map((type) => [type.prototype, 'error']),
    ...[Int8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array].map((type) => [type.prototype, 'typedArray']),
    ...[Float32Array, Float64Array, BigInt64Array, BigUint64Array].map((type) => [
        type.prototype,
        'typedArray',
    ]),
]);
/** Whether a bigint is within {@link MAX_BIGINT_BITS}. */
export function isModestBigint(value) {
    const rest = value >> BigInt(MAX_BIGINT_BITS);
    return rest === 0n || rest === -1n;
}
/** Whether a time in milliseconds survives being written as a float of seconds. */
export function survivesSeconds(time) {
    return Math.round((time / 1000) * 1000) === time;
}
