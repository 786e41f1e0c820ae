/** Keys that a careless backend confuses, cuts or reads as a pattern. */
export declare const KEYS: readonly string[];
/** What JSON keeps. */
export declare function plainValues(): unknown[];
/** What JSON does not keep, and a good backend does. */
export declare function richValues(): unknown[];
/** What one codec or another changes without a word. */
export declare function treacherousValues(): unknown[];
