import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OffloopError, RedisBackend } from '../../dist/index.js';
import { resolveFlatOptions } from '../../dist/options.js';
import { startCluster } from '../support/cluster.js';
import { recordsOf } from '../support/records.js';
import { type RunningRedis, startRedis } from '../support/redis-server.js';
import { TcpProxy } from '../support/tcp-proxy.js';
import { waitUntil } from '../support/wait-until.js';

let server: RunningRedis;
let raw: Redis;
beforeAll(async () => {
  server = await startRedis();
  raw = new Redis(server.url);
});
afterAll(async () => {
  raw.disconnect();
  await server.stop();
});

it('trap 1, 5: a command in flight on a connection that is lost is rejected, never sent again, and the next one works', async () => {
  await using cache = new RedisBackend({ url: server.url, timeoutMs: 10_000 });
  await cache.set('other', 1);
  await raw.client('PAUSE', 600, 'WRITE');
  const began = performance.now();
  const lost = [cache.set('k', 1), cache.set('k2', 2), cache.delete('other')].map((call) =>
    call.catch((error: unknown) => error),
  );
  await sleep(50);
  await raw.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
  for (const error of await Promise.all(lost)) {
    expect(error).toBeInstanceOf(OffloopError);
    expect(error).toMatchObject({
      code: 'ERR_CONNECTION',
      message: expect.stringContaining('the outcome is unknown'),
    });
  }
  expect(await cache.get('other')).toBe(1);
  expect(performance.now() - began, 'nothing waited for its whole time').toBeLessThan(2_000);
  await sleep(700);
  expect(await cache.getMany(['k', 'k2', 'other'])).toEqual([undefined, undefined, 1]);
});

it('trap 2: a set that ran out of time while there was no connection is never applied', async () => {
  const proxy = new TcpProxy(server.port);
  await proxy.up();
  await using cache = new RedisBackend({
    url: `redis://127.0.0.1:${proxy.port}/0`,
    timeoutMs: 800,
    reconnectMaxDelayMs: 100,
  });
  // A thread that has to be started first may take all of the time on a busy machine.
  await waitUntil('there is a thread', () =>
    cache.set('other', recordsOf(200_000)).then(
      () => true,
      () => false,
    ),
  );
  await cache.set('ghost', 'old');
  // A thread that is still being started when the time is up could not tell why.
  await cache.set('warm', recordsOf(200_000), { timeoutMs: 10_000 });
  await proxy.down();
  await sleep(50);
  for (const value of ['new', recordsOf(200_000)]) {
    await expect(cache.set('ghost', value)).rejects.toMatchObject({
      code: 'ERR_CONNECTION',
      message: expect.stringContaining('nothing was sent'),
    });
  }
  await proxy.up();
  await sleep(500);
  expect(await cache.get('ghost')).toBe('old');
  await proxy.down();
});

it('trap 3, 4: each operation ends in its own time, also behind a pipeline that hangs', async () => {
  const own = await startRedis();
  await using cache = new RedisBackend({ url: own.url, timeoutMs: 400 });
  await cache.set('k', 1);
  if (own.pid === undefined) throw new Error('this test needs a process of its own');
  process.kill(own.pid, 'SIGSTOP');
  const waits: number[] = [];
  const timed = async (): Promise<void> => {
    const began = performance.now();
    await expect(cache.get('k')).rejects.toMatchObject({
      code: expect.stringMatching(/ERR_(TIMEOUT|CONNECTION)/),
    });
    waits.push(performance.now() - began);
  };
  const calls = [timed(), timed()];
  await sleep(150);
  calls.push(timed(), timed());
  await sleep(150);
  calls.push(timed());
  await Promise.all(calls);
  process.kill(own.pid, 'SIGCONT');
  expect(Math.max(...waits)).toBeLessThan(500);
  await sleep(100);
  expect(await cache.get('k')).toBe(1);
  await own.stop();
});

it('after an operation ran out of time, the next ones wait for the new connection instead of failing on the old', async () => {
  const own = await startRedis();
  await using cache = new RedisBackend({ url: own.url, timeoutMs: 500 });
  await cache.set('k', 1);
  if (own.pid === undefined) throw new Error('this test needs a process of its own');
  process.kill(own.pid, 'SIGSTOP');
  await expect(cache.get('k')).rejects.toMatchObject({ code: 'ERR_TIMEOUT' });
  const next = cache.get('k');
  await sleep(100);
  process.kill(own.pid, 'SIGCONT');
  expect(await next).toBe(1);
  await own.stop();
});

it('calls made before the connection was there keep their order with those made in its event', async () => {
  await using cache = new RedisBackend({ url: server.url, keyPrefix: 'order:' });
  let late: Promise<void> | undefined;
  cache.on('connect', () => {
    late ??= cache.set('k', 'late');
  });
  await cache.set('k', 'early');
  await late;
  expect(await cache.get('k')).toBe('late');
});

it('a bulk task that runs out of time leaves the command connection alone', async () => {
  await using cache = new RedisBackend({
    url: server.url,
    timeoutMs: 300,
    compression: { algorithm: 'brotli', level: 11 },
    pool: { maxThreads: 1 },
  });
  await cache.set('small', 1);
  const events: string[] = [];
  cache.on('disconnect', () => events.push('disconnect'));
  await expect(cache.set('slow', recordsOf(4_000_000))).rejects.toMatchObject({ code: 'ERR_TIMEOUT' });
  expect(await cache.get('small')).toBe(1);
  expect(events).toEqual([]);
});

