import type { Report } from '../report-data.js';
import type { PoolRun } from './pool-effect.js';
/** Work that was measured with pools of several sizes and with all else the same. */
export declare function poolRuns({ results, tuning }: Report): PoolRun[];
