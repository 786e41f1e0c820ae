import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { RedisBackend } from '../../dist/index.js';
import { collectGarbage } from '../support/collect-garbage.js';
import { seeded } from '../support/hostile-bytes.js';
import { descriptors, threads } from '../support/leftovers.js';
import { type MemorySample, memorySlope } from '../support/memory-slope.js';
import { MortalRedis } from '../support/mortal-redis.js';
import { FORM, type Item, SEED, scorecard } from '../support/scorecard.js';
import { soakFault } from '../support/soak-faults.js';
import { SoakLoads } from '../support/soak-load.js';
import { TcpProxy } from '../support/tcp-proxy.js';
import { WaitHistogram } from '../support/wait-histogram.js';
import { waitUntil } from '../support/wait-until.js';

const MINUTE_MS = 60_000;
/** What `npm run test:soak -- --minutes` asks for. */
const MINUTES = Number(process.env.TEST_SOAK_MINUTES ?? (FORM === 'full' ? 3 : 0.15));
/** From so many on it is the full form: before, the line through the memory says nothing. */
const FULL_MINUTES = 20;
const FAULT_EVERY_MS = MINUTES < 1 ? 2_000 : 5_000;
/** Memory is looked at after so many faults, while the load rests for a moment. */
const FAULTS_A_LOOK = MINUTES < 5 ? 1 : 4;
const MAX_WARM_UP_MS = 5 * MINUTE_MS;
const MB = 1024 * 1024;
const CODECS = [
  {
    name: 'greedy',
    id: 90,
    module: fileURLToPath(new URL('../support/fixtures/greedy-codec.mjs', import.meta.url)),
  },
];

/** What is under test, and everything around it. */
interface Soak {
  readonly item: Item;
  readonly redis: MortalRedis;
  readonly proxy: TcpProxy;
  readonly cache: RedisBackend;
  readonly greedy: RedisBackend;
  readonly loads: SoakLoads;
  readonly waits: WaitHistogram;
  /** Of its own, so that the faults of a seed do not depend on what the machine does. */
  readonly chance: (below: number) => number;
  readonly faults: Record<string, number>;
}

async function prepare(item: Item): Promise<Soak> {
  item.form = MINUTES >= FULL_MINUTES ? 'full' : 'short';
  item.calls.keepsTimes = false;
  const redis = await MortalRedis.start();
  item.defer(() => redis.stop());
  const proxy = new TcpProxy(redis.port, SEED);
  await proxy.up();
  item.defer(() => proxy.down());
  const options = {
    url: `redis://127.0.0.1:${proxy.port}`,
    timeoutMs: 1_000,
    reconnectMaxDelayMs: 200,
    // All threads but one end while the load rests: a look at the memory is not to see the heaps of those that happen to be there.
    pool: { minThreads: 1, idleTimeoutMs: 300 },
  };
  const cache = new RedisBackend(options);
  item.defer(() => cache.close());
  const greedy = new RedisBackend({ ...options, codec: 'greedy', codecs: CODECS, offload: 'always' });
  item.defer(() => greedy.close());
  const loads = new SoakLoads({ cache, calls: item.calls, random: item.random });
  const waits = new WaitHistogram();
  return { item, redis, proxy, cache, greedy, loads, waits, chance: seeded(SEED), faults: {} };
}

/** Every lane works, on every thread, and nothing is in flight. */
async function settle({ item, cache, greedy }: Soak): Promise<void> {
  const values = Array.from({ length: 16 }, (_, index) => `${index}`.repeat(100_000));
  await waitUntil('every lane works again', async () => {
    const calls = [
      item.calls.run(() => cache.set('small', 1)),
      ...values.map((value, index) => item.calls.run(() => cache.set(`large-${index}`, value))),
      item.calls.run(() => greedy.set('fine', { how: 'fine' })),
    ];
    return (await Promise.all(calls)).every(({ ok }) => ok);
  });
  await sleep(500);
}

/** Loads and faults for so long. Resolves to the memory at each rest. */
async function run(soak: Soak, milliseconds: number): Promise<MemorySample[]> {
  const { item, loads, redis, proxy, greedy, chance, faults, waits } = soak;
  const samples: MemorySample[] = [];
  const began = performance.now();
  for (let count = 1; performance.now() - began < milliseconds; count++) {
    const next = performance.now() + FAULT_EVERY_MS;
    loads.start();
    waits.start();
    const name = await soakFault({ redis, proxy, greedy, calls: item.calls, random: chance });
    faults[name] = (faults[name] ?? 0) + 1;
    await sleep(Math.max(0, next - performance.now()));
    waits.stop();
    await loads.stop();
    if (count % FAULTS_A_LOOK === 0) samples.push(await look(soak, began));
  }
  return samples;
}

