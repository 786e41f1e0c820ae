import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Slabs } from '../../dist/codec/slabs.js';
import { type OffloopError, RedisBackend } from '../../dist/index.js';
import { arbitraryValue, expected } from '../support/arbitrary-values.js';
import { recordsOf } from '../support/records.js';
import { type RunningRedis, startRedis } from '../support/redis-server.js';
import { difference } from '../support/same-value.js';

let server: RunningRedis;
beforeAll(async () => {
  server = await startRedis();
});
afterAll(() => server.stop());

const GENERATED = 20_000;
const BATCH = 500;

describe.each(['graph', 'cbor', 'json', 'msgpack', 'raw'] as const)('codec %s', (codec) => {
  it(`${GENERATED} generated values through a worker, both ways: each as the type table says`, {
    timeout: 300_000,
  }, async () => {
    await using cache = new RedisBackend({
      url: server.url,
      keyPrefix: `${codec}:`,
      codec,
      offload: 'always',
      timeoutMs: 60_000,
    });
    const values = fc.sample(arbitraryValue(), { numRuns: GENERATED, seed: 3 });
    for (let start = 0; start < values.length; start += BATCH) {
      const batch = values.slice(start, start + BATCH);
      await Promise.all(
        batch.map(async (value, index) => {
          const wanted = expected(codec, value);
          const written = await cache.set(`k${index}`, value).catch((error: OffloopError) => error.code);
          expect(written).toBe(wanted === 'refused' ? 'ERR_VALUE' : undefined);
          if (wanted === 'refused') return;
          expect(difference(await cache.get(`k${index}`), wanted.kept)).toBe(undefined);
        }),
      );
    }
  });
});

it('always really moves both ways to the worker, and never uses none', async () => {
  const value = recordsOf(500_000);
  await using always = new RedisBackend({ url: server.url, offload: 'always' });
  await always.set('k', value);
  expect(await always.get('k')).toEqual(value);
  expect(always.stats()).toMatchObject({
    writes: { graph: 1, inline: 0, bytes: 0 },
    reads: { graph: 1, inline: 0, fetch: 0 },
  });
  await using never = new RedisBackend({
    url: server.url,
    offload: 'never',
    compression: 'gzip',
    pool: { maxThreads: 3 },
  });
  await never.set('k', value);
  expect(await never.get('k')).toEqual(value);
  expect(never.stats()).toMatchObject({ writes: { inline: 1 }, reads: { inline: 1 }, pool: { threads: 0 } });
});

it('the two directions are chosen apart', async () => {
  await using cache = new RedisBackend({ url: server.url, offload: { encode: 'never', decode: 'always' } });
  await cache.set('k', [1, 2]);
  expect(await cache.get('k')).toEqual([1, 2]);
  expect(cache.stats()).toMatchObject({ writes: { inline: 1 }, reads: { graph: 1 } });
});

