import { CacheManager, RedisBackend } from 'offloop';
import type { Bench } from '#bench/bench.js';
import { Bystander } from '#bench/bystander.js';
import { percentile } from '#bench/statistics.js';
import type { Bar } from './bar.js';

const CLEAR_KEYS = 1_000_000;
/** Values that are read again after the clear, by the manager that cleared and by another one. */
const PROBES = 1_000;

/** Manager 6: an instant clear of a million keys, and what the reclaim of their space costs others. */
export async function measureInstantClear({ url, prefix, admin }: Bench): Promise<Bar[]> {
  const keyPrefix = `${prefix}instant:`;
  const open = (): CacheManager =>
    new CacheManager({ backend: new RedisBackend({ url, keyPrefix }), instantClears: true });
  await using cache = open();
  await using other = open();
  const probes = Array.from({ length: PROBES }, (_, index) => `probe ${index}`);
  await Promise.all(probes.map((key) => cache.set(key, key)));
  const seenBy = async (reader: CacheManager): Promise<number> =>
    (await Promise.all(probes.map((key) => reader.get(key)))).filter((value) => value !== undefined).length;
  if ((await seenBy(other)) !== PROBES) throw new Error('what was set is not there');
  await admin.fill(await generationOf(admin, `${keyPrefix}~offloop:g:`), CLEAR_KEYS - PROBES);

  const outside = `${prefix}outside:`;
  await admin.fill(outside, 1_000);
  const bystander = await Bystander.start(url, `${outside}1`);
  try {
    const start = performance.now();
    await cache.clear({ instant: true });
    const clearMs = performance.now() - start;
    const stale = (await seenBy(cache)) + (await seenBy(other));
    await other.set('after', 1);
    let reclaimed = 0;
    const begun = performance.now();
    const latencies = await bystander.during(async () => {
      reclaimed = await cache.reclaim();
    });
    const seconds = (performance.now() - begun) / 1_000;
    const kept = (await cache.get('after')) === 1 && (await admin.countFilled(outside, 1_000)) === 1_000;
    const keys = CLEAR_KEYS.toLocaleString('en-US');
    const bar = { bar: 'manager-6', holds: 'at most' } as const;
    return [
      {
        ...bar,
        what: `instant clear of ${keys} keys: time to the caller`,
        measured: clearMs,
        target: 5,
        unit: 'ms',
      },
      {
        ...bar,
        what: 'reads after it, here and by another, of before',
        measured: stale,
        target: 0,
        unit: 'reads',
      },
      {
        ...bar,
        what: `another client's p99 during the reclaim (${seconds.toFixed(1)} s, max ${percentile(latencies, 1).toFixed(1)} ms)`,
        measured: percentile(latencies, 0.99),
        target: 5,
        unit: 'ms',
      },
      {
        ...bar,
        what: 'keys that the reclaim left, or should have left',
        measured: kept ? CLEAR_KEYS - reclaimed : CLEAR_KEYS,
        target: 0,
        unit: 'keys',
      },
    ];
  } finally {
    await bystander.close();
    await cache.clear();
    await admin.sweep(outside);
  }
}

/** The prefix of the one generation there is. */
async function generationOf({ redis }: Bench['admin'], generations: string): Promise<string> {
  let cursor = '0';
  do {
    const [next, keys] = await redis.scan(cursor, 'MATCH', `${generations}*`, 'COUNT', 1_000);
    const [key] = keys;
    if (key !== undefined) return key.slice(0, key.indexOf(':', generations.length) + 1);
    cursor = next;
  } while (cursor !== '0');
  throw new Error('no generation was found');
}
