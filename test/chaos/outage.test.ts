import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { RedisBackend } from '../../dist/index.js';
import { type CallLedger, largest, quantile } from '../support/call-ledger.js';
import { keyedValue, versionOf } from '../support/keyed-value.js';
import { MortalRedis } from '../support/mortal-redis.js';
import { type Item, scorecard } from '../support/scorecard.js';
import { TcpProxy } from '../support/tcp-proxy.js';
import { waitUntil } from '../support/wait-until.js';

const MB = 1024 * 1024;
/** How late a caller may be told, and why. */
const TIMER = {
  ms: 100,
  why: 'on a machine that is busy with other things a timer fires late, by more than the 20 ms that it is set early',
};

async function server(item: Item, args: string[] = []): Promise<MortalRedis> {
  const redis = await MortalRedis.start({ args });
  item.defer(() => redis.stop());
  return redis;
}

function backend(item: Item, options: ConstructorParameters<typeof RedisBackend>[0]): RedisBackend {
  const cache = new RedisBackend(options);
  item.defer(() => cache.close());
  return cache;
}

/** Makes calls at an even rate until it is told to stop; resolves when each has ended. */
function steadily(perSecond: number, call: (index: number) => Promise<unknown>): () => Promise<void> {
  // Not the promises of all, which would be most of what the process takes in memory.
  const pending = new Set<Promise<unknown>>();
  let made = 0;
  const began = performance.now();
  const timer = setInterval(() => {
    const due = Math.floor(((performance.now() - began) / 1_000) * perSecond);
    while (made < due) {
      const ended = call(made++).finally(() => pending.delete(ended));
      pending.add(ended);
    }
  }, 5);
  return async () => {
    clearInterval(timer);
    await Promise.all(pending);
  };
}

const PATIENCE_MS = 60_000;

/** Milliseconds until a call succeeds, each made when the one before has ended. */
async function untilSuccess(calls: CallLedger, call: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  while (!(await calls.run(call)).ok) {
    if (performance.now() - began > PATIENCE_MS) throw new Error(`no success within ${PATIENCE_MS} ms`);
    await sleep(5);
  }
  return performance.now() - began;
}

scorecard(1, 'SIGKILL during 10,000 sets in flight loses no acknowledged set', async (item) => {
  const T = 2_000;
  const redis = await server(item, ['--appendonly', 'yes', '--appendfsync', 'always']);
  const cache = backend(item, { url: redis.url, timeoutMs: T });
  const all = item.scale(10_000, 3_000);
  await cache.set('first', 1);
  let acknowledged = 0;
  let settled = 0;
  const sets = Array.from({ length: all }, async (_, index) => {
    const bytes = index % 50 === 0 ? 200_000 : 10 + item.random(4_000);
    const key = `k${index}`;
    const outcome = await item.calls.run(() => cache.set(key, keyedValue(key, index, bytes)));
    settled++;
    if (outcome.ok) acknowledged++;
    return outcome;
  });
  const wanted = 1 + item.random(all / 4);
  while (acknowledged < wanted && settled < all) await sleep(1);
  const inFlight = all - settled;
  await redis.kill();
  const outcomes = await Promise.all(sets);
  await redis.restart();
  const after = backend(item, { url: redis.url });
  let missing = 0;
  for (const [index, { ok }] of outcomes.entries()) {
    const key = `k${index}`;
    if (ok && versionOf(key, await after.get(key)) !== index) missing++;
  }
  item.note('sets at once', all);
  item.atLeast('of those in flight at the kill', inFlight, [all / 4]);
  item.atLeast('of those acknowledged', acknowledged, [1]);
  item.atMost('the latest to settle', Math.round(largest(outcomes.map(({ ms }) => ms))), [T + 200, 'ms']);
  item.none('acknowledged and missing after the restart', missing);
});

scorecard(2, 'after a restart the first success comes within the retry cap + 500 ms', async (item) => {
  const redis = await server(item);
  const cap = 2_000;
  const cache = backend(item, { url: redis.url, timeoutMs: 1_000, reconnectMaxDelayMs: cap });
  await cache.set('k', 1);
  const waits: number[] = [];
  for (let round = 0; round < item.scale(10, 2); round++) {
    await redis.kill();
    const stop = steadily(100, () => item.calls.run(() => cache.get('k')));
    await sleep(item.random(900));
    await redis.restart();
    waits.push(await untilSuccess(item.calls, () => cache.set('k', round)));
    await stop();
  }
  item.note('restarts', waits.length);
  item.atMost('restart to first success, the longest', Math.round(largest(waits)), [cap + 500, 'ms']);
});

scorecard(3, 'Redis away for 60 s at 1,000 operations a second', async (item) => {
  const T = 1_000;
  const redis = await server(item);
  const cache = backend(item, { url: redis.url, timeoutMs: T });
  await cache.set('k', 1);
  await redis.kill();
  const value = keyedValue('k', 1, 1_000);
  const call = (index: number): Promise<unknown> =>
    item.calls.run(() => (index % 2 === 0 ? cache.get<unknown>('k') : cache.set('k', value)));
  const warm = steadily(1_000, call);
  await sleep(item.scale(2_000, 1_200));
  const before = process.memoryUsage.rss();
  let most = before;
  const watch = setInterval(() => {
    most = Math.max(most, process.memoryUsage.rss());
  }, 100);
  await sleep(item.scale(60_000, 3_000));
  clearInterval(watch);
  await warm();
  const seconds = item.scale(60, 3);
  item.atLeast('calls', item.calls.started, [900 * seconds]);
  item.none('calls that did not reject', item.calls.fulfilledMs.length);
  item.note('median of rejections', Math.round(quantile(item.calls.rejectedMs, 0.5)), 'ms');
  item.atMost('the latest rejection', Math.round(largest(item.calls.rejectedMs)), [T, 'ms'], {
    bar: T + TIMER.ms,
    why: TIMER.why,
  });
  item.atMost('RSS grew by', Math.round((most - before) / MB), [50, 'MB']);
});