describe('a codec of the user’s own', () => {
  const module = fileURLToPath(new URL('../support/fixtures/plain-codec.mjs', import.meta.url));

  it.each(['auto', 'always', 'never'] as const)(
    'works with offload %s, and its calls keep their order',
    async (offload) => {
      const codecs = [{ name: 'mine', id: 77, module }];
      await using cache = new RedisBackend({
        url: server.url,
        codecs,
        codec: 'mine',
        offload,
        keyPrefix: 'custom:',
      });
      const large = recordsOf(200_000);
      const [, , first] = await Promise.all([
        cache.set('k', large),
        cache.set('k', { a: 1 }),
        cache.get('k'),
      ]);
      expect(first).toEqual({ a: 1 });
      await cache.set('large', large);
      expect(await cache.get('large')).toEqual(large);
      // A backend that does not know it takes its values for unreadable.
      await using other = new RedisBackend({ url: server.url, keyPrefix: 'custom:', onCorrupt: 'throw' });
      await expect(other.get('k')).rejects.toMatchObject({
        code: 'ERR_CODEC',
        message: expect.stringContaining('77'),
      });
    },
  );

  it('may give away buffers that are not its own: they are copied', async () => {
    const sharing = fileURLToPath(new URL('../support/fixtures/sharing-codec.mjs', import.meta.url));
    const codecs = [{ name: 'sharing', id: 78, module: sharing }];
    await using cache = new RedisBackend({
      url: server.url,
      codecs,
      codec: 'sharing',
      keyPrefix: 'sharing:',
    });
    await cache.get('load');
    const bytes = new Uint8Array(200_000).fill(9);
    await Promise.all([
      cache.set('a', { fill: 1 }),
      cache.set('a', { fill: 2 }),
      cache.set('b', { fill: 3 }),
      cache.set('c', { bytes }),
    ]);
    expect(await cache.getMany(['a', 'b', 'c'])).toMatchObject([{ first: 2 }, { first: 3 }, { first: 9 }]);
    expect(bytes.length).toBe(200_000);
  });

  it.each(['auto', 'always', 'never'] as const)(
    'gets a snapshot as it was at the call, also while its module is loaded, with offload %s',
    async (offload) => {
      const codecs = [{ name: 'mine', id: 77, module }];
      await using cache = new RedisBackend({
        url: server.url,
        codecs,
        codec: 'mine',
        offload,
        keyPrefix: 'first:',
      });
      const small = { list: [1, 2, 3] };
      const large = recordsOf(200_000);
      const { length } = large;
      const stored = [
        cache.set('small', small, { snapshot: true }),
        cache.set('large', large, { snapshot: true }),
      ];
      small.list.length = 1;
      large.length = 1;
      await Promise.all(stored);
      expect(await cache.get('small')).toEqual({ list: [1, 2, 3] });
      expect(await cache.get('large')).toHaveLength(length);
    },
  );

  it('refuses a snapshot of what is no plain data while its module is loaded, and takes it afterwards', async () => {
    const codecs = [{ name: 'mine', id: 77, module }];
    await using cache = new RedisBackend({ url: server.url, codecs, codec: 'mine', keyPrefix: 'classes:' });
    const value = { place: new URL('http://localhost/') };
    await expect(cache.set('k', value, { snapshot: true })).rejects.toMatchObject({
      code: 'ERR_VALUE',
      outcome: 'not-applied',
      message: expect.stringMatching(
        /value\.place is .*; while a codec is loaded a snapshot can be taken of plain data alone$/,
      ),
    });
    await cache.set('k', value);
    await cache.set('k', value, { snapshot: true });
    expect(await cache.get('k')).toEqual({ place: 'http://localhost/' });
  });

  it('whose module is missing is ERR_CODEC on use', async () => {
    const codecs = [{ name: 'mine', id: 77, module: '/no/such/codec.mjs' }];
    await using cache = new RedisBackend({ url: server.url, codecs, codec: 'mine', onCorrupt: 'throw' });
    await expect(cache.set('k', 1)).rejects.toMatchObject({ code: 'ERR_CODEC' });
    await expect(cache.get('k')).rejects.toMatchObject({ code: 'ERR_CODEC' });
  });
});

describe('the memory of a value that is stored', () => {
  const SEGMENT_BYTES = 65_536;
  /** The memory that the next large value is encoded into. */
  const nextMemory = (): Buffer => {
    const { buffer } = new Slabs(SEGMENT_BYTES).place(SEGMENT_BYTES);
    return Buffer.from(buffer as ArrayBuffer);
  };

  it('comes back from the worker, for the next one', async () => {
    await using cache = new RedisBackend({ url: server.url, keyPrefix: 'memory:' });
    const value = Array.from({ length: 8_000 }, (_, index) => ({
      index,
      text: `stored for a while ${index} times`,
    }));
    await cache.set('k', value);
    expect(nextMemory().includes('stored for a while')).toBe(true);
    expect(nextMemory().includes('stored for a while')).toBe(false);
  });

  it('is never that of another value under way', { timeout: 120_000 }, async () => {
    await using cache = new RedisBackend({ url: server.url, keyPrefix: 'memory:', compression: 'gzip' });
    for (let round = 0; round < 10; round++) {
      const values = Array.from({ length: 12 }, (_, number) =>
        recordsOf(100_000 + 190_000 * number).map((record) => ({ ...record, of: [round, number] })),
      );
      const controller = new AbortController();
      const writes = values.map((value, number) => cache.set(`k${number}`, value));
      const given = cache.set('given up', values[11], { signal: controller.signal }).catch(() => undefined);
      setImmediate(() => controller.abort());
      await Promise.all([...writes, given]);
      const read = await Promise.all(values.map((_, number) => cache.get(`k${number}`)));
      for (const [number, value] of values.entries()) expect(difference(read[number], value)).toBe(undefined);
    }
  });
});
