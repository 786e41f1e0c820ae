import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { notedStoreOf } from '../../dist/backends/noted-store.js';
import { CacheManager, RedisBackend } from '../../dist/index.js';
import { recordsOf } from '../support/records.js';
import { type RunningRedis, startRedis } from '../support/redis-server.js';
import { waitUntil } from '../support/wait-until.js';

const PROGRAM = fileURLToPath(new URL('../support/fixtures/get-or-set-process.mjs', import.meta.url));

let server: RunningRedis;
let raw: Redis;
beforeAll(async () => {
  server = await startRedis();
  raw = new Redis(server.url);
});
const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});
afterAll(async () => {
  raw.disconnect();
  await server.stop();
});

interface Told {
  readonly ready?: boolean;
  readonly made?: number;
  readonly by?: number;
  readonly ms?: number;
}

/** A process that gets a key when it is told to. */
class Getter {
  readonly told: Told[] = [];
  readonly child: ChildProcess;

  constructor(input: Record<string, unknown>) {
    this.child = spawn(process.execPath, [PROGRAM, JSON.stringify({ url: server.url, ...input })], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    children.push(this.child);
    const { stdout } = this.child;
    if (stdout) createInterface(stdout).on('line', (line) => this.told.push(JSON.parse(line) as Told));
  }

  get made(): boolean {
    return this.told.some(({ made }) => made !== undefined);
  }

  get result(): Told | undefined {
    return this.told.find(({ by }) => by !== undefined);
  }

  go(): void {
    this.child.stdin?.write('go\n');
  }
}

async function ready(inputs: Record<string, unknown>[]): Promise<Getter[]> {
  const getters = inputs.map((input) => new Getter(input));
  await waitUntil('all are ready', async () => getters.every(({ told }) => told.length > 0));
  return getters;
}

it.each([100, 1_000_000])(
  'four processes at once, %d bytes: one call of the factory in all',
  async (size) => {
    const key = `four-${size}`;
    const getters = await ready(Array.from({ length: 4 }, () => ({ key, makesMs: 300, size })));
    for (const getter of getters) getter.go();
    await waitUntil('all have it', async () => getters.every(({ result }) => result));
    expect(getters.filter(({ made }) => made)).toHaveLength(1);
    expect(new Set(getters.map(({ result }) => result?.by)).size).toBe(1);
    expect(await raw.keys('offloop:*')).toEqual([]);
  },
);

it('when the holder of the lease is killed another takes over within its time and a second', async () => {
  const lease = { ttl: 1.5 };
  const [holder, heir] = await ready([
    { key: 'killed', makesMs: 60_000, lease },
    { key: 'killed', makesMs: 0, lease },
  ]);
  holder?.go();
  await waitUntil('it is being made', async () => holder?.made === true);
  // Longer than the lease: it is prolonged while its holder lives.
  heir?.go();
  await sleep(2_000);
  expect(heir?.made).toBe(false);
  const killedAt = performance.now();
  holder?.child.kill('SIGKILL');
  await waitUntil('another has made it', async () => heir?.result !== undefined);
  expect(performance.now() - killedAt).toBeLessThan(2_500);
  expect(heir?.result?.by).toBe(heir?.child.pid);
});

it.each([100, 1_000_000])(
  'a holder that was stopped for longer than its lease does not overwrite, %d bytes',
  async (size) => {
    const key = `late-${size}`;
    const lease = { ttl: 0.5 };
    const [late, heir] = await ready([
      { key, makesMs: 500, lease, size },
      { key, makesMs: 0, lease, size },
    ]);
    late?.go();
    await waitUntil('it is being made', async () => late?.made === true);
    late?.child.kill('SIGSTOP');
    await sleep(700);
    heir?.go();
    await waitUntil('another has made it', async () => heir?.result !== undefined);
    late?.child.kill('SIGCONT');
    await waitUntil('the late one has its own', async () => late?.result !== undefined);
    expect(late?.result).toMatchObject({ by: late?.child.pid, stats: { lateWrites: 1 } });
    await using backend = new RedisBackend({ url: server.url, keyPrefix: 'procs:' });
    expect(await backend.get(key)).toMatchObject({ by: heir?.child.pid });
    expect(await raw.keys('offloop:*')).toEqual([]);
  },
);

it('a fenced value that lost its lease leaves nothing behind, whatever its size', async () => {
  await using backend = new RedisBackend({ url: server.url, keyPrefix: 'fence:' });
  const store = notedStoreOf(backend);
  for (const value of ['small', recordsOf(1_000_000)]) {
    const answer = await store?.leases?.acquire('k', 10_000);
    expect(answer?.lease?.fence).toBeGreaterThan(1e15);
    expect(await store?.leases?.acquire('k', 10_000)).toMatchObject({ lease: undefined });
    const fence = answer?.lease;
    expect(await store?.setNoted('k', value, { fence, ttl: 30 })).toBe(true);
    expect(await backend.get('k')).toEqual(value);
    expect(await backend.ttl('k')).toBeGreaterThan(25);
    // It was given back with that.
    expect(await store?.setNoted('k', 'late', { fence })).toBe(false);
    expect(await store?.setNoted('k', recordsOf(900_000), { fence })).toBe(false);
    expect(await backend.get('k')).toEqual(value);
    expect(await raw.keys('offloop:*')).toEqual([]);
  }
});

it('who has waited for long enough makes the value himself, and does not store it', async () => {
  await using first = new CacheManager({
    backend: new RedisBackend({ url: server.url, keyPrefix: 'wait:' }),
  });
  await using second = new CacheManager({
    backend: new RedisBackend({ url: server.url, keyPrefix: 'wait:' }),
  });
  const slow = first.getOrSet('k', () => sleep(900, 'first'));
  await waitUntil('it is being made', async () => first.stats().factoryCalls === 1);
  expect(await second.getOrSet('k', () => 'second', { lease: { wait: 0.1 } })).toBe('second');
  expect(await second.get('k')).toBeUndefined();
  expect(await slow).toBe('first');
  expect(await second.get('k')).toBe('first');
  expect(second.stats()).toMatchObject({ leaseWaits: 1 });
});

it('who waits is told at once, and asks Redis hardly anything meanwhile', async () => {
  await using first = new CacheManager({
    backend: new RedisBackend({ url: server.url, keyPrefix: 'told:' }),
  });
  await using second = new CacheManager({
    backend: new RedisBackend({ url: server.url, keyPrefix: 'told:' }),
  });
  const commands = async (): Promise<number> =>
    Number(/total_commands_processed:(\d+)/.exec(await raw.info('stats'))?.[1]);
  let endedAt = 0;
  const slow = first.getOrSet('k', async () => {
    await sleep(1_500);
    endedAt = performance.now();
    return 'v';
  });
  await waitUntil('it is being made', async () => first.stats().factoryCalls === 1);
  const before = await commands();
  expect(await second.getOrSet('k', () => 'mine')).toBe('v');
  expect(performance.now() - endedAt).toBeLessThan(200);
  expect((await commands()) - before).toBeLessThan(60);
  await slow;
});
