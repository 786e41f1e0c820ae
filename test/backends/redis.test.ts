import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { BatchError, OffloopError, RedisBackend, type RedisBackendOptions } from '../../dist/index.js';
import { recordsOf } from '../support/records.js';
import { type RunningRedis, startRedis } from '../support/redis-server.js';

let server: RunningRedis;
let raw: Redis;
const open: RedisBackend[] = [];

beforeAll(async () => {
  server = await startRedis();
  raw = new Redis(server.url);
});
afterAll(async () => {
  raw.disconnect();
  await server.stop();
});
beforeEach(async () => {
  await raw.flushdb();
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((backend) => backend.close()));
});

function create(options: RedisBackendOptions = {}): RedisBackend {
  const backend = new RedisBackend({ url: server.url, ...options });
  open.push(backend);
  return backend;
}

const large = recordsOf(400_000);

describe('the documented semantics', () => {
  it('TTL in seconds sent with the SET', async () => {
    const cache = create();
    const monitor = await raw.monitor();
    const seen: string[][] = [];
    monitor.on('monitor', (_time, args: string[]) => seen.push(args));
    await cache.set('small', 1, { ttl: 600 });
    await cache.set('large', large, { ttl: 1.5 });
    await sleep(50);
    monitor.disconnect();
    const sets = seen
      .filter(([command]) => command?.toLowerCase() === 'set')
      .map((args) => [args[1], ...args.slice(3)]);
    expect(sets).toEqual([
      ['small', 'PX', '600000'],
      ['large', 'PX', '1500'],
    ]);
    expect(seen.some(([command]) => /expire/i.test(command ?? ''))).toBe(false);
  });

  it('no TTL means no expiry', async () => {
    const cache = create();
    await cache.set('k', 1, { ttl: 10 });
    await cache.set('k', 2);
    expect(await cache.ttl('k')).toBe(Number.POSITIVE_INFINITY);
    expect(await raw.ttl('k')).toBe(-1);
  });

  it('a missing or expired key is a miss', async () => {
    const cache = create();
    expect(await cache.get('never')).toBe(undefined);
    await cache.set('small', 1, { ttl: 0.05 });
    await cache.set('large', large, { ttl: 0.2 });
    await sleep(300);
    expect([await cache.get('small'), await cache.get('large')]).toEqual([undefined, undefined]);
    expect(await cache.ttl('small')).toBe(undefined);
    expect(cache.stats().misses).toBe(3);
  });

  it('delete of a missing key is no error', async () => {
    const cache = create();
    await cache.set('k', 1);
    expect([await cache.delete('k'), await cache.delete('k'), await cache.delete('never')]).toEqual([
      true,
      false,
      false,
    ]);
  });

  it('exists', async () => {
    const cache = create();
    await cache.set('k', null);
    expect([await cache.exists('k'), await cache.exists('other')]).toEqual([true, false]);
    expect(await cache.get('k')).toBe(null);
  });

  it('two tenants on one Redis do not see each other', async () => {
    const [a, b] = [create({ keyPrefix: 'tenant_a:' }), create({ keyPrefix: 'tenant_b:' })];
    await a.set('config', { theme: 'dark' });
    await b.set('config', { theme: 'light' });
    await a.set('only a', large);
    expect([await a.get('config'), await b.get('config')]).toEqual([{ theme: 'dark' }, { theme: 'light' }]);
    expect([await b.get('only a'), await b.exists('only a'), await b.delete('only a')]).toEqual([
      undefined,
      false,
      false,
    ]);
    expect((await raw.keys('*')).sort()).toEqual(['tenant_a:config', 'tenant_a:only a', 'tenant_b:config']);
  });

  it('tenantA.clear() leaves tenantB', async () => {
    const [a, b] = [create({ keyPrefix: 'tenant_a:' }), create({ keyPrefix: 'tenant_b:' })];
    await Promise.all([a.set('x', 1), a.set('y', large), b.set('x', 2)]);
    expect(await a.clear()).toBe(2);
    expect([await a.get('x'), await b.get('x')]).toEqual([undefined, 2]);
  });

  it('clear without prefix flushes', async () => {
    const cache = create();
    await raw.set('foreign', '1');
    await cache.set('k', 1);
    expect(await cache.clear()).toBe(2);
    expect(await raw.dbsize()).toBe(0);
  });

  it('allowFlush: false forbids that, and not the clear of a prefix', async () => {
    const cache = create({ allowFlush: false });
    await cache.set('p:k', 1);
    await expect(cache.clear()).rejects.toMatchObject({ code: 'ERR_FLUSH_FORBIDDEN' });
    expect(await cache.withPrefix('p:').clear()).toBe(1);
  });
});

