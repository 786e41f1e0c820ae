/** The key of a lease on a key: in the slot of that, and the name of the channel where its end is told. */
export declare function leaseName(key: string): string;
/** A key that nobody else has, in the slot of another. */
export declare function temporaryName(key: string): string;
/**
 * What stands between braces in every key of the same slot: the key's own hash tag, else the key, else, where that holds a closing
 * brace, the first number that hashes to the slot.
 */
export declare function tagOf(key: string): string;
