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
export const LAYOUT = 1;
/** Those that are read. */
export const LAYOUTS: readonly number[] = [LAYOUT];
/** Bytes before the table of bundles. */
export const HEAD_BYTES = 9;
/** Bytes of one row of the table of bundles. */
export const BUNDLE_ROW_BYTES = 5;

/** Most characters in a bundle of short strings. */
export const BUNDLE_CHARACTERS = 61_440;
/** Most characters of a string that is a piece of a bundle. */
export const SHORT_STRING_CHARACTERS = 1_024;
/**
 * The encoder gives a string longer than this a bundle of its own: it costs no more then, and what is beyond Latin-1 does not
 * make the bundle of all others a slow one.
 */
export const PIECE_CHARACTERS = 256;
/** An object with more keys than this is written as a dictionary: a reader for it would not be used again. */
export const SHAPE_KEYS = 64;
/** Stands between the keys of a shape. An object with a key that holds it is written as a dictionary. */
export const KEY_SEPARATOR = '\u0000';
/** How a bundle's characters are stored. */
export const ENCODING = { latin1: 0, utf8: 1, utf16le: 2 } as const;

/** Tags 0x00 to 0x5f are a string of that length, 0x60 to 0xbf an integer of 0 to 95, 0xe0 to 0xff a record. */
export const TAG = {
  smallInteger: 0x60,
  null: 0xc0,
  undefined: 0xc1,
  false: 0xc2,
  true: 0xc3,
  string16: 0xc4,
  longString: 0xc5,
  nextBundle: 0xc6,
  u8: 0xc7,
  u16: 0xc8,
  i8: 0xc9,
  i16: 0xca,
  i32: 0xcb,
  f64: 0xcc,
  bigint: 0xcd,
  date: 0xce,
  array: 0xcf,
  shape: 0xd0,
  record: 0xd1,
  dictionary: 0xd2,
  map: 0xd3,
  set: 0xd4,
  binary: 0xd5,
  text: 0xd6,
  bytes: 0xd7,
  smallRecord: 0xe0,
} as const;

/** For each tag, a value like those of it, as far as arrays are of different kinds. */
export const LIKE: readonly (string | number)[] = Array.from({ length: 256 }, (_, tag) => {
  if (tag === TAG.f64) return 0.5;
  const isInteger = (tag >= TAG.smallInteger && tag < TAG.null) || (tag >= TAG.u8 && tag <= TAG.i32);
  return isInteger ? 0 : '';
});

/** Lengths and small integers that fit into the tag byte: 0 to 95. */
export const INLINE_LIMIT = 0x60;
/** Records of the first shapes fit into the tag byte: 0 to 31. */
export const INLINE_SHAPES = 0x20;

/** What a binary value was, by the number after its tag. The order is part of the format. */
export const BINARY_KINDS = [
  'Buffer',
  'Uint8Array',
  'Uint8ClampedArray',
  'Int8Array',
  'Uint16Array',
  'Int16Array',
  'Uint32Array',
  'Int32Array',
  'Float32Array',
  'Float64Array',
  'BigInt64Array',
  'BigUint64Array',
  'ArrayBuffer',
  'DataView',
] as const;
