import { REPORT_FORMAT } from './report-data.js';
/** Whether a document is a report of a run, of the version that this release writes. */
export function isReport(value) {
    if (typeof value !== 'object' || value === null)
        return false;
    const { format, environment, results } = value;
    return (format === REPORT_FORMAT &&
        Array.isArray(results) &&
        typeof environment === 'object' &&
        environment !== null);
}
