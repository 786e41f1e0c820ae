import { setTimeout as sleep } from 'node:timers/promises';
import { InMemoryBackend, type MemoryKeep, RedisBackend, TieredBackend } from 'offloop';
import type { Bench } from '#bench/bench.js';
import { records } from '#bench/corpora.js';
import { collectAllGarbage } from '#bench/garbage.js';
import { type Summary, summarize } from '#bench/statistics.js';
import { type Bar, ratioByRound } from './bar.js';

const MB = 1024 * 1024;
const ROUNDS = 81;
/** Of each round, by either way. */
const CALLS = 5;
/** A hit of a decoded value takes a microsecond: so many are timed together. */
const HITS_AT_ONCE = 400;
const KEY = 'tiers';
/** Calls before the first that counts. */
const WARM_UP = 60;

/** Tiers 5: a get of 1 MB of records that the first layer answers, beside one that Redis answers. */
export async function measureNearHits({ url, prefix }: Bench): Promise<Bar[]> {
  const value = records(MB);
  await using redis = new RedisBackend({ url, keyPrefix: `${prefix}tiers:` });
  await redis.set(KEY, value);
  const bars: Bar[] = [];
  for (const { keep, target } of [
    { keep: 'frozen', target: 200 },
    { keep: 'bytes', target: 3 },
  ] as const) {
    const l2 = new RedisBackend({ url, keyPrefix: `${prefix}tiers:` });
    await using cache = new TieredBackend({ l1: new InMemoryBackend({ keep }), l2 });
    // Until Redis tells of changes the first layer is not used.
    while (cache.stats().l1Hits < WARM_UP) await cache.get(KEY);
    for (let call = 0; call < WARM_UP; call += 1) await redis.get(KEY);
    const [far, near]: [number[], number[]] = [[], []];
    const atOnce = keep === 'bytes' ? 1 : HITS_AT_ONCE;
    for (let round = 0; round < ROUNDS; round += 1) {
      for (let call = 0; call < CALLS; call += 1) far.push(await millisecondsOf(1, () => redis.get(KEY)));
      for (let call = 0; call < CALLS; call += 1)
        near.push(await millisecondsOf(atOnce, () => cache.get(KEY)));
    }
    bars.push({
      bar: 'tiers-5',
      what: `get of 1 MB of records, l1 keeps ${keep}: times as fast as by Redis (ms: Redis / near)`,
      ...ratioByRound(far, near),
      holds: 'at least',
      target,
    });
  }
  await redis.delete(KEY);
  return bars;
}

/** Tiers 7: what a first layer takes in memory under random values of 1 KB to 8 MB, of its bound. */
export async function measureBound(): Promise<Bar[]> {
  const bars: Bar[] = [];
  for (const keep of ['bytes', 'frozen', 'shared'] as const) {
    const shares = await sharesOfBound(keep, 128 * MB);
    bars.push({
      bar: 'tiers-7',
      what: `memory after a collection, l1 keeps ${keep}, 1 KB to 8 MB: the most, of maxBytes`,
      measured: shares.max,
      of: [shares, shares],
      holds: 'at most',
      target: 1.1,
    });
  }
  return bars;
}

async function sharesOfBound(keep: MemoryKeep, maxBytes: number): Promise<Summary> {
  const used = async (): Promise<number> => {
    collectAllGarbage();
    // Buffers of what was collected are freed aside.
    await sleep(50);
    collectAllGarbage();
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    return heapUsed + arrayBuffers;
  };
  const before = await used();
  await using cache = new InMemoryBackend({ maxBytes, maxEntries: 100_000, keep });
  const shares: number[] = [];
  let written = 0;
  while (shares.length < 20) {
    // As many of each order of magnitude.
    const bytes = Math.round(1024 * 8192 ** Math.random());
    const value = Math.random() < 0.5 ? records(bytes) : Buffer.alloc(bytes, 1);
    await cache.set(`key ${Math.floor(Math.random() * 5_000)}`, value);
    written += bytes;
    if (written < maxBytes / 2) continue;
    written = 0;
    // The first ones fill it.
    shares.push(((await used()) - before) / maxBytes);
  }
  return summarize(shares.slice(8));
}

async function millisecondsOf(calls: number, call: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  for (let index = 0; index < calls; index += 1) await call();
  return (performance.now() - start) / calls;
}
