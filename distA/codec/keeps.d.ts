/** Deepest nesting of containers (objects, arrays, maps, sets) that any codec writes or reads. */
export declare const MAX_DEPTH = 500;
/**
 * Largest bigint that the cbor and msgpack codecs write, in bits. cbor-x reads a longer one byte by byte, each time
 * shifting all that it has: one of 1 MB would take minutes.
 */
export declare const MAX_BIGINT_BITS = 8192;
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
export declare function keepsOf(codec: string, kept: readonly Kept[]): Keeps;
/** The prototypes of the built-in classes that a codec may keep, each with its switch. */
export declare const BUILT_INS: ReadonlyMap<unknown, Kept>;
/** Whether a bigint is within {@link MAX_BIGINT_BITS}. */
export declare function isModestBigint(value: bigint): boolean;
/** Whether a time in milliseconds survives being written as a float of seconds. */
export declare function survivesSeconds(time: number): boolean;
