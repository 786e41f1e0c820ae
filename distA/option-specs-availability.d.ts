import type { OptionSpec } from './option-specs.js';
/** The options that decide how calls fare when Redis is slow or away. */
export declare const AVAILABILITY_SPECS: readonly OptionSpec[];
