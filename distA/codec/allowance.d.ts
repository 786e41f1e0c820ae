import { type DecodeLimits } from './limits.js';
/** What of the limits one value has used while it is read. */
export declare class Allowance {
    #private;
    /** How many containers deep the reader is. */
    depth: number;
    constructor(limits: DecodeLimits);
    /** Items of containers that have been announced. */
    get itemCount(): number;
    /** A container begins. Whoever reads it takes {@link depth} back at its end. */
    enter(): void;
    /** So many levels come below this one. */
    levels(levels: number): void;
    items(count: number): void;
    string(characters: number): void;
    binary(bytes: number): void;
}
