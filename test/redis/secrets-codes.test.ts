import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inspect } from 'node:util';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeFrame } from '../../dist/frame/whole-frame.js';
import {
  CacheKeyBuilder,
  CacheManager,
  DiskBackend,
  InMemoryBackend,
  OffloopError,
  RedisBackend,
  type RedisBackendOptions,
  TieredBackend,
} from '../../dist/index.js';
import { expectNoSecret, KEY, PASSWORD, SECRET, VALUE } from '../support/canaries.js';
import { recordsOf } from '../support/records.js';
import { type RedisProcess, startRedisProcess } from '../support/redis-process.js';

const LARGE = [...recordsOf(300_000), VALUE];
const codec = (name: string): string =>
  fileURLToPath(new URL(`../support/fixtures/${name}-codec.mjs`, import.meta.url));

let server: RedisProcess;
let raw: Redis;
let folder: string;
beforeAll(async () => {
  // Its own words of an unknown command repeat the arguments.
  server = await startRedisProcess({ password: PASSWORD, args: ['--rename-command', 'UNLINK', ''] });
  raw = new Redis(server.port, server.host, { password: PASSWORD });
  folder = mkdtempSync(join(tmpdir(), 'offloop-'));
});
afterAll(async () => {
  raw.disconnect();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

function open(options: RedisBackendOptions = {}): RedisBackend {
  const url = `redis://:${PASSWORD}@${server.host}:${server.port}/0`;
  return new RedisBackend({ url, onCorrupt: 'throw', ...options });
}

/** What a call was rejected with, which must be of the code. */
async function failure(code: string, run: () => unknown): Promise<OffloopError> {
  const error: unknown = await Promise.resolve()
    .then(run)
    .catch((reason: unknown) => reason);
  expect(error, code).toBeInstanceOf(OffloopError);
  expect((error as OffloopError).code).toBe(code);
  return error as OffloopError;
}

describe('no error of these codes tells a secret, by message, stack, cause, JSON or inspection', () => {
  it('ERR_WORKER: a thread that ends, whose heap overflows', async () => {
    await using cache = open({
      codec: 'greedy',
      codecs: [{ name: 'greedy', id: 90, module: codec('greedy') }],
      offload: 'always',
      pool: { maxThreads: 1, maxHeapMb: 32 },
      timeoutMs: 20_000,
    });
    for (const how of ['exit', 'heap'])
      expectNoSecret(how, await failure('ERR_WORKER', () => cache.set(KEY, { how, secret: VALUE })));
  });

  it('ERR_CODEC: a codec that throws the value, one that is not there, an unknown number', async () => {
    const throwing = join(folder, 'throwing.mjs');
    writeFileSync(
      throwing,
      `export const encode = (value) => { throw new Error(JSON.stringify(value)); };
       export const decode = (bytes) => { throw new Error(Buffer.from(bytes).toString()); };`,
    );
    await using own = open({ codec: 'own', codecs: [{ name: 'own', id: 70, module: throwing }] });
    expectNoSecret('encode', await failure('ERR_CODEC', () => own.set(KEY, { secret: VALUE })));
    const payload = Buffer.from(VALUE);
    const frame = { compression: 0, rawLength: payload.length, payload };
    await raw.set('own', writeFrame({ ...frame, codec: 70 }));
    await raw.set('unknown', writeFrame({ ...frame, codec: 71 }));
    expectNoSecret('decode', await failure('ERR_CODEC', () => own.get('own')));
    expectNoSecret('unknown', await failure('ERR_CODEC', () => own.get('unknown')));
  });

  it('ERR_COMPRESSION and ERR_LIMIT', async () => {
    const payload = Buffer.from(VALUE.repeat(20));
    await raw.set('compressed', writeFrame({ codec: 1, compression: 99, rawLength: 900, payload }));
    await using cache = open();
    expectNoSecret('compression', await failure('ERR_COMPRESSION', () => cache.get('compressed')));
    await cache.set('text', [VALUE.repeat(500)]);
    await cache.set('large', LARGE);
    await using limited = open({ limits: { maxStringLength: 1_024, maxItems: 10 } });
    expectNoSecret('limit', await failure('ERR_LIMIT', () => limited.get('text')));
    expectNoSecret('limit', await failure('ERR_LIMIT', () => limited.get('large')));
  });

  it('ERR_FLUSH_FORBIDDEN, ERR_AUTH_REQUIRED, ERR_SERVER, ERR_READONLY', async () => {
    await using kept = open({ allowFlush: false });
    expectNoSecret('flush', await failure('ERR_FLUSH_FORBIDDEN', () => kept.clear()));
    await using stranger = new RedisBackend({ url: `redis://${server.host}:${server.port}`, timeoutMs: 800 });
    expectNoSecret('auth', await failure('ERR_AUTH_REQUIRED', () => stranger.set(KEY, VALUE)));
    expectNoSecret('server', await failure('ERR_SERVER', () => kept.delete(KEY)));
    await raw.call('REPLICAOF', '127.0.0.1', '1');
    expectNoSecret('readonly', await failure('ERR_READONLY', () => kept.set(KEY, VALUE)));
    expectNoSecret('readonly', await failure('ERR_READONLY', () => kept.set('large', LARGE)));
    await raw.call('REPLICAOF', 'NO', 'ONE');
  });

  it('replies that repeat what was sent: ERR_LOADING and others', async () => {
    let reply = '';
    // Whatever is asked, the answer quotes the password and the value.
    const quoting = createServer((socket) =>
      socket.on('data', () => socket.write(reply)).on('error', () => {}),
    );
    await new Promise<void>((resolve) => quoting.listen(0, '127.0.0.1', resolve));
    const { port } = quoting.address() as AddressInfo;
    for (const word of ['LOADING', 'ERR', 'WRONGPASS', 'NOPERM', 'OOM', 'MISCONF', 'CLUSTERDOWN', 'CANARY']) {
      reply = `-${word} ${PASSWORD} ${VALUE}\r\n`;
      await using cache = new RedisBackend({
        url: `redis://:${PASSWORD}@127.0.0.1:${port}/0`,
        timeoutMs: 400,
      });
      const seen: unknown[] = [];
      cache.on('connectionError', (error) => seen.push(error));
      for (const call of [() => cache.set(KEY, VALUE), () => cache.get(KEY), () => cache.set('large', LARGE)])
        seen.push(
          await Promise.resolve()
            .then(call)
            .catch((error: unknown) => error),
        );
      expect(seen.length).toBeGreaterThanOrEqual(3);
      for (const thing of seen) expectNoSecret(word, thing);
      expectNoSecret(word, cache.stats());
    }
    quoting.close();
  });

  it('ERR_DISK: a store that cannot be opened', async () => {
    const file = join(folder, 'a-file');
    writeFileSync(file, '');
    await using disk = new DiskBackend({ path: file });
    expectNoSecret('disk', await failure('ERR_DISK', () => disk.set(KEY, VALUE)));
  });
});

describe('no public object tells a secret', () => {
  it('by inspection, JSON or its counters: backends, views, managers, handles, parts of them', async () => {
    const encryption = { keys: { a: SECRET } };
    const redis = open({ encryption, keyPrefix: 'p:' });
    const other = open({ integrity: { keys: { a: SECRET } } });
    const memory = new InMemoryBackend();
    const disk = new DiskBackend({ path: join(folder, 'disk') });
    const tiered = new TieredBackend({ l1: new InMemoryBackend(), l2: other });
    const keyBuilder = new CacheKeyBuilder({ namespace: 'n' });
    const manager = new CacheManager({ backend: redis, keyBuilder });
    for (const backend of [redis, memory, disk, tiered, manager]) {
      await backend.set('k', { secret: VALUE });
      await backend.set('large', LARGE);
      await backend.get('large');
    }
    const handle = await redis.open('large');
    const objects: Record<string, unknown> = {
      redis,
      view: redis.withPrefix('v:'),
      memory,
      disk,
      tiered,
      manager,
      keyBuilder,
      handle,
      stream: handle?.stream(),
      stats: redis.stats(),
      pending: redis.get('large'),
    };
    for (const [name, object] of Object.entries(objects)) {
      expectNoSecret(name, object);
      expectNoSecret(
        `${name} as text`,
        `${inspect(object, { depth: Number.POSITIVE_INFINITY })}${JSON.stringify(object)}`,
      );
    }
    await objects.pending;
    for (const backend of [manager, memory, disk, tiered]) await backend.close();
    await redis.close();
    await other.close();
  });
});
