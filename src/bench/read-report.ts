import { REPORT_FORMAT, type Report } from './report-data.js';

/** Whether a document is a report of a run, of the version that this release writes. */
export function isReport(value: unknown): value is Report {
  if (typeof value !== 'object' || value === null) return false;
  const { format, environment, settings, results }: Partial<Record<keyof Report, unknown>> = value;
  return (
    format === REPORT_FORMAT &&
    Array.isArray(results) &&
    typeof environment === 'object' &&
    environment !== null &&
    typeof settings === 'object' &&
    settings !== null
  );
}
