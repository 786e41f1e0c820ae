/** Packed numbers, and where they go. */
export interface Unpacking {
    /** The bytes of the segment, up to its end. */
    readonly bytes: Uint8Array;
    /** Of the same: whole numbers of one or two bytes are faster to read without it, all else with it. */
    readonly view: DataView;
    readonly position: number;
    readonly target: Float64Array | Int32Array | Uint8Array;
    readonly start: number;
    readonly count: number;
}
/** Reads numbers. The position behind them; -1 where there are none such. Throws a RangeError where bytes are missing. */
export declare function unpackNumbers(unpacking: Unpacking): number;
/** What {@link unpackIntegers} has read. */
export interface IntegerRun {
    /** The position behind them; -1 where there are none such, or one of them is negative. */
    end: number;
    sum: number;
    /** 0 where there are none. */
    largest: number;
}
/**
 * Reads whole numbers from 0 to 2^31 - 1, and says what they come to: those of one or two bytes, which most are, in one go and by
 * whole-number arithmetic. Throws a RangeError where bytes are missing.
 */
export declare function unpackIntegers(unpacking: Unpacking & {
    readonly target: Int32Array;
}, run: IntegerRun): void;
/** Whether some of the numbers of a form may be no whole ones. */
export declare function isFloatForm(form: number | undefined): boolean;
/** Reads bits, and spreads them to a byte each. How many of them are 1. Throws a RangeError where bytes are missing. */
export declare function unpackBits({ bytes, position, target, start, count, }: Omit<Unpacking, 'view'> & {
    readonly target: Uint8Array;
}): number;
