/**
 * The payload of the `columns` codec is that of `graph` with {@link COLUMNS_LAYOUT} in its first byte and three more tags:
 * {@link BATCH_TAG} stands for the next elements of an array, all of them records, stored column by column,
 * {@link NUMBERS_TAG} for elements that are numbers, and {@link TUPLES_TAG} for elements that are lists of as many numbers each.
 * docs/frame.md has the table.
 */
export const COLUMNS_LAYOUT = 3;
/** Those that are read: the one before had no steps. */
export const COLUMNS_LAYOUTS: readonly number[] = [COLUMNS_LAYOUT, 2];
export const BATCH_TAG = 0xd8;
/** The next elements of an array, all of them numbers. */
export const NUMBERS_TAG = 0xd9;
/** The next elements of an array, all of them lists of so many numbers. */
export const TUPLES_TAG = 0xda;
/** Most numbers behind one tag. */
export const RUN_NUMBERS = 4_096;
/** Most numbers in a list that is stored with its neighbours. */
export const TUPLE_NUMBERS = 16;

/** Most rows of a batch. */
export const BATCH_ROWS = 1_024;
/** Most shapes of the records of a batch, and of those of a column of records. */
export const SET_SHAPES = 32;
/** Most columns of a batch, with those of nested records; each set of records counts as one more. */
export const BATCH_COLUMNS = 1_024;
/** Most levels of records and lists in a batch. */
export const BATCH_LEVELS = 8;
/** Containers that a batch may be in. With what it may hold it stays well below the 500 that a value may have. */
export const DEEPEST_BATCH = 64;
/** Cells that a batch may announce for each of its bytes, so that a few bytes cannot ask for much memory. */
export const CELLS_PER_BYTE = 4;

/**
 * The kind of a column, as its letter in the schema. A `?` before it: bits tell which values are null. Strings of a
 * lower-case letter are in the bundle of the batch, those of an upper-case letter in one of their own.
 */
export const COLUMN_LETTER = {
  null: 'z',
  number: 'n',
  string: 's',
  /** A string from a table of those that the batch has. */
  dictionary: 'd',
  boolean: 'b',
  date: 't',
  record: 'r',
  list: 'l',
  /** Records of ever other keys. */
  object: 'o',
  any: 'a',
} as const;

export type ColumnKind = keyof typeof COLUMN_LETTER;

/**
 * How numbers are stored: what all have in common, differences from the least, as floats; bits that tell which are
 * whole, then those, then the others; or the first, then the steps from each to the next.
 */
export const NUMBERS = { same: 0, u8: 1, u16: 2, u32: 3, f32: 4, f64: 5, mixed: 6, steps: 7 } as const;

/** The least bytes of the columns of a batch, of so many rows and cells in all: a row takes a byte, as an element of an array does. */
export function leastBytes(rows: number, cells: number): number {
  return Math.max(rows, Math.ceil(cells / CELLS_PER_BYTE));
}
