/** Deepest nesting of containers (objects, arrays, maps, sets) that any codec writes or reads. */
export const MAX_DEPTH = 500;

/**
 * Largest bigint that the cbor and msgpack codecs write, in bits. cbor-x reads a longer one byte by byte, each time
 * shifting all that it has: one of 1 MB would take minutes.
 */
export const MAX_BIGINT_BITS = 8192;

/**
 * What a codec brings back as it was. Everything that is `false` is refused by `assertKeepable`, so that nothing is
 * lost silently. Kept by all codecs for structured data, and therefore not listed: null, booleans, strings, finite
 * numbers, arrays, plain objects. Refused by all of them: functions, symbols, class instances, boxed primitives,
 * objects with a `toJSON` method, cycles.
 */
export interface Keeps {
  /** The codec's name, for messages. */
  readonly codec: string;
  /** `-0` as `-0`. */
  readonly negativeZero: boolean;
  /** NaN, Infinity, -Infinity. */
  readonly nonFinite: boolean;
  /** bigint, at least up to {@link MAX_BIGINT_BITS}. */
  readonly bigint: boolean;
  /** bigint of any length. */
  readonly hugeBigint: boolean;
  /** Strings and keys with an unpaired surrogate. */
  readonly loneSurrogates: boolean;
  /** `undefined` inside an object, array, map or set. */
  readonly undefined: boolean;
  /** Missing elements of an array. */
  readonly holes: boolean;
  /** Date. */
  readonly date: boolean;
  /** A Date that holds no time. */
  readonly invalidDate: boolean;
  /** Dates so far away that their milliseconds do not survive being written as seconds. */
  readonly extremeDate: boolean;
  readonly regexp: boolean;
  readonly error: boolean;
  readonly map: boolean;
  readonly set: boolean;
  /** Node's Buffer, as a Buffer. */
  readonly buffer: boolean;
  /** Uint8Array, as a Uint8Array. */
  readonly uint8Array: boolean;
  /** The ten other typed arrays; not Float16Array. */
  readonly typedArray: boolean;
  readonly arrayBuffer: boolean;
  readonly dataView: boolean;
  /** An own key named `__proto__`. */
  readonly protoKey: boolean;
  /** A key named `__keys__`, in which cbor-x and msgpackr keep notes of their own. */
  readonly keysKey: boolean;
}

/** The switches of {@link Keeps}. */
export type Kept = Exclude<keyof Keeps, 'codec'>;

/** A {@link Keeps} of the things named, and of nothing else. All have one hidden class, which the walk needs. */
export function keepsOf(codec: string, kept: readonly Kept[]): Keeps {
  const has = new Set<Kept>(kept);
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
export const BUILT_INS: ReadonlyMap<unknown, Kept> = new Map<unknown, Kept>([
  [Date.prototype, 'date'],
  [RegExp.prototype, 'regexp'],
  [Map.prototype, 'map'],
  [Set.prototype, 'set'],
  [Buffer.prototype, 'buffer'],
  [Uint8Array.prototype, 'uint8Array'],
  [ArrayBuffer.prototype, 'arrayBuffer'],
  [DataView.prototype, 'dataView'],
  ...[Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError, AggregateError].map(
    (type): [unknown, Kept] => [type.prototype, 'error'],
  ),
  ...[Int8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array].map(
    (type): [unknown, Kept] => [type.prototype, 'typedArray'],
  ),
  ...[Float32Array, Float64Array, BigInt64Array, BigUint64Array].map((type): [unknown, Kept] => [
    type.prototype,
    'typedArray',
  ]),
]);

/** Whether a bigint is within {@link MAX_BIGINT_BITS}. */
export function isModestBigint(value: bigint): boolean {
  const rest = value >> BigInt(MAX_BIGINT_BITS);
  return rest === 0n || rest === -1n;
}

/** Whether a time in milliseconds survives being written as a float of seconds. */
export function survivesSeconds(time: number): boolean {
  return Math.round((time / 1000) * 1000) === time;
}
