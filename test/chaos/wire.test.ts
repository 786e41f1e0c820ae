import { setTimeout as sleep } from 'node:timers/promises';
import { RedisBackend } from '../../dist/index.js';
import { CallLedger, largest, quantile } from '../support/call-ledger.js';
import { keyedValue, versionOf } from '../support/keyed-value.js';
import { MortalRedis } from '../support/mortal-redis.js';
import { type Item, scorecard } from '../support/scorecard.js';
import { TcpProxy } from '../support/tcp-proxy.js';

const MB = 1024 * 1024;

interface Wire {
  readonly redis: MortalRedis;
  readonly proxy: TcpProxy;
  open(options?: ConstructorParameters<typeof RedisBackend>[0]): RedisBackend;
}

/** A server behind a proxy, and backends that go through it. */
async function wire(item: Item): Promise<Wire> {
  const redis = await MortalRedis.start();
  item.defer(() => redis.stop());
  const proxy = new TcpProxy(redis.port, item.random(2 ** 30));
  await proxy.up();
  item.defer(() => proxy.down());
  const open = (options: ConstructorParameters<typeof RedisBackend>[0] = {}): RedisBackend => {
    const cache = new RedisBackend({ url: `redis://127.0.0.1:${proxy.port}`, ...options });
    item.defer(() => cache.close());
    return cache;
  };
  return { redis, proxy, open };
}

interface Vanishing {
  readonly proxy: TcpProxy;
  readonly cache: RedisBackend;
  readonly keys: readonly string[];
}

/** No TCP connection loses what lies between two pieces: told, and no bar. A reply does not say whose it is. */
async function chunksVanish(item: Item, { proxy, cache, keys }: Vanishing): Promise<void> {
  let wrong = 0;
  proxy.spoil('replies', { dropChance: 0.2 });
  for (let round = 0; round < item.scale(40, 5); round++) {
    const gets = keys.map(async (key) => {
      const outcome = await item.calls.run(() => cache.get(key));
      if (outcome.ok && outcome.value !== undefined && versionOf(key, outcome.value) !== 1) wrong++;
    });
    await Promise.all(gets);
  }
  proxy.spoil('replies');
  item.note('wrong values where a broken proxy loses pieces of a reply', wrong);
}

scorecard(
  8,
  'a reset at every byte of a reply, and 1-byte pieces: the right value or a typed error',
  async (item) => {
    const { proxy, open } = await wire(item);
    const cache = open({ timeoutMs: 3_000, reconnectMaxDelayMs: 20, inlineLimitBytes: 4_096 });
    const small = ['a', 'bb', 'ccc'];
    const large = ['large-1', 'large-2'];
    for (const [index, key] of [...small, ...large].entries()) {
      await cache.set(key, keyedValue(key, 1, key.length > 3 ? 20_000 : 40 + index));
    }
    let wrong = 0;
    let right = 0;
    let resets = 0;
    const get = async (keys: readonly string[], from = cache): Promise<void> => {
      const gets = keys.map(async (key) => {
        const outcome = await item.calls.run(() => from.get(key));
        if (!outcome.ok) return;
        if (versionOf(key, outcome.value) === 1) right++;
        else wrong++;
      });
      await Promise.all(gets);
    };
    for (const keys of [small, large]) {
      await get(keys);
      proxy.spoil('replies');
      await get(keys);
      const bytes = proxy.passed('replies');
      // Of a large reply the bytes at both ends, and some between: where a header, a table or a payload is cut.
      const step = item.scale(1, 29);
      const [ends, gap] = keys === small ? [bytes, 1] : [item.scale(200, 30), item.scale(97, 4_001)];
      for (let at = 1; at <= bytes; at += at < ends || at > bytes - ends ? step : gap) {
        const cuts = [{ resetAfterBytes: at }, { endAfterBytes: at }];
        for (const cut of item.form === 'full' ? cuts : cuts.slice(at % 2).slice(0, 1)) {
          proxy.spoil('replies', cut);
          await get(keys);
          proxy.spoil('replies');
          await get(keys.slice(0, 1));
          resets++;
        }
      }
    }
    item.note('cuts', resets);
    item.note('typed errors', item.calls.rejectedMs.length);
    // Pieces take their time, and are no reason to give up.
    const patient = open({ inlineLimitBytes: 4_096, timeoutMs: 60_000 });
    const before = right;
    proxy.spoil('replies', { pieceBytes: 1 });
    await get([...small, ...large], patient);
    proxy.spoil('replies');
    item.atLeast('values that came in 1-byte pieces', right - before, [5]);
    item.atLeast('right values', right, [resets]);
    item.none('wrong values', wrong);
    await chunksVanish(item, { proxy, cache: open({ timeoutMs: 300 }), keys: [...small, ...large] });
  },
);

