/** The version of the report's JSON document. */
export const REPORT_FORMAT = 1;
