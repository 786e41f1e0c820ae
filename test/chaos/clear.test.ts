import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { Redis } from 'ioredis';
import { RedisBackend } from '../../dist/index.js';
import { quantile } from '../support/call-ledger.js';
import { MortalRedis } from '../support/mortal-redis.js';
import { type Item, scorecard } from '../support/scorecard.js';

const BYSTANDER = new URL('../../dist/bench/bystander-thread.js', import.meta.url);
const FOREIGN = 50_000;

interface Filled {
  readonly redis: MortalRedis;
  readonly raw: Redis;
}

/** A server with so many keys of `mine:` and some foreign ones. */
async function filled(item: Item, keys: number): Promise<Filled> {
  const redis = await MortalRedis.start({ args: ['--enable-debug-command', 'yes'] });
  item.defer(() => redis.stop());
  const raw = new Redis(redis.url);
  item.defer(() => raw.disconnect());
  // DEBUG POPULATE writes `prefix:number`.
  await raw.call('DEBUG', 'POPULATE', String(keys), 'mine', '32');
  await raw.call('DEBUG', 'POPULATE', String(FOREIGN), 'mine2', '32');
  return { redis, raw };
}

/** The keys that match, a key once. */
async function keysOf(raw: Redis, match: string): Promise<Set<string>> {
  const found = new Set<string>();
  for await (const keys of raw.scanStream({ match, count: 5_000 })) for (const key of keys) found.add(key);
  return found;
}

/** Another client in a thread of its own that asks once a millisecond; resolves to what it waited, in milliseconds. */
async function bystander(item: Item, url: string, during: () => Promise<void>): Promise<number[]> {
  const thread = new Worker(BYSTANDER, { workerData: { url, key: 'mine2:1' } });
  item.defer(() => thread.terminate());
  const said = (): Promise<unknown> =>
    new Promise((resolve, reject) => {
      thread.once('message', resolve);
      thread.once('error', reject);
    });
  await said();
  const started = said();
  thread.postMessage('start');
  await started;
  await during();
  const latencies = said();
  thread.postMessage('stop');
  const answer = await latencies;
  thread.postMessage('close');
  if (!Array.isArray(answer)) throw new Error(String(answer));
  return answer.map(Number);
}

scorecard(18, 'clear() over 1,000,000 keys while others write', async (item) => {
  const keys = item.scale(1_000_000, 100_000);
  const { redis, raw } = await filled(item, keys);
  const cache = new RedisBackend({ url: redis.url, keyPrefix: 'mine:' });
  item.defer(() => cache.close());
  const written = new Set<string>();
  const writer = setInterval(() => {
    const key = `mine:late-${written.size}`;
    written.add(key);
    void raw.set(key, 'x');
    void raw.set(`mine2:late-${written.size}`, 'x');
  }, 2);
  let removed = 0;
  const began = performance.now();
  const waits = await bystander(item, redis.url, async () => {
    const outcome = await item.calls.run(() => cache.clear());
    removed = outcome.ok ? outcome.value : -1;
  });
  clearInterval(writer);
  await sleep(100);
  const left = await keysOf(raw, 'mine:*');
  const foreign = await keysOf(raw, 'mine2:*');
  item.note('keys', keys);
  item.note('it took', Math.round(performance.now() - began), 'ms');
  item.none(
    'keys that were there throughout and are left',
    [...left].filter((key) => !written.has(key)).length,
  );
  item.none('foreign keys that went', FOREIGN + written.size - foreign.size);
  item.none('error of the reported count', removed - (keys + written.size - left.size));
  item.atLeast('questions of another client', waits.length, [20]);
  item.atMost('p99 of another client', Number(quantile(waits, 0.99).toFixed(2)), [10, 'ms']);
});

scorecard(
  19,
  'the connection is killed in mid-clear: it goes on, and what it reports is true',
  async (item) => {
    const keys = item.scale(200_000, 30_000);
    const { redis, raw } = await filled(item, keys);
    const cache = new RedisBackend({ url: redis.url, keyPrefix: 'mine:', reconnectMaxDelayMs: 100 });
    item.defer(() => cache.close());
    let kills = 0;
    let untrue = 0;
    let failed = 0;
    let left = 0;
    const rounds = item.scale(10, 3);
    for (let round = 0; round < rounds; round++) {
      if (round > 0) await raw.call('DEBUG', 'POPULATE', String(keys), 'mine', '32');
      let killAt = 1 + item.random(keys / 2);
      const outcome = await item.calls.run(() =>
        cache.clear({
          onProgress: ({ removed }) => {
            if (removed < killAt) return;
            killAt += keys / 3;
            kills++;
            void redis.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes').catch(() => kills--);
          },
        }),
      );
      const remaining = (await keysOf(raw, 'mine:*')).size;
      left += remaining;
      if (!outcome.ok) failed++;
      else if (outcome.value !== keys || remaining > 0) untrue++;
    }
    item.note('clears', rounds);
    item.atLeast('kills', kills, [rounds]);
    item.none('clears that gave up', failed);
    item.none('reports that are not true', untrue);
    item.none('keys left', left);
    item.none('foreign keys that went', FOREIGN - (await keysOf(raw, 'mine2:*')).size);
  },
);
