import type { MetricId } from './metrics.js';
import type { Result } from './result.js';
/** A figure that was asked to stay within a bound, and what it was. */
export interface ThresholdOutcome {
    /** As it was given, like `get.1MB.wait.p99 > 5ms`: the run fails where it is true. */
    readonly text: string;
    /** In milliseconds, bytes or calls a second; absent where no such figure was measured, which fails too. */
    readonly measured?: number;
    readonly failed: boolean;
}
/** A condition under which a run fails. */
export interface Threshold {
    readonly text: string;
    readonly operation: string;
    /** Absent: any size. */
    readonly bytes: number | undefined;
    readonly metric: MetricId;
    readonly above: boolean;
    /** In milliseconds, bytes or calls a second. */
    readonly bound: number;
}
/** What may stand between the operation and the comparison. */
export declare const THRESHOLD_METRICS: {
    readonly 'wait.mean': 'waitMeanMs';
    readonly 'wait.p99': 'waitP99Ms';
    readonly 'wait.max': 'waitMaxMs';
    readonly 'latency.p50': 'p50Ms';
    readonly 'latency.p99': 'p99Ms';
    readonly 'latency.p999': 'p999Ms';
    readonly 'latency.max': 'maxMs';
    readonly cpu: 'mainCpuMs';
    readonly throughput: 'throughput';
    readonly stored: 'storedBytes';
    readonly memory: 'peakRssBytes';
    readonly clear: 'clearMs';
    readonly 'busy.p99': 'busyP99Ms';
};
/**
 * Reads `operation[.size].metric > number[unit]` (or `<`), like `get.1MB.wait.p99 > 5ms`, `set.throughput < 100/s` or
 * `get.64KB.stored > 70KB`. Units are µs, us, ms, s, B, KB, MB, GB and /s. Throws `ERR_OPTION`.
 */
export declare function parseThreshold(text: string): Threshold;
/** Each threshold against Offloop's rows; where several results fit, the worst of them counts. */
export declare function checkThresholds(thresholds: readonly Threshold[], results: readonly Result[]): ThresholdOutcome[];
