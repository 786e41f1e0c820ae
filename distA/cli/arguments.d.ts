/** `a, b` as two words. */
export declare function listOf(text: string): string[];
/** A number as it was typed, else `ERR_OPTION` that names the flag. Its bounds are checked where it is used. */
export declare function numberOf(flag: string): (text: string) => number;
/** The same for a list of numbers. */
export declare function numbersOf(flag: string): (text: string) => number[];
/** A flag that may be given more than once. */
export declare function collect(text: string, before: readonly string[] | undefined): string[];