async function look({ cache }: Soak, began: number): Promise<MemorySample> {
  await waitUntil('all threads but one have ended', async () => cache.stats().pool.threads <= 1);
  collectGarbage();
  await sleep(100);
  const { rss, heapUsed, external } = process.memoryUsage();
  return { atMs: performance.now() - began, rss, held: heapUsed + external };
}

/** The same looks at the same process with nothing to do. */
async function idle(soak: Soak, milliseconds: number): Promise<MemorySample[]> {
  const samples: MemorySample[] = [];
  const began = performance.now();
  while (performance.now() - began < milliseconds) {
    await sleep(Math.min(FAULTS_A_LOOK * FAULT_EVERY_MS, milliseconds / 4));
    samples.push(await look(soak, began));
  }
  return samples;
}

scorecard(
  31,
  'a soak with a random fault every 5 s',
  async (item) => {
    const soak = await prepare(item);
    const totalMs = MINUTES * MINUTE_MS;
    await settle(soak);
    const quiet = await idle(soak, totalMs / 4);
    await run(soak, Math.min(totalMs / 4, MAX_WARM_UP_MS));
    await settle(soak);
    const before = { descriptors: descriptors(), threads: threads() };
    const callsBefore = item.calls.started;
    soak.waits.forget();
    for (const name of Object.keys(soak.faults)) soak.faults[name] = 0;
    const began = performance.now();
    const samples = await run(soak, totalMs);
    const seconds = (performance.now() - began) / 1_000;
    await settle(soak);
    const after = { descriptors: descriptors(), threads: threads() };

    item.note('minutes', MINUTES);
    item.note('calls', item.calls.started - callsBefore);
    item.note('a second', Math.round((item.calls.started - callsBefore) / seconds));
    item.note('rejected, typed', item.calls.rejected);
    for (const [name, count] of Object.entries(soak.faults)) item.note(`fault: ${name}`, count);
    item.none('values under a wrong key', soak.loads.wrong);
    item.none('values older than the last acknowledged', soak.loads.stale);
    item.note('values of sets whose outcome was unknown, applied late', soak.loads.late);
    item.none('descriptors more than before', Math.max(0, after.descriptors - before.descriptors));
    item.none('threads more than before', Math.max(0, after.threads - before.threads));
    item.atMost('wait of the event loop, p99', soak.waits.quantile(0.99), [100, 'ms']);
    judgeMemory(item, { samples, quiet });
  },
  (MINUTES * 2 + 3) * MINUTE_MS,
);

interface Memory {
  readonly samples: readonly MemorySample[];
  readonly quiet: readonly MemorySample[];
}

/** Growth must not be told from none: the band around it has to reach down to that of the idle run, or to 1 MB an hour. */
function judgeMemory(item: Item, { samples, quiet: idled }: Memory): void {
  const quiet = memorySlope(idled, 'rss');
  const slope = memorySlope(samples, 'rss');
  const held = memorySlope(samples, 'held');
  const round = (number: number): number => Number(number.toFixed(1));
  item.note('RSS at the beginning', Math.round((samples[0]?.rss ?? 0) / MB), 'MB');
  item.note('RSS at the end', Math.round((samples.at(-1)?.rss ?? 0) / MB), 'MB');
  item.note('RSS slope of the idle run', round(quiet.mbPerHour), 'MB/h');
  item.note('give or take', round(quiet.noise), 'MB/h');
  item.note('RSS slope', round(slope.mbPerHour), 'MB/h');
  item.note('give or take (two standard errors)', round(slope.noise), 'MB/h');
  item.note('slope of live objects and buffers', round(held.mbPerHour), 'MB/h');
  item.note('give or take that', round(held.noise), 'MB/h');
  const sure = round(slope.mbPerHour - slope.noise);
  const bar = round(Math.max(1, quiet.mbPerHour + quiet.noise));
  if (item.form === 'full')
    item.atMost('RSS grows for certain by (1, or the noise of the idle run)', sure, [bar, 'MB/h']);
  else item.note('RSS grows for certain by (too short a run to judge)', sure, 'MB/h');
}
