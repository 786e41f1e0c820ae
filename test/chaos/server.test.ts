import { setTimeout as sleep } from 'node:timers/promises';
import { inspect } from 'node:util';
import { Redis } from 'ioredis';
import { OffloopError, RedisBackend } from '../../dist/index.js';
import { largest } from '../support/call-ledger.js';
import { MortalRedis } from '../support/mortal-redis.js';
import type { RedisProcessOptions } from '../support/redis-process.js';
import { type Item, scorecard } from '../support/scorecard.js';
import { waitUntil } from '../support/wait-until.js';

const CANARY_PASSWORD = 'canary-password-9d1f';
const CANARY_VALUE = 'canary-value-7c3e';

async function server(item: Item, options: RedisProcessOptions = {}): Promise<MortalRedis> {
  const redis = await MortalRedis.start(options);
  item.defer(() => redis.stop());
  return redis;
}

function backend(item: Item, options: ConstructorParameters<typeof RedisBackend>[0]): RedisBackend {
  const cache = new RedisBackend(options);
  item.defer(() => cache.close());
  return cache;
}

scorecard(
  28,
  'maxmemory: noeviction is a typed error on set, and gets work; evicted keys are misses',
  async (item) => {
    const text = 'x'.repeat(10_000);
    const large = 'y'.repeat(300_000);
    const full = await server(item, { args: ['--maxmemory', '8mb', '--maxmemory-policy', 'noeviction'] });
    const cache = backend(item, { url: full.url, timeoutMs: 5_000 });
    await cache.set('first', text);
    await cache.set('first-large', large);
    for (let index = 0; (await item.calls.run(() => cache.set(`fill-${index}`, text))).ok; index++);
    const codes: string[] = [];
    for (const value of [text, large]) {
      const outcome = await item.calls.run(() => cache.set('more', value));
      codes.push(outcome.ok ? 'stored' : outcome.code);
    }
    const gets = [await cache.get('first'), await cache.get('first-large')];
    item.none(
      'sets that were not ERR_OUT_OF_MEMORY',
      codes.filter((code) => code !== 'ERR_OUT_OF_MEMORY').length,
    );
    item.none('gets that did not work', (gets[0] === text ? 0 : 1) + (gets[1] === large ? 0 : 1));

    const evicting = await server(item, {
      args: ['--maxmemory', '8mb', '--maxmemory-policy', 'allkeys-lru'],
    });
    const lru = backend(item, { url: evicting.url, timeoutMs: 5_000 });
    const all = item.scale(3_000, 1_500);
    let failed = 0;
    for (let index = 0; index < all; index++) {
      if (!(await item.calls.run(() => lru.set(`k${index}`, index % 50 === 0 ? large : text))).ok) failed++;
    }
    let hits = 0;
    let misses = 0;
    let wrong = 0;
    for (let index = 0; index < all; index++) {
      const value = await lru.get(`k${index}`);
      if (value === undefined) misses++;
      else if (value === (index % 50 === 0 ? large : text)) hits++;
      else wrong++;
    }
    item.none('sets that failed under allkeys-lru', failed);
    item.note('hits', hits);
    item.atLeast('misses of evicted keys', misses, [1]);
    item.none('wrong values', wrong);
  },
);

/** Everything that a program may show of an error. */
function shown(error: unknown): string {
  const own = error instanceof Error ? JSON.stringify({ ...error }) : '';
  return [String(error), inspect(error, { depth: 12, showHidden: true }), own].join('\n');
}

/** The error of a call, through the books of the item. */
async function failure(item: Item, call: () => Promise<unknown>): Promise<unknown> {
  let caught: unknown;
  await item.calls.run(() =>
    call().catch((error: unknown) => {
      caught = error;
      throw error;
    }),
  );
  return caught;
}