scorecard(9, '10,000 concurrent mixed gets under CLIENT KILL every 100 ms: no mix-up', async (item) => {
  const { redis, open } = await wire(item);
  const cache = open({ timeoutMs: 10_000, reconnectMaxDelayMs: 50, pool: { maxThreads: 2 } });
  const keys = Array.from({ length: 400 }, (_, index) => `key-${index}`);
  const sizeOf = (): number =>
    item.random(10) === 0 ? 70_000 + item.random(400_000) : 10 + item.random(4_000);
  await cache.setMany(keys.map((key) => ({ key, value: keyedValue(key, 7, sizeOf()) })));
  let kills = 0;
  const killer = setInterval(() => {
    kills++;
    void redis.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes').catch(() => kills--);
  }, 100);
  let wrong = 0;
  let right = 0;
  const wanted = item.scale(10_000, 500);
  const endsAt = performance.now() + item.scale(120_000, 30_000);
  while (right < wanted && performance.now() < endsAt) {
    const gets = Array.from({ length: item.scale(10_000, 3_000) }, async () => {
      const key = keys[item.random(keys.length)] ?? '';
      const outcome = await item.calls.run(() => cache.get(key));
      if (!outcome.ok) return;
      if (versionOf(key, outcome.value) === 7) right++;
      else wrong++;
    });
    await Promise.all(gets);
  }
  clearInterval(killer);
  item.note('gets', item.calls.started);
  item.note('typed errors', item.calls.rejectedMs.length);
  item.atLeast('kills', kills, [item.scale(10, 2)]);
  item.atLeast('right values', right, [wanted]);
  item.none('values under the wrong key', wrong);
});

scorecard(
  10,
  '10 MB values through 100 KB/s: small gets keep their p99; bytes in flight are capped',
  async (item) => {
    const { proxy, open } = await wire(item);
    const cap = 32 * MB;
    const cache = open({ timeoutMs: item.scale(150_000, 3_000), pool: { maxBytesInFlight: cap } });
    const keys = Array.from({ length: item.scale(8, 5) }, (_, index) => `large-${index}`);
    for (const key of keys) await cache.set(key, Buffer.alloc(10 * MB, key));
    await cache.set('small', keyedValue('small', 1, 500));
    const measure = async (ms: number, calls: CallLedger): Promise<number> => {
      const end = performance.now() + ms;
      while (performance.now() < end) {
        await calls.run(() => cache.get('small'));
        await sleep(2);
      }
      return quantile(calls.fulfilledMs, 0.99);
    };
    proxy.spoil('replies', { bytesPerSecond: 100_000 });
    await measure(500, new CallLedger());
    const alone = await measure(item.scale(3_000, 1_500), new CallLedger());
    let most = 0;
    const watch = setInterval(() => {
      most = Math.max(most, cache.stats().pool.bytesInFlight);
    }, 10);
    const large = keys.map((key) => item.calls.run(() => cache.get<Buffer>(key)));
    const beside = await measure(item.scale(30_000, 2_000), item.calls);
    const ends = await Promise.all(large);
    clearInterval(watch);
    item.atLeast('large gets that came', ends.filter(({ ok }) => ok).length, [item.scale(1, 0)]);
    item.note('large gets that ran out of time, typed', ends.filter(({ ok }) => !ok).length);
    item.note('p99 of small gets alone', Number(alone.toFixed(2)), 'ms');
    const bar = Number((2 * alone + 5).toFixed(1));
    item.atMost('p99 of small gets beside (twice as long + 5 ms)', Number(beside.toFixed(2)), [bar, 'ms']);
    item.atMost('bytes in flight, the most', Number((most / MB).toFixed(1)), [cap / MB, 'MB']);
    item.atLeast('bytes in flight were counted', Number((most / MB).toFixed(1)), [9, 'MB']);
  },
);

scorecard(11, '200 ms of latency and a timeout of 1 s: no false timeout', async (item) => {
  const { proxy, open } = await wire(item);
  proxy.spoil('requests', { delayMs: 100 });
  proxy.spoil('replies', { delayMs: 100 });
  const cache = open({ timeoutMs: 1_000 });
  const large = 'x'.repeat(200_000);
  const first = await item.calls.run(() => cache.set('large', large));
  item.note('the first call, which connects', Math.round(first.ms), 'ms');
  const rounds = item.scale(20, 4);
  for (let round = 0; round < rounds; round++) {
    const calls = Array.from({ length: 100 }, (_, index) =>
      item.calls.run<unknown>(() => {
        if (index % 25 === 0) return cache.get('large');
        return index % 2 === 0 ? cache.set(`k${index}`, round) : cache.get(`k${index}`);
      }),
    );
    await Promise.all(calls);
    await sleep(item.random(100));
  }
  item.note('calls', item.calls.started);
  item.note('the longest', Math.round(largest(item.calls.fulfilledMs)), 'ms');
  item.none('false timeouts', item.calls.rejectedMs.length);
});
