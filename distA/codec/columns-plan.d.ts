import { type ColumnKind } from './columns-format.js';
/** A longer string makes its record one that no batch takes: it is copied at memory speed without columns. */
export declare const BATCH_STRING_CHARACTERS = 8192;
/** Most entries of a dictionary. */
export declare const DICTIONARY_ENTRIES = 255;
/** What the values of a column have in common, as far as they have been looked at. */
export declare class ColumnPlan {
    #private;
    /** How they are written. */
    written: ColumnKind;
    /** Values that have been looked at. */
    looked: number;
    /** More different strings have come than a dictionary has room for. */
    overflowed: boolean;
    /** Not all of its strings are ASCII. */
    wide: boolean;
    constructor(level: number);
    /** Of records. */
    get set(): SetPlan;
    /** Of lists their elements, of objects their values. */
    get item(): ColumnPlan;
    /** Of objects: their keys. */
    get names(): ColumnPlan;
    /** Takes a value into account. */
    absorb(value: unknown): void;
    /** Decides how its values are written: strings that come again and again as a dictionary, sparse records as they are. */
    settle(): void;
    /** Bytes that one of its values takes, about, as far as they have been looked at. */
    get bytes(): number;
    /** Whether bits tell which of its values are null. */
    get isMasked(): boolean;
    /** As it stands in the schema. */
    get schema(): string;
}
/** One order of keys that records of a set have. */
export interface SetShape {
    readonly keys: readonly string[];
    readonly columns: readonly ColumnPlan[];
}
/** Records that are stored together: their columns, by key, and which of these each shape has, in which order. */
export declare class SetPlan {
    #private;
    readonly columns: Map<string, ColumnPlan>;
    readonly shapes: SetShape[];
    constructor(level: number);
    /** Whether one of its shapes is that of this record. */
    knows(record: object): boolean;
    /** Takes a record into account. False where it does not fit among the others. */
    absorb(record: object): boolean;
    /** Decides how each column is written. */
    settle(): void;
    /** Whether the records have most of the columns. A dictionary, of which each has other keys, is no set of records. */
    get isDense(): boolean;
    /** Bytes that a record takes, about. */
    get bytes(): number;
    /** Columns behind each other, then the shapes by the numbers of their columns. */
    get schema(): string;
}
