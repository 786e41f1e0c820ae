import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { RedisBackend } from '../../dist/index.js';
import { recordsOf } from '../support/records.js';
import { type RunningRedis, startRedis } from '../support/redis-server.js';

let server: RunningRedis;
beforeAll(async () => {
  server = await startRedis();
});
afterAll(() => server.stop());

const items = recordsOf(8_000_000);
const large = { name: 'all', items, after: new Map([['k', { buffer: Buffer.from('x') }]]) };
const small = { name: 'few', items: items.slice(0, 3), after: null };

it.each(['graph', 'cbor'] as const)(
  'a part of a value of the %s codec is what stands there',
  async (codec) => {
    for (const compression of ['none', 'gzip'] as const) {
      await using cache = new RedisBackend({ url: server.url, keyPrefix: `${codec}:`, codec, compression });
      await cache.setMany([
        { key: 'large', value: large },
        { key: 'small', value: small },
      ]);
      expect(await cache.get('large', { select: ['items', 7_000] })).toEqual(items[7_000]);
      expect(await cache.get('large', { select: ['name'] })).toBe('all');
      expect(await cache.get('large', { select: ['after', 'k', 'buffer'] })).toEqual(Buffer.from('x'));
      expect(await cache.get('large', { select: ['items'], slice: [5_000, 5_020] })).toEqual(
        items.slice(5_000, 5_020),
      );
      expect(await cache.get('large', { select: ['items'] })).toEqual(items);
      expect(await cache.get('small', { select: ['items', 1] })).toEqual(items[1]);
      expect(await cache.get('small', { select: ['items'], slice: [1, 99] })).toEqual(items.slice(1, 3));
      expect(await cache.get('small', { select: ['after'] })).toBe(null);
      const nowhere = [
        ['nothing'],
        ['items', items.length],
        ['name', 'length'],
        ['__proto__'],
        ['items', 'map'],
      ];
      for (const select of nowhere) {
        expect(await cache.get('large', { select })).toBe(undefined);
        expect(await cache.get('small', { select })).toBe(undefined);
      }
      expect(await cache.get('missing', { select: ['items'] })).toBe(undefined);
      expect(cache.stats()).toMatchObject({ misses: 1, corrupt: 0 });
    }
  },
);

it('a part that is no plain data, of a codec of the user’s own, is what stands there, large and small', async () => {
  const module = fileURLToPath(new URL('../support/fixtures/url-codec.mjs', import.meta.url));
  await using cache = new RedisBackend({
    url: server.url,
    keyPrefix: 'own:',
    codec: 'urls',
    codecs: [{ name: 'urls', id: 81, module }],
  });
  for (const count of [3, 20_000]) {
    const links = Array.from({ length: count }, (_, n) => new URL(`http://localhost/${n}`));
    await cache.set('k', { count, first: links[0], links });
    const handle = await cache.open('k');
    expect(await handle?.at(['first'])).toEqual(links[0]);
    expect(await handle?.at(['links', 1])).toBeInstanceOf(URL);
    expect(await handle?.slice(['links'], 1, 3)).toEqual(links.slice(1, 3));
    expect(await handle?.at(['count'])).toBe(count);
    expect(await cache.get('k', { select: ['links', 2] })).toEqual(links[2]);
    expect(await cache.get('k', { select: ['links'], slice: [0, 2] })).toEqual(links.slice(0, 2));
    expect(await cache.get('k', { select: ['links', count] })).toBe(undefined);
    await expect(handle?.slice(['first'], 0, 1)).rejects.toMatchObject({ code: 'ERR_PATH' });
  }
});

it('only the segments that it lies in leave Redis', async () => {
  await using cache = new RedisBackend({ url: server.url });
  await cache.set('k', large);
  const { bytesWritten } = cache.stats();
  await cache.get('k', { select: ['items'], slice: [5_000, 5_020] });
  expect(cache.stats().bytesRead).toBeLessThan(bytesWritten * 0.05);
});

it('it comes after what was called before it on the key', async () => {
  await using cache = new RedisBackend({ url: server.url });
  const calls = [cache.set('k', large), cache.set('k', small), cache.get('k', { select: ['name'] })] as const;
  expect((await Promise.all(calls))[2]).toBe('few');
  expect((await Promise.all([cache.set('k', large), cache.get('k', { select: ['name'] })]))[1]).toBe('all');
});

it('a value that others replace all the time gives a part of one of them', { timeout: 60_000 }, async () => {
  await using writer = new RedisBackend({ url: server.url });
  await using reader = new RedisBackend({ url: server.url });
  const versions = [1, 2].map((mark) =>
    items.slice(0, 8_000 + mark * 1_000).map((row) => ({ ...row, mark })),
  );
  await writer.set('mixed', versions[0]);
  let writing = true;
  const written = (async () => {
    for (let round = 1; writing; round++) await writer.set('mixed', versions[round % 2]);
  })();
  for (let round = 0; round < 60; round++) {
    const rows = await reader.get<{ mark: number }[]>('mixed', { select: [], slice: [100, 4_000] });
    expect(rows).toHaveLength(3_900);
    expect(new Set(rows?.map(({ mark }) => mark)).size).toBe(1);
  }
  writing = false;
  await written;
  expect(reader.stats().corrupt).toBe(0);
});

it.each([
  [{ select: 'items' }],
  [{ select: ['items', -1] }],
  [{ select: [null] }],
  [{ select: ['items'], slice: [2, 1] }],
  [{ select: ['items'], slice: [0.5, 1] }],
  [{ select: ['items'], slice: 3 }],
  [{ select: ['name', 'x'].fill('x', 0, 2), slice: [] }],
])('%o is ERR_PATH', async (options) => {
  await using cache = new RedisBackend({ url: server.url });
  await expect(cache.get('k', options as never)).rejects.toMatchObject({ code: 'ERR_PATH' });
});

it('a path whose step throws when it is read is ERR_PATH, and tells nothing of what it threw', async () => {
  await using cache = new RedisBackend({ url: server.url });
  const fail = () => {
    throw new Error('secret');
  };
  const select = Object.defineProperty(['a'], 0, { get: fail });
  const refused = expect.objectContaining({
    name: 'OffloopError',
    code: 'ERR_PATH',
    message: expect.not.stringContaining('secret'),
  });
  await expect(cache.get('k', { select })).rejects.toEqual(refused);
});

it('a slice of what has no elements is ERR_PATH', async () => {
  await using cache = new RedisBackend({ url: server.url });
  await cache.set('k', large);
  await expect(cache.get('k', { select: ['after'], slice: [0, 1] })).rejects.toMatchObject({
    code: 'ERR_PATH',
    message: expect.stringMatching(/^get "k": /),
  });
});