scorecard(
  29,
  'wrong type, NOAUTH, WRONGPASS, NOPERM, LOADING, READONLY: distinct, and no secret shows',
  async (item) => {
    const redis = await server(item, { password: CANARY_PASSWORD });
    await redis.call(
      'ACL',
      'SETUSER',
      'reader',
      'on',
      `>${CANARY_PASSWORD}`,
      '~*',
      '&*',
      '+@read',
      '+@connection',
    );
    const replica = await server(item, {
      args: ['--replicaof', '127.0.0.1', String(redis.port), '--masterauth', CANARY_PASSWORD],
    });
    const at = (user: string, password: string, port: number): string =>
      `redis://${user}:${password}@127.0.0.1:${port}`;
    const good = backend(item, { url: at('', CANARY_PASSWORD, redis.port) });
    const raw = new Redis(at('', CANARY_PASSWORD, redis.port));
    item.defer(() => raw.disconnect());
    await raw.rpush('list', CANARY_VALUE);
    await good.set('k', CANARY_VALUE);
    const slow = await loading(item);
    const large = CANARY_VALUE.repeat(20_000);
    const cases: Record<string, [string, RedisBackend]> = {
      'wrong type': ['ERR_WRONG_TYPE', good],
      NOAUTH: ['ERR_AUTH_REQUIRED', backend(item, { url: `redis://127.0.0.1:${redis.port}` })],
      WRONGPASS: ['ERR_AUTH', backend(item, { url: at('', `${CANARY_PASSWORD}x`, redis.port) })],
      NOPERM: ['ERR_PERMISSION', backend(item, { url: at('reader', CANARY_PASSWORD, redis.port) })],
      LOADING: ['ERR_LOADING', backend(item, { url: slow.url, timeoutMs: 1_500 })],
      READONLY: ['ERR_READONLY', backend(item, { url: `redis://127.0.0.1:${replica.port}` })],
    };
    const texts: string[] = [];
    let wrong = 0;
    for (const [name, [code, cache]] of Object.entries(cases)) {
      cache.on('connectionError', (error) => texts.push(shown(error)));
      cache.on('corrupt', (report) => texts.push(shown(report.error)));
      const calls =
        name === 'wrong type'
          ? [() => cache.get('list')]
          : [() => cache.set('k', CANARY_VALUE), () => cache.set('k', large)];
      for (const call of calls) {
        const error = await failure(item, call);
        texts.push(shown(error));
        const got = error instanceof OffloopError ? error.code : 'none';
        if (got === code) continue;
        wrong++;
        item.failures.push(`${name}: ${got} instead of ${code}: ${error}`);
      }
      texts.push(inspect(cache, { depth: 12, showHidden: true }), JSON.stringify(cache.stats()));
    }
    const leaks = texts.filter((text) => text.includes(CANARY_PASSWORD) || text.includes(CANARY_VALUE));
    item.note('kinds of refusal', Object.keys(cases).length);
    item.none('with another code than its own', wrong);
    const codes = new Set(Object.values(cases).map(([code]) => code));
    item.atLeast('distinct codes', codes.size, [Object.keys(cases).length]);
    item.note('errors and inspections searched', texts.length);
    item.none('of those that show a canary', leaks.length);
  },
);

/** A server that takes long to load what it had stored. */
async function loading(item: Item): Promise<MortalRedis> {
  const redis = await server(item, { args: ['--enable-debug-command', 'yes', '--appendonly', 'no'] });
  await redis.call('DEBUG', 'POPULATE', 20_000, 'k', 10);
  await redis.call('SAVE');
  // Each key takes its time from now on: the reload goes on for a minute, and answers LOADING between keys.
  await redis.call('CONFIG', 'SET', 'key-load-delay', 3_000);
  await redis.call('CONFIG', 'SET', 'loading-process-events-interval-bytes', 1_024);
  // It answers when it has loaded, or when it is stopped.
  redis.call('DEBUG', 'RELOAD', 'NOSAVE').catch(() => undefined);
  await waitUntil('it is loading', async () =>
    redis.call('GET', 'k').then(
      () => false,
      (error: unknown) => String(error).includes('LOADING'),
    ),
  );
  return redis;
}

scorecard(
  30,
  'TTL: bad ones are refused; expiry within 50 ms; PTTL is never -1 where one was asked for',
  async (item) => {
    const redis = await server(item);
    const cache = backend(item, { url: redis.url });
    const raw = new Redis(redis.url);
    item.defer(() => raw.disconnect());
    const bad = [0, -1, -0.001, Number.NaN, Number.POSITIVE_INFINITY, 1e300, 2 ** 53];
    const writes = bad.flatMap((ttl) => [
      () => cache.set('bad', 1, { ttl }),
      () => cache.setMany([{ key: 'bad', value: 1, ttl }]),
      () => cache.touch('bad', ttl),
      () => cache.set('bad', 'x'.repeat(200_000), { ttl }),
    ]);
    let accepted = 0;
    for (const write of writes) if ((await item.calls.run<unknown>(write)).ok) accepted++;
    item.note('bad TTLs tried', writes.length);
    item.none('accepted', accepted);
    item.none('stored', await raw.exists('bad'));

    const all = item.scale(400, 60);
    let eternal = 0;
    const errors: number[] = [];
    const watch = async (index: number): Promise<void> => {
      const key = `t${index}`;
      const ttl = 0.2 + item.random(800) / 1_000;
      const value = index % 20 === 0 ? 'x'.repeat(200_000) : index;
      const began = performance.now();
      await cache.set(key, value, { ttl });
      const stored = performance.now();
      if ((await raw.pttl(key)) === -1) eternal++;
      // Until shortly before: no question may make the server busy with expired keys.
      await sleep(Math.max(0, ttl * 1_000 - 20 - (performance.now() - began)));
      while ((await raw.exists(key)) === 1) await sleep(1);
      const gone = performance.now();
      errors.push(Math.max(0, gone - stored - ttl * 1_000), Math.max(0, began + ttl * 1_000 - gone));
    };
    for (let start = 0; start < all; start += 20) {
      await Promise.all(Array.from({ length: 20 }, (_, offset) => watch(start + offset)));
    }
    const touched = await cache.set('touched', 1).then(() => cache.touch('touched', 0.3));
    item.none('keys that never expire although a TTL was asked for', eternal + (touched ? 0 : 1));
    item.atMost('expiry off by, the most', Math.round(largest(errors)), [50, 'ms']);
  },
);
