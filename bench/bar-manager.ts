import { CacheManager, type CacheManagerStats, RedisBackend } from 'offloop';
import type { Bench } from '#bench/bench.js';
import { records } from '#bench/corpora.js';
import { openMainCpuClock } from '#bench/main-cpu.js';
import { summarize } from '#bench/statistics.js';
import { type Bar, ratioByRound } from './bar.js';

const KB = 1024;
const MB = 1024 * KB;
const CALLERS = 1_000;
const COLD_ROUNDS = 9;
/** Small ones: each call has a key of its own, so that no call shares another's. */
const SMALL_KEYS = 200;
const HIT_ROUNDS = 241;
const BATCHES = 12;

/** Manager 2: 1,000 callers of one cold key of 1 MB, and then of the warm one. */
export async function measureSharing({ url, prefix }: Bench): Promise<Bar[]> {
  const value = records(MB);
  const keyPrefix = `${prefix}manager:`;
  const backend = new RedisBackend({ url, keyPrefix });
  await using cache = new CacheManager({ backend });
  const makes: number[] = [];
  const sets: number[] = [];
  const gets: number[] = [];
  const objects: number[] = [];
  const all = (): Promise<unknown[]> =>
    Promise.all(Array.from({ length: CALLERS }, () => cache.getOrSet('key', async () => value, { ttl: 60 })));
  for (let round = 0; round < COLD_ROUNDS; round += 1) {
    await cache.delete('key');
    const before = countsOf(backend, cache.stats());
    await all();
    const cold = countsOf(backend, cache.stats());
    makes.push(cold.made - before.made);
    sets.push(cold.stored - before.stored);
    const given = await all();
    const warm = countsOf(backend, cache.stats());
    gets.push(warm.read - cold.read);
    objects.push(new Set(given).size);
  }
  await cache.delete('key');
  const bar = (what: string, counts: number[]): Bar => ({
    bar: 'manager-2',
    what: `${CALLERS} getOrSet of one key of 1 MB at once, ${what}`,
    measured: Math.max(...counts),
    unit: 'in all',
    holds: 'at most',
    target: 1,
    of: [summarize(counts), summarize(counts)],
  });
  return [
    bar('cold: calls of the factory', makes),
    bar('cold: values stored', sets),
    bar('warm: values fetched', gets),
    bar('warm: values decoded', objects),
  ];
}

function countsOf(
  backend: RedisBackend,
  { factoryCalls }: CacheManagerStats,
): { readonly made: number; readonly stored: number; readonly read: number } {
  const { sets, hits } = backend.stats();
  return { made: factoryCalls, stored: sets, read: hits };
}

/** Manager 8: a hit of a small value by getOrSet beside a plain get of the same. */
export async function measureHits({ url, prefix }: Bench): Promise<Bar[]> {
  const keyPrefix = `${prefix}manager:`;
  const backend = new RedisBackend({ url, keyPrefix });
  await using cache = new CacheManager({ backend });
  const keys = Array.from({ length: SMALL_KEYS }, (_, index) => `small ${index}`);
  const value = records(KB);
  const make = async (): Promise<unknown> => value;
  const options = { ttl: 600 };
  const byGetOrSet = (key: string): Promise<unknown> => cache.getOrSet(key, make, options);
  const byGet = (key: string): Promise<unknown> => backend.get(key);
  await Promise.all(keys.map(byGetOrSet));
  const clock = openMainCpuClock();
  const run = async (call: (key: string) => Promise<unknown>): Promise<number> => {
    const start = clock.now();
    for (let batch = 0; batch < BATCHES; batch += 1) await Promise.all(keys.map(call));
    return (1_000 * (clock.now() - start)) / (BATCHES * SMALL_KEYS);
  };
  const alone = async (call: (key: string) => Promise<unknown>): Promise<number> => {
    const start = performance.now();
    for (const key of keys) await call(key);
    return (1_000 * (performance.now() - start)) / SMALL_KEYS;
  };
  const cpu: [number[], number[]] = [[], []];
  const latency: [number[], number[]] = [[], []];
  try {
    // Until the engine has compiled both.
    for (let round = 0; round < 20; round += 1) await run(round % 2 ? byGet : byGetOrSet);
    for (let round = 0; round < HIT_ROUNDS; round += 1) {
      // Each first in every other round.
      const order = round % 2 ? [0, 1] : [1, 0];
      for (const which of order) {
        const call = which === 0 ? byGetOrSet : byGet;
        cpu[which]?.push(await run(call));
        latency[which]?.push(await alone(call));
      }
    }
  } finally {
    clock.close();
    await backend.deleteMany(keys);
  }
  const bar = (what: string, [ours, other]: [number[], number[]]): Bar => ({
    bar: 'manager-8',
    what: `hit of 1 KB by getOrSet beside a plain get: ${what}`,
    ...ratioByRound(ours, other),
    holds: 'at most',
    target: 1.1,
  });
  return [
    bar(`main-thread CPU, ${SMALL_KEYS} at once (µs)`, cpu),
    bar('latency, one at a time (µs)', latency),
  ];
}
