import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RedisBackend, type RedisBackendOptions } from '../../dist/index.js';
import { type RunningCluster, startCluster } from '../support/cluster.js';
import { recordsOf } from '../support/records.js';
import type { RedisProcess } from '../support/redis-process.js';
import { type RunningSentinel, startSentinel } from '../support/sentinel.js';
import { waitUntil } from '../support/wait-until.js';

const LARGE = recordsOf(1_000_000);
const OLDER = LARGE.slice(0, LARGE.length / 2);

interface Servers {
  readonly masters: readonly RedisProcess[];
  readonly replicas: readonly RedisProcess[];
}

/** How often a server was asked for values. */
async function readsOf(servers: readonly RedisProcess[]): Promise<number> {
  const infos = await Promise.all(servers.map((server) => server.call('INFO', 'commandstats')));
  return infos.reduce<number>((sum, info) => {
    const calls = [...String(info).matchAll(/cmdstat_(?:get|getrange):calls=(\d+)/g)];
    return sum + calls.reduce((own, [, count]) => own + Number(count), 0);
  }, 0);
}

/** Replicas get nothing any more, and go on answering. */
async function sever({ masters, replicas }: Servers): Promise<void> {
  for (const master of masters) {
    await master.call('ACL', 'SETUSER', 'default', '-psync', '-sync');
    await master.call('CLIENT', 'KILL', 'TYPE', 'replica');
  }
  await waitUntil('the replicas have lost their masters', async () => {
    const infos = await Promise.all(replicas.map((replica) => replica.call('INFO', 'replication')));
    return infos.every((info) => String(info).includes('master_link_status:down'));
  });
}

async function caughtUp({ masters }: Servers): Promise<void> {
  for (const master of masters) await master.call('WAIT', 1, 2_000);
}

/** A backend whose connections, to replicas too and of a worker too, are there. */
async function connected(options: RedisBackendOptions, servers: Servers): Promise<RedisBackend> {
  const cache = new RedisBackend({ timeoutMs: 8_000, ...options });
  // On every master there is.
  const keys = Array.from({ length: 30 }, (_, index) => `warm-${index}`);
  await cache.setMany(keys.map((key) => ({ key, value: 1 })));
  await cache.set('warm', LARGE);
  await caughtUp(servers);
  await sleep(1_100);
  const asksAll = options.cluster?.readFrom === 'replica';
  await waitUntil('replicas answer', async () => {
    const before = await readsOf(servers.masters);
    await cache.getMany([...keys, 'warm']);
    if (asksAll && (await readsOf(servers.masters)) > before) return false;
    return (cache.stats().replicas?.reads ?? 0) > 0;
  });
  return cache;
}

/** What has to hold whatever the topology is. */
async function followsItsOwnWrites(cache: RedisBackend, servers: Servers): Promise<void> {
  const keys = Array.from({ length: 20 }, (_, index) => `own-${index}`);
  await cache.setMany(keys.map((key) => ({ key, value: 'old' })));
  await cache.set('own-large', OLDER);
  await caughtUp(servers);
  await sleep(1_100);
  await sever(servers);
  // Not awaited: the reads are called while the writes are under way.
  const writes = keys.map((key) => cache.set(key, 'new'));
  const large = cache.set('own-large', LARGE);
  const beside = Promise.all(keys.map((key) => cache.get(key)));
  const besideLarge = cache.get('own-large');
  // Each soon after its write: on a machine that is busy the large one may take more than the second.
  expect(await beside).toEqual(keys.map(() => 'new'));
  await Promise.all(writes);
  expect(await cache.getMany(keys)).toEqual(keys.map(() => 'new'));
  expect(await besideLarge).toEqual(LARGE);
  await large;
  expect(await cache.get('own-large')).toEqual(LARGE);
  await cache.delete('own-0');
  expect(await cache.get('own-0')).toBe(undefined);
  await sleep(1_200);
  // After a second whatever the replica has: it was never told.
  expect(await cache.getMany(keys)).toEqual(keys.map(() => 'old'));
  expect(await cache.get('own-large')).toEqual(OLDER);
  expect(await cache.get('own-large', { select: [0] })).toEqual(OLDER[0]);
  expect(await cache.exists('own-0'), 'by the master').toBe(false);
}

