import { type Allocation } from './young-values.js';
/** Writes the expressions of generated code that make objects and lists. Of stored bytes they have the keys, quoted. */
export interface MakingCode {
    /** An object of these keys and the values of these expressions, at once: several times as fast as key by key. */
    object(keys: readonly string[], values: readonly string[]): string;
    /** A list of the values of these expressions. */
    list(items: readonly string[]): string;
    /** A list of a length, every item of which is set afterwards, the first of them to what is like `first`. */
    emptyList(length: string, first: string): string;
    /** The function of generated code that a body returns, in which the expressions stand. Undefined where the process forbids it. */
    compile(parameters: Readonly<Record<string, unknown>>, body: string): unknown;
}
/** New code of a kind. */
export declare function makingCode(allocation: Allocation): MakingCode;
