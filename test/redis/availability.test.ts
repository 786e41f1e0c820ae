import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { type OffloopError, RedisBackend, type RedisBackendOptions } from '../../dist/index.js';
import { MortalRedis } from '../support/mortal-redis.js';
import { TcpProxy } from '../support/tcp-proxy.js';
import { waitUntil } from '../support/wait-until.js';

let redis: MortalRedis;
let proxy: TcpProxy;
const open: RedisBackend[] = [];
/** Keeps the threads alive, which all backends here share: to start one takes longer than calls here may. */
let warm: RedisBackend;
beforeAll(async () => {
  redis = await MortalRedis.start();
  proxy = new TcpProxy(redis.port);
  await proxy.up();
  warm = new RedisBackend({ url: redis.url });
  await warm.set('warm', 'x'.repeat(300_000));
});
afterAll(async () => {
  await warm.close();
  await proxy.down();
  await redis.stop();
});
afterEach(async () => {
  redis.thaw();
  proxy.spoil('replies');
  await Promise.all(open.splice(0).map((cache) => cache.close()));
});

function create(options: RedisBackendOptions = {}): RedisBackend {
  const cache = new RedisBackend({ url: redis.url, reconnectMaxDelayMs: 100, ...options });
  open.push(cache);
  return cache;
}

/** By way of the proxy. */
function proxied(options: RedisBackendOptions = {}): RedisBackend {
  return create({ url: `redis://127.0.0.1:${proxy.port}`, ...options });
}

async function failure(call: Promise<unknown>): Promise<OffloopError> {
  return call.then(
    () => {
      throw new Error('it did not fail');
    },
    (error: unknown) => error as OffloopError,
  );
}

const large = 'x'.repeat(300_000);

it('a call has the time it asks for, on every method, and leaves the connection to others', async () => {
  const cache = create({ timeoutMs: 5_000 });
  await Promise.all([cache.set('k', 1), cache.set('large', large)]);
  const handle = await cache.open('large');
  if (!handle) throw new Error('it is there');
  const lost: string[] = [];
  cache.on('disconnect', () => lost.push('disconnect'));
  redis.freeze();
  const how = { timeoutMs: 100 };
  const module = new URL('../support/wait-until.js', import.meta.url);
  const began = performance.now();
  const calls = [
    cache.get('k', how),
    cache.set('a', 1, how),
    cache.set('b', large, how),
    cache.delete('c', how),
    cache.exists('d', how),
    cache.ttl('e', how),
    cache.touch('f', 5, how),
    cache.open('g', how),
    cache.setBytes('h', Buffer.alloc(300_000), how),
    cache.setStream('i', [Buffer.alloc(10)], how),
    cache.map('j', module, 'waitUntil', [], how),
    cache.getMany(['l'], how),
    cache.setMany([{ key: 'm', value: 1 }], how),
    cache.deleteMany(['n'], how),
    handle.value(how),
    handle.bytes(how),
  ];
  for (const error of await Promise.all(calls.map(failure)))
    expect(['ERR_TIMEOUT', 'ERR_CONNECTION', 'ERR_BATCH']).toContain(error.code);
  expect(performance.now() - began).toBeLessThan(1_000);
  redis.thaw();
  expect(await cache.get('k')).toBe(1);
  expect(lost, 'the connection was not given up').toEqual([]);
});

it('a call may take longer than the others of its backend', async () => {
  const cache = create({ timeoutMs: 150, breaker: false });
  await cache.set('k', 1);
  redis.freeze();
  const short = failure(cache.get('k'));
  const waiting = cache.get('k', { timeoutMs: 5_000, retry: { attempts: 50 } });
  expect((await short).code).toBe('ERR_TIMEOUT');
  redis.thaw();
  expect(await waiting).toBe(1);
});

it('a connection that is dead is given up within the time of the backend, though all calls ask for less', async () => {
  const cache = proxied({ timeoutMs: 400, breaker: false });
  await cache.set('k', 1);
  proxy.spoil('replies', { blackHole: true });
  await failure(cache.get('k', { timeoutMs: 50 }));
  proxy.spoil('replies');
  let disconnects = 0;
  cache.on('disconnect', () => disconnects++);
  await waitUntil('it is given up', async () => disconnects > 0);
  expect(await cache.get('k')).toBe(1);
});

