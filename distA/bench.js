export { isReport } from './bench/read-report.js';
export { sampleRedis } from './bench/redis-sample.js';
export { renderReport } from './bench/report/render-report.js';
export { bench } from './bench/run-bench.js';
export { loadSample } from './bench/sample.js';
export { tune } from './bench/tune/run-tune.js';
