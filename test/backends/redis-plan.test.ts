import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RedisBackend, type RedisBackendOptions } from '../../dist/index.js';
import { recordsOf } from '../support/records.js';
import { type RunningRedis, startRedis } from '../support/redis-server.js';

let server: RunningRedis;
let raw: Redis;
beforeAll(async () => {
  server = await startRedis({ ownProcess: true });
  raw = new Redis(server.url);
});
afterAll(async () => {
  raw.disconnect();
  await server.stop();
});

const large = recordsOf(3_000_000);

function create(options: RedisBackendOptions = {}): RedisBackend {
  return new RedisBackend({ url: server.url, ...options });
}

/** How often GETRANGE asked for the head of a value meanwhile. */
async function headsDuring(work: () => Promise<unknown>): Promise<number> {
  const monitor = await raw.monitor();
  let heads = 0;
  monitor.on('monitor', (_: string, [command, , from, to]: string[]) => {
    if (command?.toLowerCase() === 'getrange' && from === '0' && to === '65535') heads++;
  });
  await work();
  await raw.ping();
  await new Promise((resolve) => setTimeout(resolve, 50));
  monitor.disconnect();
  return heads;
}

describe('a key known to be large', () => {
  it('is got without a first look, by who set it and by who got it', async () => {
    await using writer = create({ keyPrefix: 'known:' });
    await using reader = create({ keyPrefix: 'known:' });
    await writer.set('k', large);
    expect(await headsDuring(async () => expect(await writer.get('k')).toEqual(large))).toBe(0);
    expect(await headsDuring(() => reader.get('k'))).toBe(1);
    expect(await headsDuring(() => reader.get('k'))).toBe(0);
    expect(reader.stats().plan.knownLargeKeys).toBe(1);
    expect(reader.stats()).toMatchObject({ hits: 2, misses: 0, reads: { fetch: 2 } });
  });

  it('a fixed plan looks first each time', async () => {
    await using cache = create({ keyPrefix: 'fixed:', plan: 'fixed' });
    await cache.set('k', large);
    expect(await headsDuring(() => cache.get('k'))).toBe(1);
    expect(await headsDuring(() => cache.get('k'))).toBe(1);
    expect(cache.stats().plan).toMatchObject({ mode: 'fixed', knownLargeKeys: 0, shapes: [] });
  });

  it.each([
    ['small', 7],
    ['of another codec', 'text '.repeat(400_000)],
    ['in one piece', Buffer.alloc(3_000_000, 3)],
    ['gone', undefined],
  ])('whose value is %s by now is got all the same, and known again', async (_, value) => {
    await using cache = create({ keyPrefix: 'other:' });
    await using other = create({ keyPrefix: 'other:' });
    await cache.set('k', large);
    await cache.get('k');
    if (value === undefined) await other.delete('k');
    else await other.set('k', value);
    for (let round = 0; round < 3; round++) {
      const got = await cache.get('k');
      expect(Buffer.isBuffer(got) ? got.equals(value as Buffer) : got === value).toBe(true);
    }
    await other.set('k', large);
    expect(await cache.get('k')).toEqual(large);
  });

  it('calls on it have their order, also those that were not awaited', async () => {
    await using cache = create({ keyPrefix: 'order:' });
    await cache.set('k', large);
    await cache.get('k');
    const [, first, , second, , third] = await Promise.all([
      cache.set('k', 'small'),
      cache.get('k'),
      cache.set('k', large),
      cache.get<unknown[]>('k'),
      cache.delete('k'),
      cache.get('k'),
    ]);
    expect(first).toBe('small');
    expect(second).toHaveLength(large.length);
    expect(third).toBe(undefined);
  });

  it('of foreign bytes is a miss and an event', async () => {
    await using cache = create({ keyPrefix: 'foreign:' });
    await cache.set('k', large);
    await raw.set('foreign:k', 'x'.repeat(100_000));
    expect(await cache.get('k')).toBe(undefined);
    expect(cache.stats()).toMatchObject({ corrupt: 1, misses: 1 });
  });
});

it('a codec that takes lists whole has a worker encode them where cloning is cheaper', async () => {
  const rows = recordsOf(4_000_000);
  const ways = async (options: RedisBackendOptions): Promise<unknown> => {
    await using cache = create({ keyPrefix: 'clone:', codec: 'json', ...options });
    // The first samples measure the compiler.
    for (let round = 0; round < 130; round++) await cache.set('warm', recordsOf(20_000));
    for (let round = 0; round < 3; round++) await cache.set('k', rows);
    expect(await cache.get('k')).toEqual(rows);
    return cache.stats().writes;
  };
  expect(await ways({ plan: 'fixed' })).toMatchObject({ graph: 0, bytes: 3 });
  expect(await ways({ offload: { encode: 'never' } })).toMatchObject({ graph: 0, bytes: 0 });
});

it('what a codec of your own keeps and a clone would not is stored by the codec, wherever in a list it stands', async () => {
  const module = fileURLToPath(new URL('../support/fixtures/slow-codec.mjs', import.meta.url));
  const codecs = [{ name: 'slow', id: 77, module }];
  await using cache = create({ keyPrefix: 'keeps:', codec: 'slow', codecs });
  class Point {
    x = 1;
  }
  const rows = recordsOf(2_000_000);
  for (let round = 0; round < 6; round++) await cache.set('k', rows);
  expect(cache.stats().writes.graph).toBeGreaterThan(0);
  await cache.set('k', [...rows, new Point()]);
  expect(await cache.get('k', { select: [rows.length] })).toEqual({ x: 1 });
});

it('what has been measured is in stats, and random data is not compressed each time', async () => {
  await using cache = create({ compression: 'gzip' });
  for (let round = 0; round < 12; round++) await cache.set('noise', randomBytes(300_000));
  await cache.set('rows', large);
  const { plan } = cache.stats();
  expect(plan).toMatchObject({ mode: 'auto', inlineLimitBytes: 65_536, knownLargeKeys: 2 });
  expect(plan.workerBytesPerMs).toBeGreaterThan(0);
  expect(plan.shapes.map(({ shape }) => shape)).toEqual(['records', 'binary']);
  const [records, binary] = plan.shapes;
  expect(records).toMatchObject({ sent: 'bytes', compresses: true, encodes: 1 });
  expect(records?.encodeMsPerMb).toBeGreaterThan(0);
  expect(binary?.compresses).toBe(false);
  const handle = await cache.open('rows');
  expect(handle?.compression).toBe('gzip');
});