it('the outcome of a failed write is a field of its error: unknown after it was sent, not-applied before', async () => {
  const cache = proxied({ timeoutMs: 300, breaker: false });
  await Promise.all([cache.set('j', 1), cache.set('k', large)]);
  proxy.spoil('replies', { blackHole: true });
  const small = [cache.set('k', 1), cache.delete('m'), cache.touch('n', 5)];
  const writes = [...small, cache.set('l', large), cache.setMany([{ key: 'o', value: 1 }])];
  const read = failure(cache.get('k'));
  for (const error of await Promise.all(writes.map(failure))) {
    expect([error.message, error.outcome]).toEqual([error.message, 'unknown']);
    expect(error.message).toMatch(/outcome is unknown/);
  }
  expect((await read).outcome).toBe(undefined);
  proxy.spoil('replies');
  const away = create({ url: 'redis://127.0.0.1:1', timeoutMs: 100 });
  const early = [away.set('k', 1), away.set('k', { f: () => 1 }), away.setMany([{ key: 'o', value: 1 }])];
  for (const error of await Promise.all(early.map(failure))) expect(error.outcome).toBe('not-applied');
});

it('without retry nothing is sent twice; with it reads are, and writes of unknown outcome only where that was asked for', async () => {
  const cache = proxied({ timeoutMs: 5_000 });
  await cache.set('k', 1);
  const cutWhile = async <T>(call: () => Promise<T>): Promise<T | OffloopError> => {
    proxy.spoil('replies', { blackHole: true });
    const settled = call().catch((error: unknown) => error as OffloopError);
    await sleep(60);
    proxy.cut();
    proxy.spoil('replies');
    return settled;
  };
  const retry = { attempts: 5 };
  expect(await cutWhile(() => cache.get('k'))).toMatchObject({ code: 'ERR_CONNECTION' });
  expect(await cutWhile(() => cache.get('k', { retry }))).toBe(1);
  expect(await cutWhile(() => cache.exists('k', { retry }))).toBe(true);
  expect(await cutWhile(() => cache.set('k', 2, { retry }))).toMatchObject({ outcome: 'unknown' });
  expect(await cutWhile(() => cache.set('k', 3, { retry: { ...retry, unknownOutcome: true } }))).toBe(
    undefined,
  );
  expect(await cache.get('k')).toBe(3);
});

it('writes that are tried again keep their order on a key', async () => {
  const cache = proxied({ timeoutMs: 5_000, retry: { attempts: 10, unknownOutcome: true, maxDelayMs: 200 } });
  await cache.set('k', 0);
  for (let round = 0; round < 5; round++) {
    proxy.spoil('replies', { blackHole: true });
    const sets = Array.from({ length: 6 }, (_, index) => cache.set('k', index % 3 === 2 ? large : index));
    const last = cache.set('k', `last ${round}`);
    const seen = cache.get('k');
    await sleep(30);
    proxy.cut();
    proxy.spoil('replies');
    await Promise.all([...sets, last]);
    expect(await seen).toBe(`last ${round}`);
  }
});

it('retries are bounded: by their number, and by the time of the call', async () => {
  const cache = create({ url: 'redis://127.0.0.1:1', timeoutMs: 300, breaker: false });
  const began = performance.now();
  const error = await failure(cache.set('k', 1, { retry: { attempts: 100 } }));
  expect(error).toMatchObject({ code: 'ERR_CONNECTION', outcome: 'not-applied' });
  expect(performance.now() - began).toBeLessThan(450);
});

it('trap 4: what is over the caps of the command connection waits in its order, and fails typed when its time is up', async () => {
  const cache = create({ timeoutMs: 400, overload: { maxInFlight: 10 }, breaker: false });
  await cache.set('k', 0);
  expect(await Promise.all(Array.from({ length: 500 }, () => cache.get('k')))).toEqual(Array(500).fill(0));
  redis.freeze();
  const sent = Array.from({ length: 10 }, (_, index) => failure(cache.set(`k${index}`, index)));
  // With less time than those before them, with whom the connection is given up.
  const waiting = Array.from({ length: 90 }, (_, index) =>
    failure(cache.set(`w${index}`, index, { timeoutMs: 200 })),
  );
  await sleep(50);
  expect(cache.stats().inFlight.operations).toBe(10);
  const waited = await Promise.all(waiting);
  expect(waited.map(({ outcome }) => outcome)).toEqual(Array(90).fill('not-applied'));
  expect(waited.map(({ code }) => code)).toEqual(Array(90).fill('ERR_OVERLOADED'));
  const [first, ...others] = await Promise.all(sent);
  expect(first).toMatchObject({ code: 'ERR_TIMEOUT', outcome: 'unknown' });
  expect(others.map(({ outcome }) => outcome)).toEqual(Array(9).fill('unknown'));
  // The last of them may find the connection given up for the first one's sake.
  for (const { code } of others) expect(['ERR_TIMEOUT', 'ERR_CONNECTION']).toContain(code);
  redis.thaw();
  await cache.set('after', 1);
  await waitUntil('all room is given back', async () => cache.stats().inFlight.operations === 0);
  expect(cache.stats().inFlight.bytes).toBe(0);
});

