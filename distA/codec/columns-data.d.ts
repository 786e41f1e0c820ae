/** Memory for the columns of one batch after another, which grows as it is claimed. */
declare class Cells<T extends Float64Array | Int32Array | Uint8Array> {
    #private;
    /** Another one after the next claim. */
    array: T;
    constructor(make: (length: number) => T);
    begin(): void;
    end(): void;
    /** Room for so many cells: where they begin. */
    claim(count: number): number;
}
/** The columns of one batch as they have been read, by the numbers of the columns. */
export declare class ColumnData {
    #private;
    /** Numbers and dates. */
    readonly numbers: Cells<Float64Array<ArrayBuffer>>;
    /** Lengths, numbers of shapes, places in dictionaries. */
    readonly integers: Cells<Int32Array<ArrayBuffer>>;
    /** Booleans, and which values are not null: 1 or 0. */
    readonly bits: Cells<Uint8Array<ArrayBuffer>>;
    /** Where a column's next value is: among the numbers, integers, bits or values. */
    at: Int32Array<ArrayBuffer>;
    /** Where its next bit is, of those that tell what is not null. */
    mask: Int32Array<ArrayBuffer>;
    /** Where its next characters are. */
    from: Int32Array<ArrayBuffer>;
    texts: string[];
    tables: (readonly string[])[];
    values: (readonly unknown[])[];
    /** Begins a batch of so many columns. */
    begin(columns: number): void;
    /** What is left of a batch must not stay in memory. */
    end(): void;
}
export {};
