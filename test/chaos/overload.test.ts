import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { RedisBackend } from '../../dist/index.js';
import { largest } from '../support/call-ledger.js';
import { MortalRedis } from '../support/mortal-redis.js';
import { type Item, scorecard } from '../support/scorecard.js';

const MB = 1024 * 1024;
const INDEX = new URL('../../dist/index.js', import.meta.url).href;
const OPERATIONS = 1_000;
/** What a failing caller may be told when too much is asked for. */
const OVERLOAD = ['ERR_OVERLOADED', 'ERR_TIMEOUT', 'ERR_CONNECTION'];

async function server(item: Item): Promise<MortalRedis> {
  const redis = await MortalRedis.start();
  item.defer(() => redis.stop());
  return redis;
}

scorecard(23, '100,000 × 1 MB at once: a typed overload error, RSS bounded, normal in 5 s', async (item) => {
  const redis = await server(item);
  const cap = 64 * MB;
  const cache = new RedisBackend({
    url: redis.url,
    timeoutMs: 5_000,
    pool: { maxBytesInFlight: cap, maxQueue: 1_000 },
  });
  item.defer(() => cache.close());
  const value = Buffer.alloc(MB, 'x');
  await cache.set('warm', value);
  const before = process.memoryUsage.rss();
  let most = 0;
  let inFlight = 0;
  const look = (): void => {
    most = Math.max(most, process.memoryUsage.rss() - before);
    inFlight = Math.max(inFlight, cache.stats().pool.bytesInFlight);
  };
  const watch = setInterval(look, 5);
  const all = item.scale(100_000, 10_000);
  const sets = Array.from({ length: all }, (_, index) =>
    item.calls.run(() => cache.set(`k${index % 100}-${index}`, value)),
  );
  look();
  const outcomes = await Promise.all(sets);
  clearInterval(watch);
  look();
  const began = performance.now();
  for (let back = false; !back && performance.now() - began < 10_000; await sleep(10)) {
    const { ok } = await item.calls.run(() => cache.set('after', value));
    const { running, queued, bytesInFlight } = cache.stats().pool;
    back = ok && running + queued + bytesInFlight === 0;
  }
  const strange = Object.keys(item.calls.codes).filter((code) => !OVERLOAD.includes(code));
  item.note('sets', all);
  item.note('stored', outcomes.filter(({ ok }) => ok).length);
  item.atLeast('rejected as overload', item.calls.codes.ERR_OVERLOADED ?? 0, [1]);
  item.none('rejected with a code that says nothing of it', strange.length);
  item.note('the longest', Math.round(largest(outcomes.map(({ ms }) => ms))), 'ms');
  item.atMost('bytes in flight', Math.round(inFlight / MB), [cap / MB, 'MB']);
  item.atMost('RSS grew by (four times the bytes in flight + 256 MB)', Math.round(most / MB), [512, 'MB']);
  item.atMost('back to normal', Math.round(performance.now() - began), [5_000, 'ms']);
});

/** What the process under test prints at its end. */
interface Report {
  readonly settled: number;
  readonly untyped: number;
  readonly later: string;
  readonly closes: number;
  readonly threadsLeft: number;
}

/** Runs operations, closes twice while they are in flight, and looks around afterwards. */
const PROGRAM = `
  import { readdirSync } from 'node:fs';
  import { OffloopError, RedisBackend } from '${INDEX}';
  import { setTimeout as sleep } from 'node:timers/promises';
  const [url, operations, timeout] = process.argv.slice(-3);
  process.on('unhandledRejection', () => process.exit(9));
  const tasks = () => process.platform === 'linux' ? readdirSync('/proc/self/task').length : 0;
  const early = new RedisBackend({ url });
  await early.set('warm', 1);
  await early.close();
  await Promise.all(Array.from({ length: 16 }, () => import('node:fs/promises').then((fs) => fs.stat('/'))));
  const before = tasks();
  const cache = new RedisBackend({ url, timeoutMs: Number(timeout) });
  const large = Buffer.alloc(200_000, 1);
  await cache.set('large', large);
  console.log('begins');
  let settled = 0, untyped = 0;
  const calls = Array.from({ length: Number(operations) }, (_, i) => {
    const call = i % 20 === 0 ? cache.set('k' + i, large) : i % 20 === 1 ? cache.get('large')
      : i % 3 === 0 ? cache.set('k' + i, i) : cache.get('k' + (i - 1));
    return call.catch((error) => { if (!(error instanceof OffloopError)) untyped++; }).finally(() => settled++);
  });
  const closes = [cache.close(), cache.close()];
  const later = await cache.get('k').catch((error) => error.code);
  await Promise.all(closes);
  const atClose = settled;
  await cache.close();
  await sleep(500);
  await cache.set('k', large).catch(() => 0);
  await sleep(500);
  console.log(JSON.stringify({ settled: atClose, untyped, later, closes: closes.length, threadsLeft: tasks() - before }));
`;

scorecard(24, 'close() with 1,000 operations in flight: all settle, the process exits', async (item) => {
  const redis = await server(item);
  for (const state of ['as it is', 'frozen']) {
    const { code, report, afterReport, output } = await run([redis.url, item.scale(5_000, 2_500)], () => {
      if (state === 'frozen') redis.freeze();
    });
    redis.thaw();
    if (!report) throw new Error(`the process ended with ${code}: ${output}`);
    item.none(`operations that did not settle, Redis ${state}`, OPERATIONS - report.settled);
    item.none(`foreign errors, Redis ${state}`, report.untyped);
    item.none(`later calls that are not ERR_CLOSED, Redis ${state}`, report.later === 'ERR_CLOSED' ? 0 : 1);
    item.none(`threads that are left or came back, Redis ${state}`, Math.max(0, report.threadsLeft));
    item.none(`exit code, Redis ${state}`, code ?? -1);
    item.atMost(`exit after the last line, Redis ${state}`, Math.round(afterReport), [500, 'ms']);
  }
});

interface Ended {
  readonly code: number | null;
  readonly report: Report | undefined;
  /** Milliseconds from the report to the end. */
  readonly afterReport: number;
  readonly output: string;
}

function run([url, timeoutMs]: readonly [string, number], whenItBegins: () => void): Promise<Ended> {
  return new Promise((resolve) => {
    const args = ['--input-type=module', '-e', PROGRAM, '--', url, String(OPERATIONS), String(timeoutMs)];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    let reported = 0;
    child.stdout.on('data', (chunk) => {
      if (output === '') whenItBegins();
      output += chunk;
      reported = performance.now();
    });
    child.stderr.on('data', (chunk) => {
      output += chunk;
    });
    const limit = setTimeout(() => child.kill('SIGKILL'), 30_000);
    child.on('close', (code) => {
      clearTimeout(limit);
      const afterReport = performance.now() - reported;
      const last = output.trim().split('\n').at(-1) ?? '';
      const report = last.startsWith('{') ? (JSON.parse(last) as Report) : undefined;
      resolve({ code, report, afterReport, output });
    });
  });
}
