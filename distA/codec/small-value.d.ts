/** Whether a value is small enough to be one of many in a batch, which is always read as a whole. Cyclic ones are not. */
export declare function isSmall(value: unknown): boolean;
