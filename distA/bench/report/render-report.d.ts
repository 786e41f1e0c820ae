import type { Report } from '../report-data.js';
/**
 * A report as one HTML page that holds all that it needs: it opens offline and requests nothing, which its
 * Content-Security-Policy also forbids. Every text of the run (names, commands, failures) is escaped.
 */
export declare function renderReport(report: Report): Promise<string>;
