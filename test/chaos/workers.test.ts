import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { RedisBackend } from '../../dist/index.js';
import { largest } from '../support/call-ledger.js';
import { keyedValue, versionOf } from '../support/keyed-value.js';
import { MortalRedis } from '../support/mortal-redis.js';
import { type Item, scorecard } from '../support/scorecard.js';

const CODECS = [
  {
    name: 'greedy',
    id: 90,
    module: fileURLToPath(new URL('../support/fixtures/greedy-codec.mjs', import.meta.url)),
  },
];
const TASKS = 4;
/** How long a pool whose threads all hang is waited for. */
const HANG_PATIENCE_MS = 3_000;

type Pool = NonNullable<ConstructorParameters<typeof RedisBackend>[0]>['pool'];

/** A backend whose values break the worker that encodes them, by their `how`. */
async function greedy(
  item: Item,
  pool: NonNullable<Pool>,
  timeoutMs: number,
): Promise<{ cache: RedisBackend; redis: MortalRedis }> {
  const redis = await MortalRedis.start();
  item.defer(() => redis.stop());
  const cache = new RedisBackend({
    url: redis.url,
    codec: 'greedy',
    codecs: CODECS,
    offload: 'always',
    pool: { maxThreads: 2, tasksPerThread: TASKS, ...pool },
    timeoutMs,
  });
  item.defer(() => cache.close());
  await Promise.all(['a', 'b', 'c'].map((key) => cache.set(key, { how: 'fine' })));
  return { cache, redis };
}

/** Milliseconds until one more value is stored. */
async function next(item: Item, cache: RedisBackend): Promise<number> {
  const began = performance.now();
  while (!(await item.calls.run(() => cache.set('next', { how: 'fine' }))).ok) await sleep(10);
  return performance.now() - began;
}

scorecard(20, "a worker's heap overflows: only its own calls reject, typed", async (item) => {
  const { cache } = await greedy(item, { maxHeapMb: 64 }, 60_000);
  let others = 0;
  let own = 0;
  const waits: number[] = [];
  const rounds = item.scale(10, 2);
  for (let round = 0; round < rounds; round++) {
    const beside = Array.from({ length: 7 }, (_, index) =>
      item.calls.run(() => cache.set(`k${index}`, { how: 'fine' })),
    );
    const overflow = await item.calls.run(() => cache.set('heap', { how: 'heap' }));
    if (!overflow.ok && overflow.code === 'ERR_WORKER') own++;
    waits.push(await next(item, cache));
    for (const outcome of await Promise.all(beside)) if (!outcome.ok) others++;
  }
  item.note('overflows', rounds);
  item.none('overflows that were not ERR_WORKER', rounds - own);
  const codes = Object.keys(item.calls.codes).filter((code) => code !== 'ERR_WORKER');
  item.none('rejected with another code', codes.length);
  item.atMost('calls beside that rejected, of those that the same thread held', others, [
    (TASKS - 1) * rounds,
  ]);
  item.atMost('the next call, the longest', Math.round(largest(waits)), [1_000, 'ms']);
});

scorecard(
  21,
  '100 worker exits and uncaught errors under a full queue: the pool is whole again',
  async (item) => {
    const faults = item.scale(100, 20);
    const { cache } = await greedy(item, { maxQueue: faults * 10 }, 60_000);
    let queued = 0;
    const watch = setInterval(() => {
      queued = Math.max(queued, cache.stats().pool.queued);
    }, 1);
    const calls = Array.from({ length: faults * 10 }, (_, index) => {
      const how = index % 10 !== 5 ? 'fine' : index % 20 === 5 ? 'exit' : 'uncaught';
      return item.calls.run(() => cache.set(`k${index}`, { how }));
    });
    const outcomes = await Promise.all(calls);
    clearInterval(watch);
    const codes = Object.keys(item.calls.codes).filter((code) => code !== 'ERR_WORKER');
    item.note('faults', faults);
    item.note('calls', outcomes.length);
    item.atLeast('of those queued at once', queued, [outcomes.length * 0.9]);
    item.note('rejected with ERR_WORKER', item.calls.codes.ERR_WORKER ?? 0);
    item.none('rejected with another code', codes.length);
    item.atMost('the next call', Math.round(await next(item, cache)), [1_000, 'ms']);
    const after = Array.from({ length: 50 }, (_, index) =>
      item.calls.run(() => cache.set(`after-${index}`, { how: 'fine' })),
    );
    item.none('failures after it', (await Promise.all(after)).filter(({ ok }) => !ok).length);
    const { pool } = cache.stats();
    item.none('values that the pool still counts', pool.running + pool.queued + pool.bytesInFlight);
    item.atMost('threads', pool.threads, [2]);
  },
);

scorecard(22, 'a worker hangs: its caller rejects within T; it is replaced; others go on', async (item) => {
  const T = 1_000;
  const { cache, redis } = await greedy(item, {}, T);
  const other = new RedisBackend({ url: redis.url, keyPrefix: 'other:', timeoutMs: T });
  item.defer(() => other.close());
  await other.set('small', keyedValue('small', 1, 100));
  let stuck = 0;
  let lasting = 0;
  const waits: number[] = [];
  const back: number[] = [];
  const rounds = item.scale(6, 2);
  for (let round = 0; round < rounds; round++) {
    const hung = [0, 1].map((index) => item.calls.run(() => cache.set(`hang-${index}`, { how: 'hang' })));
    for (let asked = 0; asked < 20; asked++) {
      const outcome = await item.calls.run(() => other.get('small'));
      if (!outcome.ok || versionOf('small', outcome.value) !== 1) stuck++;
    }
    waits.push(...(await Promise.all(hung)).map(({ ms }) => ms));
    // Both threads hung: only new ones can do this.
    const began = performance.now();
    let isBack = false;
    while (!isBack && performance.now() - began < HANG_PATIENCE_MS) {
      isBack = (await item.calls.run(() => cache.set('next', { how: 'fine' }))).ok;
    }
    if (!isBack) lasting++;
    back.push(performance.now() - began);
  }
  item.note('hung threads', rounds * 2);
  item.none('hangs after which the pool was not whole again', lasting);
  item.atMost('after a hang the next call, the longest', Math.round(largest(back)), [1_000, 'ms']);
  item.atMost('the caller of a hung worker, the longest', Math.round(largest(waits)), [T, 'ms'], {
    bar: T + 100,
    why: 'on a machine that is busy with other things a timer fires late, by more than the 20 ms that it is set early',
  });
  item.none('small gets beside that failed', stuck);
});
