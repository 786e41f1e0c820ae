import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { RedisBackend } from '../../dist/index.js';
import { quantile } from '../support/call-ledger.js';
import { descriptors, threads } from '../support/leftovers.js';
import { type MemorySample, slopeMbPerHour } from '../support/memory-slope.js';
import { MortalRedis } from '../support/mortal-redis.js';
import { FORM, scorecard } from '../support/scorecard.js';
import { soakFault } from '../support/soak-faults.js';
import { SoakLoads } from '../support/soak-load.js';
import { TcpProxy } from '../support/tcp-proxy.js';

const MINUTE_MS = 60_000;
/** What `npm run test:soak -- --minutes` asks for. */
const MINUTES = Number(process.env.OFFLOOP_SOAK_MINUTES ?? (FORM === 'full' ? 3 : 0.35));
const FAULT_EVERY_MS = 5_000;
const SAMPLE_EVERY_MS = 500;
const MB = 1024 * 1024;
/** From so long a soak on the slope of its memory says something. */
const SLOPE_MINUTES = 15;
const CODECS = [
  {
    name: 'greedy',
    id: 90,
    module: fileURLToPath(new URL('../support/fixtures/greedy-codec.mjs', import.meta.url)),
  },
];

/** Looks at this process every so often until it is told to stop. */
function watchProcess(): { readonly samples: MemorySample[]; readonly waits: number[]; stop(): void } {
  const samples: MemorySample[] = [];
  const waits: number[] = [];
  const began = performance.now();
  const memory = setInterval(() => {
    samples.push({ atMs: performance.now() - began, rss: process.memoryUsage.rss() });
  }, SAMPLE_EVERY_MS);
  let due = performance.now() + 10;
  const wait = setInterval(() => {
    const now = performance.now();
    waits.push(Math.max(0, now - due));
    due = now + 10;
  }, 10);
  const stop = (): void => {
    clearInterval(memory);
    clearInterval(wait);
  };
  return { samples, waits, stop };
}

scorecard(
  31,
  'a soak with a random fault every 5 s',
  async (item) => {
    const redis = await MortalRedis.start();
    item.defer(() => redis.stop());
    const proxy = new TcpProxy(redis.port, item.number);
    await proxy.up();
    item.defer(() => proxy.down());
    const options = { url: `redis://127.0.0.1:${proxy.port}`, timeoutMs: 1_000, reconnectMaxDelayMs: 200 };
    const cache = new RedisBackend(options);
    item.defer(() => cache.close());
    const greedy = new RedisBackend({ ...options, codec: 'greedy', codecs: CODECS, offload: 'always' });
    item.defer(() => greedy.close());
    await cache.set('warm', 'x'.repeat(200_000));

    // The same process with nothing to do, for comparison: as long as a third of the soak.
    const totalMs = MINUTES * MINUTE_MS;
    const idle = watchProcess();
    await sleep(totalMs / 3);
    idle.stop();

    const loads = new SoakLoads({ cache, calls: item.calls, random: item.random });
    await sleep(Math.min(30_000, totalMs / 4));
    const before = { descriptors: descriptors(), threads: threads() };
    const busy = watchProcess();
    const faults: Record<string, number> = {};
    const endsAt = performance.now() + totalMs;
    while (performance.now() < endsAt) {
      const next = performance.now() + FAULT_EVERY_MS;
      const name = await soakFault({ redis, proxy, greedy, random: item.random });
      faults[name] = (faults[name] ?? 0) + 1;
      await sleep(Math.max(0, Math.min(next, endsAt) - performance.now()));
    }
    busy.stop();
    await sleep(1_000);
    const after = { descriptors: descriptors(), threads: threads() };
    await loads.stop();

    item.note('minutes', MINUTES);
    item.note('calls', item.calls.started);
    item.note('of those rejected, typed', item.calls.rejectedMs.length);
    for (const [name, count] of Object.entries(faults)) item.note(`fault: ${name}`, count);
    item.none('values under a wrong key', loads.wrong);
    item.none('values older than the last acknowledged', loads.stale);
    item.atMost(
      'descriptors more than before (connections come and go)',
      after.descriptors - before.descriptors,
      [6],
    );
    item.atMost('threads more than before', after.threads - before.threads, [0]);
    item.note('wait of the event loop, p99', Number(quantile(busy.waits, 0.99).toFixed(1)), 'ms');
    const slope = slopeMbPerHour(busy.samples);
    const idleSlope = slopeMbPerHour(idle.samples);
    item.note('RSS slope of the idle run', Number(idleSlope.toFixed(1)), 'MB/h');
    const [first = 0, last = 0] = [busy.samples[0]?.rss, busy.samples.at(-1)?.rss];
    item.note('RSS at the beginning', Math.round(first / MB), 'MB');
    item.note('RSS at the end', Math.round(last / MB), 'MB');
    if (MINUTES >= SLOPE_MINUTES) item.atMost('RSS slope', Number(slope.toFixed(1)), [1, 'MB/h']);
    else item.note('RSS slope (too short a run to judge)', Number(slope.toFixed(1)), 'MB/h');
  },
  (MINUTES * 2 + 3) * MINUTE_MS,
);