describe('values of every size', () => {
  it.each([undefined, 'gzip', 'brotli'] as const)('round trips with compression %s', async (compression) => {
    const cache = create({ ...(compression ? { compression } : {}), inlineLimitBytes: 4096 });
    for (const bytes of [10, 3_000, 5_000, 20_000, 400_000, 2_000_000]) {
      const value = recordsOf(bytes);
      await cache.set(`k${bytes}`, value);
      expect(await cache.get(`k${bytes}`)).toEqual(value);
    }
    const { writes, reads } = cache.stats();
    expect(writes.inline).toBeGreaterThan(0);
    expect(writes.bytes).toBeGreaterThan(0);
    expect(reads.fetch + reads.unpack).toBeGreaterThan(0);
  });

  it('trap 10, 11, 22: binary values come back as what they were, in memory of their own', async () => {
    const cache = create();
    for (const length of [0, 3, 1_000, 1_000_000]) {
      const source = Buffer.alloc(length, 7);
      await cache.set('buffer', source);
      await cache.set('view', new Uint8Array(source.buffer, source.byteOffset, length));
      await cache.set('floats', new Float64Array(length).fill(0.5));
      expect(source.length, 'the caller keeps his bytes').toBe(length);
      const [buffer, view, floats] = await cache.getMany<Uint8Array>(['buffer', 'view', 'floats']);
      expect(Buffer.isBuffer(buffer) && buffer.equals(source)).toBe(true);
      expect(view?.constructor).toBe(Uint8Array);
      expect(view?.byteLength).toBe(length);
      expect(floats).toEqual(new Float64Array(length).fill(0.5));
      // Beside the value its own frame's head and table may lie there, 12 bytes for each 64 KB; nothing of another's.
      for (const bytes of [buffer, view]) expect(bytes?.buffer.byteLength).toBeLessThan(1.001 * length + 64);
    }
  });

  it('a value over the cap is refused before anything is sent', async () => {
    const cache = create({ maxValueBytes: 10_000, keyPrefix: 'cap:' });
    await cache.set('k', 'old');
    await expect(cache.set('k', Buffer.alloc(10_000))).rejects.toMatchObject({ code: 'ERR_VALUE_TOO_LARGE' });
    expect(await cache.get('k')).toBe('old');
    const wide = create({ keyPrefix: 'cap:' });
    await wide.set('k', Buffer.alloc(20_000));
    await expect(cache.get('k')).rejects.toMatchObject({ code: 'ERR_VALUE_TOO_LARGE' });
  });
});

describe('batches', () => {
  it('setMany has one TTL for all and one per entry; getMany keeps the order of the keys', async () => {
    const cache = create();
    await cache.setMany(
      [
        { key: 'a', value: 1 },
        { key: 'b', value: large, ttl: 5 },
        { key: 'c', value: 3 },
      ],
      { ttl: 60 },
    );
    expect(await cache.getMany(['c', 'none', 'b', 'a', 'a'])).toEqual([3, undefined, large, 1, 1]);
    const [shared = 0, own = 0] = [await cache.ttl('a'), await cache.ttl('b')];
    expect(shared, 'less the time since, which is longer on a busy machine').toBeGreaterThan(30);
    expect(shared).toBeLessThanOrEqual(60);
    expect(own).toBeGreaterThan(0);
    expect(own).toBeLessThanOrEqual(5);
    expect(await cache.deleteMany(['a', 'b', 'none'])).toBe(2);
    expect(await cache.getMany([])).toEqual([]);
  });

  it('a failed entry is reported with its key, and the others stand', async () => {
    const cache = create({ keyPrefix: 'p:' });
    await raw.lpush('p:list', 'x');
    const failure = await cache
      .setMany([
        { key: 'ok', value: 1 },
        { key: 'bad', value: () => 1 },
        { key: 'late', value: 2, ttl: 0 },
        { key: 'ok2', value: 3 },
      ])
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(BatchError);
    const { failures } = failure as BatchError;
    expect(failures.map(({ key, error }) => [key, error.code])).toEqual([
      ['bad', 'ERR_VALUE'],
      ['late', 'ERR_TTL'],
    ]);
    expect(await cache.getMany(['ok', 'ok2'])).toEqual([1, 3]);
    await expect(cache.getMany(['ok', 'list'])).rejects.toMatchObject({
      code: 'ERR_BATCH',
      failures: [{ key: 'list', error: { code: 'ERR_WRONG_TYPE' } }],
    });
  });

  it('10,000 small entries leave in few writes and keep their order', async () => {
    const cache = create();
    const keys = Array.from({ length: 10_000 }, (_, index) => `k${index}`);
    await cache.setMany(keys.map((key, value) => ({ key, value })));
    expect(await cache.getMany(keys)).toEqual(keys.map((_, index) => index));
  });
});

