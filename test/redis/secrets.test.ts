import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { OffloopError, RedisBackend, type RedisBackendOptions } from '../../dist/index.js';
import { expectNoSecret, KEY, PASSWORD, SECRET, VALUE } from '../support/canaries.js';
import { recordsOf } from '../support/records.js';
import { type RunningRedis, startRedis } from '../support/redis-server.js';

const ENCRYPTION = { keys: { a: SECRET } };
const MAP_MODULE = new URL('../support/fixtures/map-functions.mjs', import.meta.url);

let server: RunningRedis;
let raw: Redis;
beforeAll(async () => {
  server = await startRedis({ password: PASSWORD });
  raw = new Redis(server.port, '127.0.0.1', { password: PASSWORD });
});
afterAll(async () => {
  raw.disconnect();
  await server.stop();
});

function open(options: RedisBackendOptions = {}): RedisBackend {
  const url = `redis://:${PASSWORD}@127.0.0.1:${server.port}/0`;
  return new RedisBackend({ url, onCorrupt: 'throw', encryption: ENCRYPTION, ...options });
}

it('no error, event, counter or inspection tells a secret', { timeout: 60_000 }, async () => {
  const seen: unknown[] = [];
  await using cache = open({ maxValueBytes: 4_000_000 });
  await using small = open({ maxValueBytes: 2_000 });
  await using plain = new RedisBackend({ url: server.url, onCorrupt: 'throw' });
  await using refused = open({ url: `redis://:${PASSWORD}x@127.0.0.1:${server.port}/0`, timeoutMs: 500 });
  await using away = open({ url: `redis://:${PASSWORD}@127.0.0.1:1/0`, timeoutMs: 200 });
  await using late = open({ timeoutMs: 400 });
  await using busy = open({
    pool: { maxThreads: 1, tasksPerThread: 1, maxQueue: 0 },
    inlineLimitBytes: 1_024,
  });
  for (const backend of [cache, small, plain, refused, away]) {
    backend.on('corrupt', ({ error }) => seen.push(error));
    backend.on('connectionError', (error) => seen.push(error));
  }
  const large = [...recordsOf(400_000), VALUE];
  const call = async (run: () => unknown): Promise<void> => {
    try {
      await run();
    } catch (error) {
      seen.push(error);
    }
  };
  const fired = AbortSignal.abort();
  await cache.set(KEY, { secret: VALUE });
  await cache.set('large', large);
  await call(() => open({ sliceMs: VALUE } as unknown as RedisBackendOptions));
  await call(() => new RedisBackend({ url: `redis://:${PASSWORD}@:bad:/0?x=${PASSWORD}` }));
  await call(() => new RedisBackend({ encryption: { keys: { a: `${SECRET.toString('hex')}00` } } }));
  await call(() => cache.get(''));
  await call(() => cache.get('\ud800'));
  await call(() => cache.set(KEY, VALUE, { ttl: -1 }));
  await call(() => cache.set(KEY, { f: () => VALUE }));
  await call(() => cache.set(KEY, new Map([['field', Symbol(VALUE)]])));
  await call(() => cache.get(KEY, { select: [{}] } as never));
  await call(() => cache.get(KEY, { select: ['secret', 'x'], slice: [0, 1] }));
  await call(() => small.set(KEY, VALUE.repeat(1_000)));
  await call(() => small.get('large'));
  await call(async () => {
    const handle = await cache.open('large');
    await cache.set('large', [VALUE, ...large]);
    seen.push(handle);
    await handle?.bytes();
  });
  await call(() => cache.map(KEY, MAP_MODULE, 'throws'));
  await call(() => cache.map(KEY, MAP_MODULE, 'no such export'));
  await call(() => cache.map(KEY, MAP_MODULE, 'refused'));
  await call(() => cache.get(KEY, { signal: fired }));
  await call(() => plain.get(KEY));
  await raw.set('foreign', VALUE);
  await call(() => cache.get('foreign'));
  await raw.copy('large', 'moved');
  await raw.copy(KEY, 'moved small');
  await call(() => cache.get('moved'));
  await call(() => cache.get('moved small'));
  await raw.lpush(`${KEY}list`, VALUE);
  await call(() => cache.get(`${KEY}list`));
  await call(() => cache.setMany([{ key: KEY, value: () => VALUE }]));
  await call(() => cache.setStream(KEY, failing()));
  await call(() => refused.get(KEY));
  await call(() => refused.set('large', large));
  await call(() => away.set(KEY, VALUE));
  await late.exists(KEY);
  await raw.call('CLIENT', 'PAUSE', '700', 'ALL');
  await Promise.all([call(() => late.get(KEY)), call(() => late.set(KEY, VALUE))]);
  await raw.config('SET', 'maxmemory', '1');
  await call(() => cache.set(KEY, VALUE));
  await call(() => cache.set('large', large));
  await raw.config('SET', 'maxmemory', '0');
  await Promise.all(Array.from({ length: 4 }, (_, index) => call(() => busy.set(`l${index}`, large))));
  await raw.call(
    'ACL',
    'SETUSER',
    'reader',
    'on',
    `>${PASSWORD}`,
    '~*',
    '+get',
    '+getrange',
    '+ping',
    '+info',
  );
  await using reader = open({ url: `redis://reader:${PASSWORD}@127.0.0.1:${server.port}/0` });
  await call(() => reader.set(KEY, VALUE));
  const closed = open();
  await closed.close();
  await call(() => closed.get(KEY));

  const codes = new Set(seen.filter((thing) => thing instanceof OffloopError).map(({ code }) => code));
  for (const code of [
    'ERR_OPTION',
    'ERR_URL',
    'ERR_KEY',
    'ERR_TTL',
    'ERR_VALUE',
    'ERR_PATH',
    'ERR_VALUE_TOO_LARGE',
    'ERR_CHANGED',
    'ERR_MAP',
    'ERR_ABORTED',
    'ERR_CLOSED',
    'ERR_TIMEOUT',
    'ERR_OVERLOADED',
    'ERR_CORRUPT',
    'ERR_INTEGRITY',
    'ERR_KEY_ID',
    'ERR_BATCH',
    'ERR_CONNECTION',
    'ERR_AUTH',
    'ERR_PERMISSION',
    'ERR_WRONG_TYPE',
    'ERR_OUT_OF_MEMORY',
  ])
    expect([...codes], code).toContain(code);
  for (const error of seen) {
    // The entries of a batch name their keys as the caller gave them.
    if (error instanceof OffloopError && error.code === 'ERR_BATCH')
      expectNoSecret('a message', error.message);
    else expectNoSecret('an error', error);
  }
  expectNoSecret('a backend', cache);
  expectNoSecret('a view', cache.withPrefix('v:'));
  expectNoSecret('the counters', cache.stats());
  expectNoSecret('a stream', (await cache.open('large'))?.stream());
});

async function* failing(): AsyncGenerator<Uint8Array> {
  yield Buffer.from(VALUE);
  throw new Error('of the caller, who gets it back as the cause');
}
