import { type Bench } from './bench.js';
import type { MetricId } from './metrics.js';
export declare const LATENCY_COLUMNS: readonly MetricId[];
type Operation = 'get' | 'set' | 'mixed';
/** Gets, sets and mixes of both, at every size of the run or with every value of the user's. */
export declare function runGetSet(bench: Bench, operations: readonly Operation[]): Promise<void>;
/** Gets and sets of 1 KB by 200 callers at once: where pipelining decides. */
export declare function runCallers(bench: Bench): Promise<void>;
export {};