it('trap 6, 17: a slot that no node serves rejects its own calls, typed; others of the same turn go through', async () => {
  const cluster = await startCluster({ masters: 2 });
  const nodes = cluster.nodes.map((node) => new Redis({ host: '127.0.0.1', port: node.port }));
  const slot = Number(await nodes[0]?.call('CLUSTER', 'KEYSLOT', 'lost'));
  for (const node of nodes) await node.call('CONFIG', 'SET', 'cluster-require-full-coverage', 'no');
  // They tell each other who has a slot, not who has it no more.
  await waitUntil('no node knows of one that serves it', async () => {
    for (const node of nodes) await node.call('CLUSTER', 'DELSLOTS', String(slot)).catch(() => undefined);
    const infos = await Promise.all(nodes.map((node) => node.call('CLUSTER', 'INFO')));
    return infos.every((info) => String(info).includes('cluster_slots_assigned:16383'));
  });
  for (const node of nodes) node.disconnect();
  await using cache = new RedisBackend({ cluster: { nodes: [...cluster.startNodes] }, timeoutMs: 4_000 });
  await cache.set('fine', 1);
  const calls = [cache.get('lost'), cache.get('fine'), cache.set('lost', 1)];
  const [lost, fine, alsoLost] = await Promise.allSettled(calls);
  expect(fine).toEqual({ status: 'fulfilled', value: 1 });
  for (const result of [lost, alsoLost])
    expect(result).toMatchObject({ status: 'rejected', reason: { name: 'OffloopError' } });
  // One that never knew a node of this slot: ioredis throws at once.
  await using fresh = new RedisBackend({ cluster: { nodes: [...cluster.startNodes] }, timeoutMs: 4_000 });
  expect(await fresh.get('fine')).toBe(1);
  const beside = fresh.get('fine');
  for (const call of [() => fresh.set('lost', 1), () => fresh.get('lost'), () => fresh.delete('lost')])
    await expect(call()).rejects.toMatchObject({ name: 'OffloopError' });
  expect(await beside).toBe(1);
  await cluster.stop();
});

it('trap 7: a prefix is part of the key everywhere: replies, clears and binary keys included', async () => {
  await using cache = new RedisBackend({ url: server.url, keyPrefix: 'pré:' });
  await cache.set('ключ', 1);
  expect(await raw.exists('pré:ключ')).toBe(1);
  expect(await cache.clear()).toBe(1);
});

it('trap 22: large values that a codec encodes in memory that it keeps are copied before they are handed over', async () => {
  await using cache = new RedisBackend({ url: server.url, codec: 'cbor' });
  const values = Array.from({ length: 12 }, (_, index) => [index, ...recordsOf(150_000)]);
  await Promise.all(values.map((value, index) => cache.set(`kept${index}`, value)));
  await cache.set('small', { a: 1 });
  expect(await cache.getMany([...values.keys()].map((index) => `kept${index}`))).toEqual(values);
  expect(await cache.get('small')).toEqual({ a: 1 });
});

describe('trap 12: no large value enters the pipeline of the command connection', () => {
  it.each([undefined, 'gzip'] as const)('compression %s', async (compression) => {
    await using cache = new RedisBackend({ url: server.url, ...(compression ? { compression } : {}) });
    const large = recordsOf(2_000_000);
    await cache.set('large', large);
    const command = String(await raw.client('LIST'))
      .split('\n')
      .find((line) => /cmd=getrange|cmd=set/.test(line));
    await cache.get('large');
    expect(cache.stats()).toMatchObject({ writes: { bytes: 1, inline: 0 }, reads: { inline: 0 } });
    expect(command ?? '').not.toMatch(/tot-net-in=[1-9]\d{6}/);
  });
});

it('trap 13: no error carries what ioredis attached to its own: commands with values, passwords', async () => {
  await using cache = new RedisBackend({ url: server.url, onCorrupt: 'throw' });
  await raw.lpush('list', 'x');
  await raw.config('SET', 'maxmemory', '1');
  const failures = await Promise.all(
    [
      cache.get('list'),
      cache.set('k', 'canary-value'),
      cache.set('k', `canary-value${'x'.repeat(200_000)}`),
    ].map((call) => call.catch((error: unknown) => error as OffloopError)),
  );
  await raw.config('SET', 'maxmemory', '0');
  expect(failures.map((error) => (error instanceof OffloopError ? error.code : error))).toEqual([
    'ERR_WRONG_TYPE',
    'ERR_OUT_OF_MEMORY',
    'ERR_OUT_OF_MEMORY',
  ]);
  for (const error of failures as OffloopError[]) {
    expect(error.cause).toBe(undefined);
    expect(Object.keys(error).filter((name) => !['name', 'code', 'outcome'].includes(name))).toEqual([]);
    expect(`${error.message}${error.stack}`).not.toContain('canary');
  }
});

it('trap 21: threads do not thrash, and leave a core to the event loop', () => {
  const flat = resolveFlatOptions([], {});
  expect(flat.get('pool.idleTimeoutMs')).toBeGreaterThan(1_000);
  expect(flat.get('pool.maxThreads')).toBeLessThanOrEqual(4);
});

it('trap 31: no value can be larger than what Redis takes', () => {
  expect(() => new RedisBackend({ url: server.url, maxValueBytes: 512 * 1024 * 1024 })).toThrow(
    /maxValueBytes/,
  );
});
