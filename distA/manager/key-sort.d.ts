/** Keys in the order of Python: at once where they are few, else by a sort that is done step by step. */
export declare function sortKeys(keys: string[]): string[] | Generator<undefined, string[]>;
