import type { BenchValue } from '../bench.js';
/** Values of several sizes for a chart over the size: those of the sample, else the beginnings of its largest. */
export declare function sizesOf(values: readonly BenchValue[]): BenchValue[];