describe('ttl and touch', () => {
  it('touch gives a new TTL, and says where there is no key', async () => {
    const cache = create();
    await cache.set('k', 1);
    expect([await cache.touch('k', 20), await cache.touch('none', 20)]).toEqual([true, false]);
    expect(Math.round((await cache.ttl('k')) ?? 0)).toBe(20);
    await expect(cache.touch('k', 0)).rejects.toMatchObject({ code: 'ERR_TTL' });
  });
});

describe('what is refused', () => {
  it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY, '60', null, 1e12])('a ttl of %s', async (ttl) => {
    const cache = create();
    const failure = cache.set('k', 1, { ttl: ttl as number });
    await expect(failure).rejects.toMatchObject({
      code: 'ERR_TTL',
      message: expect.stringContaining('received'),
    });
    expect(await cache.exists('k')).toBe(false);
  });

  it.each(['', 5, undefined, null, {}, '\ud800'])('the key %j', async (key) => {
    const cache = create();
    for (const call of [
      cache.get(key as string),
      cache.set(key as string, 1),
      cache.delete(key as string),
      cache.exists(key as string),
    ]) {
      await expect(call).rejects.toMatchObject({
        code: 'ERR_KEY',
        message: expect.stringContaining('received'),
      });
    }
  });

  const cyclic: { items: unknown[] } = { items: [] };
  cyclic.items.push({ again: cyclic });
  it.each([
    ['undefined', undefined, 'value is undefined'],
    ['a function', () => 1, 'value is a function'],
    ['a symbol', Symbol('s'), 'value is a symbol'],
    [
      'a function deep inside',
      { items: [1, 2, 3, { handler: () => 1 }] },
      'value.items[3].handler is a function',
    ],
    ['a cycle', cyclic, 'value.items[0]'],
    ['a class instance', { user: new (class User {})() }, 'value.user'],
  ])('%s as value', async (_name, value, text) => {
    for (const options of [{}, { offload: 'always' as const }, { codec: 'json' }, { codec: 'cbor' }]) {
      const failure = create(options).set('k', value);
      await expect(failure).rejects.toMatchObject({
        code: 'ERR_VALUE',
        message: expect.stringContaining(text),
      });
    }
  });

  it.each([
    [{ nonsense: 1 }, 'ERR_OPTION', 'nonsense'],
    [{ timeoutMs: 1 }, 'ERR_OPTION', '10 to 3600000'],
    [{ pool: { maxThreads: 0 } }, 'ERR_OPTION', 'pool.maxThreads'],
    [{ codec: 'pickle' }, 'ERR_OPTION', 'pickle'],
    [{ url: 'http://localhost' }, 'ERR_URL', 'http'],
    [{ keyPrefix: '\ud800' }, 'ERR_KEY', 'lone surrogate'],
    [{ compression: { algorithm: 'gzip', level: 10 } }, 'ERR_OPTION', 'level'],
    [null, 'ERR_OPTION', 'null'],
  ])('the options %j', (options, code, text) => {
    let failure: unknown;
    try {
      new RedisBackend(options as RedisBackendOptions);
    } catch (error) {
      failure = error;
    }
    expect(failure).toBeInstanceOf(OffloopError);
    expect(failure).toMatchObject({ code, message: expect.stringContaining(text) });
  });

  it('unknown options of a call', async () => {
    const cache = create();
    await expect(cache.set('k', 1, { tll: 5 } as object)).rejects.toMatchObject({ code: 'ERR_OPTION' });
    await expect(cache.setMany([{ key: 'k', value: 1, tll: 5 } as never])).rejects.toMatchObject({
      code: 'ERR_BATCH',
    });
  });

  it('options and entries that throw when they are read', async () => {
    const cache = create();
    const thrown = (): never => {
      throw new Error('secret');
    };
    const entry = Object.defineProperty({ value: 1 }, 'key', { enumerable: true, get: thrown });
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    for (const odd of [entry, proxy]) {
      const error = await cache.setMany([{ key: 'kept', value: 1 }, odd as never]).catch((reason) => reason);
      expect(error).toBeInstanceOf(BatchError);
      const [failure] = (error as BatchError).failures;
      expect(failure?.key).toMatch(/^\[1\] an object/);
      expect(failure?.error.code).toBe('ERR_OPTION');
      expect(error.message).not.toContain('secret');
    }
    expect(await cache.get('kept')).toBe(1);
    for (const call of [cache.clear(proxy), cache.set('k', 1, proxy), cache.getMany(['k'], proxy)])
      await expect(call).rejects.toMatchObject({ code: 'ERR_OPTION' });
    expect(await cache.get('kept')).toBe(1);
  });

  it('use after close', async () => {
    const cache = create();
    const view = cache.withPrefix('v:');
    await cache.set('k', 1);
    await cache.close();
    await cache.close();
    const calls = [
      cache.get('k'),
      cache.set('k', 1),
      cache.clear(),
      cache.getMany(['k']),
      view.get('k'),
      cache.touch('k', 1),
    ];
    for (const call of calls) await expect(call).rejects.toMatchObject({ code: 'ERR_CLOSED' });
    expect(() => cache.withPrefix('x')).toThrow(/closed/);
  });
});

