import { OffloopError } from '../errors.js';
import { type Keeps } from './keeps.js';
/**
 * The error for the first part of `value` that would be lost, in the order in which `assertKeepable` meets them;
 * `undefined` where all is kept.
 */
export declare function findLoss(value: unknown, keeps: Keeps): OffloopError | undefined;
/** The error where a value was refused and then, walked again, was found in order. */
export declare function changedMeanwhile(): OffloopError;