it('bytes on the command connection are capped, and a set that waits is stored in its turn', async () => {
  const cap = 1024 * 1024;
  const cache = create({ overload: { maxBytesInFlight: cap } });
  await cache.set('k', 0);
  const value = 'y'.repeat(50_000);
  const sets = Array.from({ length: 200 }, (_, index) => cache.set('k', `${index}${value}`));
  let most = 0;
  const look = setInterval(() => {
    most = Math.max(most, cache.stats().inFlight.bytes);
  }, 1);
  most = cache.stats().inFlight.bytes;
  await Promise.all(sets);
  clearInterval(look);
  expect(most).toBeGreaterThan(cap / 2);
  expect(most).toBeLessThanOrEqual(cap);
  expect(await cache.get('k')).toBe(`199${value}`);
});

it('more than may be pending, by count or by bytes of either lane, is refused at once', async () => {
  const MB = 1024 * 1024;
  const cache = create({ timeoutMs: 600, overload: { maxPending: 20, maxPendingBytes: MB }, breaker: false });
  await cache.set('k', 0);
  redis.freeze();
  const held = [1, 2, 3].map((n) => failure(cache.set(`l${n}`, large)));
  const began = performance.now();
  const tooLarge = await failure(cache.setBytes('m', Buffer.alloc(900_000)));
  expect(tooLarge).toMatchObject({ code: 'ERR_OVERLOADED', outcome: 'not-applied' });
  const gets = Array.from({ length: 30 }, () => failure(cache.get('k')));
  const first = await Promise.race([failure(cache.get('k')), ...gets.slice(25)]);
  expect(first.code).toBe('ERR_OVERLOADED');
  expect(performance.now() - began).toBeLessThan(300);
  await Promise.all([...held, ...gets]);
  redis.thaw();
  expect(await cache.get('k')).toBe(0);
  await waitUntil('nothing is held', async () => cache.stats().pendingBytes === 0);
});

it('onUnavailable: miss has reads find nothing and writes do nothing, counted and told; wrong arguments still fail', async () => {
  const cache = create({ url: 'redis://127.0.0.1:1', timeoutMs: 100, onUnavailable: 'miss' });
  const told: string[] = [];
  cache.on('unavailable', ({ call, error }) => told.push(`${call} ${error.code}`));
  const answers = await Promise.all([
    cache.get('k'),
    cache.set('k', 1),
    cache.set('k', large),
    cache.delete('k'),
    cache.exists('k'),
    cache.ttl('k'),
    cache.touch('k', 5),
    cache.open('k'),
    cache.getMany(['a', 'b']),
    cache.deleteMany(['a']),
    cache.setMany([{ key: 'a', value: 1 }]),
  ]);
  const nothing = undefined;
  expect(answers).toEqual([
    ...[nothing, nothing, nothing, false, false, nothing, false, nothing],
    ...[[nothing, nothing], 0, nothing],
  ]);
  expect(await cache.clear()).toBe(0);
  expect(cache.stats().unavailable).toEqual({ reads: 6, writes: 7 });
  expect(cache.stats().errors).toEqual({});
  expect(told).toHaveLength(13);
  expect((await failure(cache.set('k', undefined))).code).toBe('ERR_VALUE');
  expect((await failure(cache.set('k', 1, { ttl: -1 }))).code).toBe('ERR_TTL');
  expect((await failure(cache.get('k', { timeoutMs: 1 }))).code).toBe('ERR_OPTION');
});

