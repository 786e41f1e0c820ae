import type { OffloopError } from '../errors.js';
import { type Keeps } from './keeps.js';
/**
 * Throws `ERR_VALUE` with the path and the reason of the first part of `value` that a codec with these `keeps`
 * would lose. Costs 0.5 to 0.8 ms per MB of JSON text for lists of records (Node 20 to 26), since it notes no paths:
 * only a value that fails is walked again with them.
 *
 * Not part of the data, and so neither kept nor refused: symbol keys, non-enumerable properties, and named
 * properties on arrays and on other built-ins. Accessors count as the value that they return.
 */
export declare function assertKeepable(value: unknown, keeps: Keeps): void;
/**
 * The error for a value that is known not to be keepable: the slow walk alone. Code `ERR_VALUE`. Where the walk
 * finds nothing (the value changed meanwhile), the error says so.
 */
export declare function explainLoss(value: unknown, keeps: Keeps): OffloopError;
/** Whether {@link assertKeepable} passes. */
export declare function keepsAll(value: unknown, keeps: Keeps): boolean;
