import { type ColumnKind } from './columns-format.js';
/** A column as a stored batch describes it. */
export interface ColumnSchema {
    /** Its number in the batch. */
    readonly id: number;
    readonly kind: ColumnKind;
    /** Whether bits tell which of its values are null. */
    readonly isMasked: boolean;
    /** Whether its characters are in a bundle of their own. */
    readonly isWide: boolean;
    readonly set: SetSchema | undefined;
    /** Of lists their elements, of objects their values. */
    readonly item: ColumnSchema | undefined;
    /** Of objects: their keys. */
    readonly names: ColumnSchema | undefined;
}
export interface SetSchema {
    /** Its number among the columns of the batch: which shape each record has is stored like one. */
    readonly id: number;
    readonly columns: readonly ColumnSchema[];
    /** Of the columns. */
    readonly keys: readonly string[];
    /** Which columns the records of each shape have, in the order of their keys. */
    readonly shapes: readonly (readonly number[])[];
}
export interface BatchSchema {
    readonly root: SetSchema;
    /** How many numbers the columns and sets have. */
    readonly columns: number;
    /** How deep the rows are; a record is one level. */
    readonly levels: number;
}
/** Reads a schema; undefined where it is not one that an encoder writes. */
export declare function parseSchema(text: string): BatchSchema | undefined;
