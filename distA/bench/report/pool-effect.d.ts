import { type MetricId } from '../metrics.js';
import type { Summary } from '../statistics.js';
/** What was measured with one size of the pool. */
export interface PoolStep {
    readonly threads: number;
    readonly figures: Readonly<Partial<Record<MetricId, Summary>>>;
}
/** The same work with pools of several sizes. */
export interface PoolRun {
    readonly what: string;
    readonly steps: readonly PoolStep[];
}
/** What more threads did to one figure. */
export interface PoolEffect {
    readonly what: string;
    readonly from: number;
    readonly to: number;
    readonly metric: 'throughput' | 'waitMeanMs';
    readonly before: number;
    readonly after: number;
    /** Holds the ratio with 95 % confidence, as of a comparison of two runs. */
    readonly interval: readonly [low: number, high: number];
    readonly verdict: 'helps' | 'makes no difference' | 'makes it worse';
}
/** From each size of the pool to the next, whether it helps. A pure decision; what lies within the noise makes no difference. */
export declare function poolEffects(runs: readonly PoolRun[]): PoolEffect[];
