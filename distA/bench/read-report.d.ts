import { type Report } from './report-data.js';
/** Whether a document is a report of a run, of the version that this release writes. */
export declare function isReport(value: unknown): value is Report;
