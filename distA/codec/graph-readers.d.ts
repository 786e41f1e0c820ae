import type { Allocation } from './young-values.js';
/** Where a reader takes the values of a record from. */
export interface ValueSource {
    value(): unknown;
}
/** Makes the objects of one shape. */
export interface RecordReader {
    readonly keys: readonly string[];
    read(source: ValueSource): object;
}
/** The reader of a shape's name, shared by all payloads of this thread; undefined where it has too many keys. */
export declare function readerOf(name: string, allocation: Allocation): RecordReader | undefined;
/** Sets an own property, whatever its name means elsewhere. */
export declare function defineOwn(object: object, key: string, value: unknown): void;
