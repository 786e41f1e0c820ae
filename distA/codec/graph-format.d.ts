/**
 * The payload of the `graph` codec, little-endian. Strings do not stand between the values: short ones are
 * gathered in bundles of at most {@link BUNDLE_CHARACTERS}, since one string of 60 KB crosses the border between
 * JavaScript and bytes at memory speed, and 5,000 of 12 characters do not. A bundle is kept small because a piece
 * that a caller keeps may hold on to all of it.
 *
 * ```
 * u8 layout (1) | u32 bundle count | u32 length of ops | (u8 encoding, u32 bytes) per bundle | bundles | ops
 * ```
 *
 * `ops` is one value: a tag byte, then what the table of docs/frame.md says.
 */
export declare const LAYOUT = 1;
/** Bytes before the table of bundles. */
export declare const HEAD_BYTES = 9;
/** Bytes of one row of the table of bundles. */
export declare const BUNDLE_ROW_BYTES = 5;
/** Most characters in a bundle of short strings. */
export declare const BUNDLE_CHARACTERS = 61440;
/** Most characters of a string that is a piece of a bundle. */
export declare const SHORT_STRING_CHARACTERS = 1024;
/**
 * The encoder gives a string longer than this a bundle of its own: it costs no more then, and what is not ASCII does not
 * make the bundle of all others a slow one.
 */
export declare const PIECE_CHARACTERS = 256;
/** An object with more keys than this is written as a dictionary: a reader for it would not be used again. */
export declare const SHAPE_KEYS = 64;
/** Stands between the keys of a shape. An object with a key that holds it is written as a dictionary. */
export declare const KEY_SEPARATOR = "\0";
/** How a bundle's characters are stored. */
export declare const ENCODING: {
    readonly latin1: 0;
    readonly utf8: 1;
    readonly utf16le: 2;
};
/** Tags 0x00 to 0x5f are a string of that length, 0x60 to 0xbf an integer of 0 to 95, 0xe0 to 0xff a record. */
export declare const TAG: {
    readonly smallInteger: 96;
    readonly null: 192;
    readonly undefined: 193;
    readonly false: 194;
    readonly true: 195;
    readonly string16: 196;
    readonly longString: 197;
    readonly nextBundle: 198;
    readonly u8: 199;
    readonly u16: 200;
    readonly i8: 201;
    readonly i16: 202;
    readonly i32: 203;
    readonly f64: 204;
    readonly bigint: 205;
    readonly date: 206;
    readonly array: 207;
    readonly shape: 208;
    readonly record: 209;
    readonly dictionary: 210;
    readonly map: 211;
    readonly set: 212;
    readonly binary: 213;
    readonly text: 214;
    readonly bytes: 215;
    readonly smallRecord: 224;
};
/** For each tag, a value like those of it, as far as arrays are of different kinds. */
export declare const LIKE: readonly (string | number)[];
/** Lengths and small integers that fit into the tag byte: 0 to 95. */
export declare const INLINE_LIMIT = 96;
/** Records of the first shapes fit into the tag byte: 0 to 31. */
export declare const INLINE_SHAPES = 32;
/** What a binary value was, by the number after its tag. The order is part of the format. */
export declare const BINARY_KINDS: readonly ['Buffer', 'Uint8Array', 'Uint8ClampedArray', 'Int8Array', 'Uint16Array', 'Int16Array', 'Uint32Array', 'Int32Array', 'Float32Array', 'Float64Array', 'BigInt64Array', 'BigUint64Array', 'ArrayBuffer', 'DataView'];
