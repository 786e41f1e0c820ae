import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
const run = promisify(execFile);
/** The key of its own tests, written as it is unless it is told to vary it. */
export const BENCHMARK_KEY = 'key:__rand_int__';
/**
 * Runs `redis-benchmark`. Rejects where it is not on the PATH, and for a URL with credentials or TLS: a password
 * would have to go on its command line, where every user of the machine can read it.
 */
export async function redisBenchmark(options) {
    const { protocol, hostname, port, pathname, username, password } = new URL(options.url);
    if (protocol !== 'redis:' || username !== '' || password !== '') {
        throw new Error('redis-benchmark is run only against a plain redis:// URL without credentials');
    }
    const flags = {
        '-h': hostname,
        '-p': port || '6379',
        '--dbnum': pathname.slice(1) || '0',
        '-t': options.command,
        '-d': String(options.bytes),
        '-c': String(options.clients),
        '-n': String(options.requests),
    };
    const { stdout } = await run('redis-benchmark', [...Object.entries(flags).flat(), '--csv'], {
        timeout: options.timeoutMs,
    }).catch((error) => {
        const killed = error instanceof Error && 'killed' in error && error.killed === true;
        throw killed ? new Error(`it had not ended after ${options.timeoutMs} ms`) : error;
    });
    const lines = stdout
        .trim()
        .split('\n')
        .map((line) => line.replaceAll('"', '').split(','));
    const header = lines.find((line) => line[0] === 'test');
    const row = lines.find((line) => line[0]?.toLowerCase() === options.command);
    const column = (name) => {
        const value = Number(row?.[header?.indexOf(name) ?? -1]);
        if (!Number.isFinite(value))
            throw new Error(`redis-benchmark printed no ${name}; 7.0 or later does`);
        return value;
    };
    return { throughput: column('rps'), p50Ms: column('p50_latency_ms'), p99Ms: column('p99_latency_ms') };
}
