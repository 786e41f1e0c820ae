import { type Report } from '../report-data.js';
import { type TuneOptions } from './tune-settings.js';
/**
 * Finds the codec, compression, inline limit and pool that serve a sample best under a load, on this machine and a real Redis, in
 * about a minute. The report's `tuning.config` is what `RedisBackend.fromConfig` reads. Rejects with `ERR_OPTION` for what it
 * cannot follow, `ERR_CONNECTION`, `ERR_AUTH` and the like where Redis cannot be used, and with the signal's reason.
 */
export declare function tune(options: TuneOptions): Promise<Report>;