describe('bytes that are no frame', () => {
  const foreign: [string, string | Buffer][] = [
    ['text', 'hello'],
    ['long text', 'x'.repeat(200_000)],
    ['zeros', Buffer.alloc(100)],
  ];

  it.each(foreign)('%s: a miss with an event and a counter, left in place', async (_name, bytes) => {
    const cache = create();
    const reports: unknown[] = [];
    cache.on('corrupt', (report) => reports.push(report));
    await raw.set('k', bytes);
    expect(await cache.get('k')).toBe(undefined);
    expect(reports).toMatchObject([{ key: 'k', error: { code: 'ERR_CORRUPT' } }]);
    expect(cache.stats()).toMatchObject({ corrupt: 1, misses: 1 });
    expect(await raw.exists('k')).toBe(1);
  });

  it('a truncated large frame, whole or in its head: a miss; with onCorrupt: throw an error', async () => {
    const cache = create();
    const strict = create({ onCorrupt: 'throw' });
    await cache.set('k', large);
    const frame = await raw.getBuffer('k');
    for (const length of [5, 23, 24, 1_000, 65_536, 65_537, (frame?.length ?? 0) - 1]) {
      await raw.set('k', frame?.subarray(0, length) ?? '');
      expect(await cache.get('k'), `${length} bytes`).toBe(undefined);
      await expect(strict.get('k')).rejects.toMatchObject({ code: 'ERR_CORRUPT' });
    }
  });
});

describe('views, config, events', () => {
  it('a view adds its prefix; closing it leaves the origin open', async () => {
    const cache = create({ keyPrefix: 'app:' });
    const view = cache.withPrefix('tenant:');
    await view.set('k', 1);
    expect(await raw.exists('app:tenant:k')).toBe(1);
    await view.close();
    await expect(view.get('k')).rejects.toMatchObject({ code: 'ERR_CLOSED' });
    expect(await cache.get('tenant:k')).toBe(1);
  });

  it('fromConfig reads a file; overrides come before it', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'offloop-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const path = join(folder, 'offloop.config.json');
    // With a byte order mark, as editors on Windows save it.
    const text = JSON.stringify({ url: server.url, keyPrefix: 'file:', pool: { maxThreads: 1 } });
    writeFileSync(path, `\uFEFF${text}`);
    const cache = RedisBackend.fromConfig(path);
    const other = RedisBackend.fromConfig(path, { keyPrefix: 'mine:' });
    open.push(cache, other);
    await Promise.all([cache.set('k', 1), other.set('k', 2)]);
    expect((await raw.keys('*')).sort()).toEqual(['file:k', 'mine:k']);
    expect(() => RedisBackend.fromConfig('/no/such/file')).toThrow(
      expect.objectContaining({ code: 'ERR_OPTION' }),
    );
  });

  it('await using closes', async () => {
    let escaped: RedisBackend;
    {
      await using cache = new RedisBackend({ url: server.url });
      escaped = cache;
      await cache.set('k', 1);
    }
    await expect(escaped.get('k')).rejects.toMatchObject({ code: 'ERR_CLOSED' });
  });

  it('comes back by itself after its connection was killed, and says so', async () => {
    const cache = create();
    const events: string[] = [];
    cache.on('connect', () => events.push('connect')).on('disconnect', () => events.push('disconnect'));
    await cache.set('k', 1);
    await raw.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
    await sleep(50);
    expect(await cache.get('k')).toBe(1);
    expect(events).toEqual(['connect', 'disconnect', 'connect']);
  });
});
