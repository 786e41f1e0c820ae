import { type Checks } from './assertions.js';
/** What becomes of values. Without `richTypes` every type beyond JSON may be refused, but not changed. */
export declare function valueChecks(richTypes: boolean): Checks;
