import { type Checks } from './assertions.js';
/** Keys, misses, deletes, clears and TTLs. */
export declare const entryChecks: Checks;
