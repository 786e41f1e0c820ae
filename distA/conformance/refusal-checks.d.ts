import { type Checks } from './assertions.js';
/** What a caller must not be able to do: change what is stored from outside, or store what is none. */
export declare const refusalChecks: Checks;