describe('Cluster', () => {
  let cluster: RunningCluster;
  let servers: Servers;
  beforeAll(async () => {
    cluster = await startCluster({ masters: 3, replicas: 1 });
    servers = { masters: cluster.nodes, replicas: cluster.replicas };
  }, 60_000);
  afterAll(() => cluster.stop());

  const options = (readFrom: 'master' | 'replica' | 'any'): RedisBackendOptions => ({
    cluster: { nodes: cluster.startNodes, readFrom },
  });

  it('by default no replica is asked', async () => {
    await using cache = new RedisBackend({ cluster: { nodes: cluster.startNodes } });
    await cache.set('large', LARGE);
    const before = await readsOf(servers.replicas);
    expect(await cache.get('large')).toEqual(LARGE);
    expect(await readsOf(servers.replicas)).toBe(before);
    expect(cache.stats().replicas).toBe(undefined);
  });

  it('with replica, small and large values of other processes and their parts come from replicas', async () => {
    await using writer = new RedisBackend(options('master'));
    const keys = Array.from({ length: 60 }, (_, index) => `k${index}`);
    await writer.setMany(keys.map((key, value) => ({ key, value })));
    await writer.set('large', LARGE);
    await using cache = await connected(options('replica'), servers);
    await caughtUp(servers);
    const before = { masters: await readsOf(servers.masters), replicas: await readsOf(servers.replicas) };
    expect(await cache.getMany(keys)).toEqual(keys.map((_, index) => index));
    expect(await cache.get('large')).toEqual(LARGE);
    expect(await cache.get('large', { select: [3] })).toEqual(LARGE[3]);
    expect(await readsOf(servers.masters)).toBe(before.masters);
    expect(await readsOf(servers.replicas)).toBeGreaterThanOrEqual(before.replicas + 62);
    expect(cache.stats().replicas).toMatchObject({ connected: true });
  });

  it('with any, both are asked', async () => {
    await using cache = await connected(options('any'), servers);
    const before = { masters: await readsOf(servers.masters), replicas: await readsOf(servers.replicas) };
    for (let index = 0; index < 60; index++) await cache.get('warm');
    expect(await readsOf(servers.masters)).toBeGreaterThan(before.masters);
    expect(await readsOf(servers.replicas)).toBeGreaterThan(before.replicas);
  });

  it('a replica that does not answer costs half of the time, and the master answers', async () => {
    await using cache = await connected({ ...options('replica'), timeoutMs: 8_000 }, servers);
    const keys = Array.from({ length: 30 }, (_, index) => `away${index}`);
    await using writer = new RedisBackend(options('master'));
    await writer.setMany(keys.map((key, value) => ({ key, value })));
    for (const replica of cluster.replicas) process.kill(replica.pid, 'SIGSTOP');
    const began = performance.now();
    try {
      expect(await cache.getMany(keys)).toEqual(keys.map((_, index) => index));
      expect(performance.now() - began).toBeLessThan(7_500);
      expect(cache.stats().replicas?.fallbacks).toBeGreaterThan(0);
    } finally {
      for (const replica of cluster.replicas) process.kill(replica.pid, 'SIGCONT');
    }
    await waitUntil('replicas answer again', async () => {
      const { reads = 0 } = cache.stats().replicas ?? {};
      await cache.getMany(keys);
      return (cache.stats().replicas?.reads ?? 0) > reads;
    });
  });

  // The last one: it cuts the replicas off.
  it('reads see what this process is writing, and wrote within the last second', async () => {
    await using cache = await connected(options('replica'), servers);
    await followsItsOwnWrites(cache, servers);
    await cache.set('cleared', 1);
    await using view = cache.withPrefix('own-');
    await view.clear();
    expect(await cache.get('own-1')).toBe(undefined);
  });
});

describe('Sentinel', () => {
  let group: RunningSentinel;
  let servers: Servers;
  beforeAll(async () => {
    group = await startSentinel();
    servers = { masters: [group.master], replicas: [group.replica] };
  }, 60_000);
  afterAll(() => group.stop());

  const options = (): RedisBackendOptions => ({
    sentinel: { name: group.name, sentinels: group.sentinels, readFrom: 'replica' },
    reconnectMaxDelayMs: 500,
  });

  it('reads come from the replica, writes go to the master', async () => {
    await using cache = await connected(options(), servers);
    const before = { masters: await readsOf(servers.masters), replicas: await readsOf(servers.replicas) };
    expect(await cache.get('warm')).toEqual(LARGE);
    expect(await cache.get('nothing')).toBe(undefined);
    expect(await readsOf(servers.masters)).toBe(before.masters);
    expect(await readsOf(servers.replicas)).toBeGreaterThanOrEqual(before.replicas + 2);
  });

  it('a replica that is away is made up for by the master', async () => {
    await using cache = await connected(options(), servers);
    process.kill(group.replica.pid, 'SIGSTOP');
    try {
      expect(await cache.get('warm')).toEqual(LARGE);
      expect(cache.stats().replicas?.fallbacks).toBeGreaterThan(0);
    } finally {
      process.kill(group.replica.pid, 'SIGCONT');
    }
  });

  it('reads see what this process is writing, and wrote within the last second', async () => {
    await using cache = await connected(options(), servers);
    await followsItsOwnWrites(cache, servers);
  });
});

it.each([
  [
    { cluster: { nodes: [{ host: 'h', port: 1 }], readFrom: 'slave' } },
    /cluster\.readFrom must be one of master, replica, any/,
  ],
  [{ cluster: { nodes: [{ host: 'h', port: 1 }], readFrom: 1 } }, /cluster\.readFrom must be a string/],
  [
    { sentinel: { name: 'm', sentinels: [{ host: 'h', port: 1 }], readFrom: 'any' } },
    /sentinel\.readFrom must be one of master, replica/,
  ],
])('bad input: %j', (options, message) => {
  expect(() => new RedisBackend(options as never)).toThrow(message);
});
