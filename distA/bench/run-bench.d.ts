import { type BenchOptions } from './bench-settings.js';
import { type Report } from './report-data.js';
/**
 * Measures Offloop beside other ways of keeping values in Redis, on a real server, all in turns. Peers that are not installed
 * are skipped and named in the report. Rejects with `ERR_OPTION` for what it cannot follow, `ERR_CONNECTION`, `ERR_AUTH` and
 * the like where Redis cannot be used, and with the signal's reason where that fires.
 */
export declare function bench(options: BenchOptions): Promise<Report>;
