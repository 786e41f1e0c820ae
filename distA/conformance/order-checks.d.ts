import { type Checks } from './assertions.js';
/** Operations at the same time, their order, and the end of a backend. */
export declare const orderChecks: Checks;
