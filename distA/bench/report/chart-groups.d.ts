import type { Report } from '../report-data.js';
import type { ChartSpec } from './chart-spec.js';
/** Charts that answer one question. */
export interface ChartGroup {
    readonly id: string;
    readonly heading: string;
    /** How to read them. */
    readonly lead: string;
    readonly charts: readonly ChartSpec[];
}
/** Every chart that a report has the figures for, the most asked for first. */
export declare function chartGroups(report: Report): ChartGroup[];