scorecard(4, 'SIGSTOP for 30 s: rejections in time, back within 2 s of SIGCONT', async (item) => {
  const T = 500;
  const redis = await server(item);
  const cache = backend(item, { url: redis.url, timeoutMs: T });
  await cache.set('k', 1);
  redis.freeze();
  const stop = steadily(500, (index) =>
    item.calls.run<unknown>(() => (index % 3 === 0 ? cache.set('k', index) : cache.get('k'))),
  );
  await sleep(item.scale(30_000, 3_000));
  const late = quantile(item.calls.rejectedMs, 0.999);
  const rejected = item.calls.rejectedMs.length;
  redis.thaw();
  const back = await untilSuccess(item.calls, () => cache.get('k'));
  await stop();
  item.atLeast('rejections', rejected, [item.scale(10_000, 500)]);
  item.atMost('p99.9 of rejections', Math.round(late), [T + 100, 'ms']);
  item.atMost('SIGCONT to first success', Math.round(back), [2_000, 'ms']);
});

scorecard(5, 'a set that timed out while disconnected never appears', async (item) => {
  const redis = await server(item);
  const proxy = new TcpProxy(redis.port);
  await proxy.up();
  item.defer(() => proxy.down());
  const url = `redis://127.0.0.1:${proxy.port}`;
  const cache = backend(item, { url, timeoutMs: 600, reconnectMaxDelayMs: 100 });
  await untilSuccess(item.calls, () => cache.set('before', 1));
  await untilSuccess(item.calls, () => cache.set('large-before', 'x'.repeat(200_000)));
  await proxy.down();
  await sleep(100);
  const all = item.scale(1_000, 200);
  const sets = Array.from({ length: all }, (_, index) =>
    item.calls.run(() => cache.set(`g${index}`, 'x'.repeat(index % 20 === 0 ? 200_000 : 100))),
  );
  const outcomes = await Promise.all(sets);
  await proxy.up();
  await waitUntil('it is connected again', async () => (await item.calls.run(() => cache.get('before'))).ok);
  await sleep(1_500);
  const keys = await redis.call('DBSIZE');
  item.atLeast('sets that were rejected', outcomes.filter(({ ok }) => !ok).length, [all]);
  item.none('of those that were applied later', Number(keys) - 2);
});

scorecard(6, 'a timeout after sending says "outcome unknown"', async (item) => {
  const redis = await server(item);
  const proxy = new TcpProxy(redis.port);
  await proxy.up();
  item.defer(() => proxy.down());
  const cache = backend(item, { url: `redis://127.0.0.1:${proxy.port}`, timeoutMs: 1_000 });
  const large = 'x'.repeat(300_000);
  // The first large value waits for a thread, which on a busy machine takes longer than that.
  await untilSuccess(item.calls, () => cache.set('k', large));
  await untilSuccess(item.calls, () => cache.set('small', 1));
  proxy.spoil('replies', { blackHole: true });
  const writes = [
    () => cache.set('k', 1),
    () => cache.set('k1', large),
    () => cache.delete('k2'),
    () => cache.touch('k3', 10),
    () => cache.setMany([{ key: 'k4', value: 1 }]),
    () => cache.setBytes('k5', Buffer.alloc(300_000)),
  ];
  const outcomes = await Promise.all(writes.map((write) => item.calls.run<unknown>(write)));
  proxy.spoil('replies');
  const told = outcomes.filter((outcome) => !outcome.ok && /outcome is unknown/.test(outcome.message));
  item.note('writes that were sent and not answered', outcomes.filter(({ ok }) => !ok).length);
  item.none('of those that do not say so', outcomes.length - told.length);
  expect(await redis.call('EXISTS', 'k4'), 'the server has it').toBe(1);
});

scorecard(
  7,
  'a disconnect with a pipeline in flight: the next operation succeeds within 2 s',
  async (item) => {
    const redis = await server(item);
    const proxy = new TcpProxy(redis.port);
    await proxy.up();
    item.defer(() => proxy.down());
    const cache = backend(item, { url: `redis://127.0.0.1:${proxy.port}`, timeoutMs: 10_000 });
    await cache.set('k', 'value');
    const next: number[] = [];
    let failed = 0;
    for (let round = 0; round < item.scale(20, 4); round++) {
      proxy.spoil('replies', { blackHole: true });
      const lost = Array.from({ length: 500 }, (_, index) => item.calls.run(() => cache.get(`k${index}`)));
      await sleep(20 + item.random(50));
      proxy.cut();
      proxy.spoil('replies');
      await Promise.all(lost);
      const outcome = await item.calls.run(() => cache.get('k'));
      if (!outcome.ok) failed++;
      next.push(outcome.ms);
    }
    item.none('next operations that failed', failed);
    item.note('disconnects, with 500 operations each in flight', next.length);
    item.atMost('the next operation, the longest', Math.round(largest(next)), [2_000, 'ms']);
  },
);
