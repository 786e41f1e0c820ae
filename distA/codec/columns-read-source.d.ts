import type { SetSchema } from './columns-schema.js';
import type { MakingCode } from './making-code.js';
/**
 * The body that returns a function of a batch's data, an array of rows, an index and a count, which makes so many rows there. It
 * needs `setField`. Of the stored bytes it takes the kinds of columns, and the keys, quoted.
 */
export declare function readSource(root: SetSchema, making: MakingCode): string;
