/** Puts Chart.js beside the code that writes it into reports: a report needs its text, and users no dependency more. */
import { copyFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const entry = fileURLToPath(import.meta.resolve('chart.js'));
const folder = new URL('../dist/bench/report/', import.meta.url);
await copyFile(entry.replace(/chart\.js$/, 'chart.umd.min.js'), new URL('chart.umd.min.cjs', folder));
await copyFile(entry.replace(/dist[\\/]chart\.js$/, 'LICENSE.md'), new URL('chart.license.md', folder));