it('the breaker opens after an outage, has calls fail at once, and closes with the first answer after it', async () => {
  const own = await MortalRedis.start();
  const breaker = { failures: 5, windowMs: 200, openMs: 60_000 };
  const cache = create({ url: own.url, timeoutMs: 150, breaker });
  const events: string[] = [];
  cache.on('breakerOpen', () => events.push('open'));
  cache.on('breakerClose', () => events.push('close'));
  await cache.set('k', 1);
  await own.kill();
  await waitUntil('it is open', async () => {
    await failure(cache.get('k'));
    return cache.stats().breaker.state === 'open';
  });
  const errors = await Promise.all(Array.from({ length: 200 }, () => failure(cache.set('k', 2))));
  for (const error of errors)
    expect(error).toMatchObject({ code: 'ERR_UNAVAILABLE', outcome: 'not-applied' });
  await own.restart();
  // Long before openMs: the connection is there again, and that is reason enough.
  await waitUntil('it is asked again', async () =>
    cache.get('k').then(
      () => true,
      () => false,
    ),
  );
  expect(events).toEqual(['open', 'close']);
  expect(cache.stats().breaker).toEqual({ state: 'closed', opened: 1 });
  await own.stop();
});

it.each(['throw', 'miss'] as const)(
  'with the breaker open a stream is not read, and told to end; onUnavailable: %s',
  async (onUnavailable) => {
    const breaker = { failures: 1, windowMs: 0, openMs: 60_000 };
    const cache = create({ url: 'redis://127.0.0.1:1', timeoutMs: 100, breaker, onUnavailable });
    await cache.get('k').catch(() => {});
    expect(cache.stats().breaker.state).toBe('open');
    let pulled = 0;
    const source = new Readable({
      read() {
        pulled++;
        this.push(Buffer.alloc(10));
      },
    });
    const stored = cache.setStream('k', source);
    if (onUnavailable === 'miss') await stored;
    else expect(await failure(stored)).toMatchObject({ code: 'ERR_UNAVAILABLE', outcome: 'not-applied' });
    expect([pulled, source.destroyed]).toEqual([0, true]);
    expect(cache.stats().unavailable.writes).toBe(onUnavailable === 'miss' ? 1 : 0);
  },
);

it('half-open, so many calls as are allowed ask Redis, and no others', async () => {
  const cache = create({ timeoutMs: 200, breaker: { failures: 3, windowMs: 0, openMs: 100, probes: 2 } });
  await cache.set('k', 1);
  redis.freeze();
  await Promise.all([1, 2, 3].map(() => failure(cache.get('k'))));
  expect(cache.stats().breaker.state).toBe('open');
  await sleep(120);
  const codes = (await Promise.all(Array.from({ length: 10 }, () => failure(cache.get('k'))))).map(
    ({ code }) => code,
  );
  expect(codes.filter((code) => code === 'ERR_UNAVAILABLE')).toHaveLength(8);
  expect(cache.stats().breaker.state).toBe('open');
  redis.thaw();
  await waitUntil('it is closed', async () =>
    cache.get('k').then(
      () => true,
      () => false,
    ),
  );
});

it('one lost connection with many calls in flight does not open the breaker', async () => {
  const cache = proxied({ timeoutMs: 5_000 });
  await cache.set('k', 1);
  proxy.spoil('replies', { blackHole: true });
  const lost = Array.from({ length: 500 }, () => failure(cache.get('k')));
  await sleep(50);
  proxy.cut();
  proxy.spoil('replies');
  await Promise.all(lost);
  expect(await cache.get('k')).toBe(1);
  expect(cache.stats().breaker).toEqual({ state: 'closed', opened: 0 });
});

it('many backends do not come back in step', async () => {
  const own = await MortalRedis.start();
  const caches = Array.from({ length: 40 }, () =>
    create({ url: own.url, timeoutMs: 200, reconnectMaxDelayMs: 1_000 }),
  );
  const times: number[] = [];
  await Promise.all(caches.map((cache) => cache.set('k', 1)));
  for (const cache of caches) cache.on('connect', () => times.push(performance.now()));
  await own.kill();
  await sleep(2_500);
  await own.restart();
  await waitUntil('all are back', async () => times.length === caches.length);
  times.sort((one, other) => one - other);
  const busiest = Math.max(
    ...times.map((from) => times.filter((at) => at >= from && at < from + 100).length),
  );
  expect(busiest, 'in one tenth of a second').toBeLessThan(20);
  await own.stop();
});
