/**
 * The payload of the `columns` codec is that of `graph` with {@link COLUMNS_LAYOUT} in its first byte and three more tags:
 * {@link BATCH_TAG} stands for the next elements of an array, all of them records, stored column by column,
 * {@link NUMBERS_TAG} for elements that are numbers, and {@link TUPLES_TAG} for elements that are lists of as many numbers each.
 * docs/frame.md has the table.
 */
export declare const COLUMNS_LAYOUT = 2;
export declare const BATCH_TAG = 216;
/** The next elements of an array, all of them numbers. */
export declare const NUMBERS_TAG = 217;
/** The next elements of an array, all of them lists of so many numbers. */
export declare const TUPLES_TAG = 218;
/** Most numbers behind one tag. */
export declare const RUN_NUMBERS = 4096;
/** Most numbers in a list that is stored with its neighbours. */
export declare const TUPLE_NUMBERS = 16;
/** Most rows of a batch. */
export declare const BATCH_ROWS = 1024;
/** Most shapes of the records of a batch, and of those of a column of records. */
export declare const SET_SHAPES = 32;
/** Most columns of a batch, with those of nested records; each set of records counts as one more. */
export declare const BATCH_COLUMNS = 1024;
/** Most levels of records and lists in a batch. */
export declare const BATCH_LEVELS = 8;
/** Containers that a batch may be in. With what it may hold it stays well below the 500 that a value may have. */
export declare const DEEPEST_BATCH = 64;
/** Cells that a batch may announce for each of its bytes, so that a few bytes cannot ask for much memory. */
export declare const CELLS_PER_BYTE = 4;
/**
 * The kind of a column, as its letter in the schema. A `?` before it: bits tell which values are null. Strings of a
 * lower-case letter are in the bundle of the batch, those of an upper-case letter in one of their own.
 */
export declare const COLUMN_LETTER: {
    readonly null: 'z';
    readonly number: 'n';
    readonly string: 's';
    /** A string from a table of those that the batch has. */
    readonly dictionary: 'd';
    readonly boolean: 'b';
    readonly date: 't';
    readonly record: 'r';
    readonly list: 'l';
    /** Records of ever other keys. */
    readonly object: 'o';
    readonly any: 'a';
};
export type ColumnKind = keyof typeof COLUMN_LETTER;
/**
 * How numbers are stored: what all have in common, differences from the least, as floats; or bits that tell which are
 * whole, then those, then the others.
 */
export declare const NUMBERS: {
    readonly same: 0;
    readonly u8: 1;
    readonly u16: 2;
    readonly u32: 3;
    readonly f32: 4;
    readonly f64: 5;
    readonly mixed: 6;
};
/** The least bytes of the columns of a batch, of so many rows and cells in all: a row takes a byte, as an element of an array does. */
export declare function leastBytes(rows: number, cells: number): number;
