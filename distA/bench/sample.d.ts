import type { BenchValue } from './bench.js';
/** Values that stand for what a user caches. */
export interface Sample {
    /** A file's name or a pattern: what a report calls it. */
    readonly source: string;
    readonly values: readonly BenchValue[];
}
/**
 * Reads values from a JSON file (one value), an NDJSON or JSON Lines file (a value a line), a directory of such files, or
 * a JavaScript module whose default export is an array, an iterable, or a function that gives one (a generator).
 * Keeps at most 256 values and 512 MB of JSON text, of a longer sample every n-th. Only reads. Rejects with `ERR_OPTION`.
 */
export declare function loadSample(path: string): Promise<Sample>;
/** Values as a sample: each must be JSON or what a codec keeps; throws `ERR_OPTION` for none. */
export declare function sampleOf(values: readonly unknown[], source: string): BenchValue[];
