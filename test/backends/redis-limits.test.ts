import { fileURLToPath } from 'node:url';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeHeader } from '../../dist/frame/frame.js';
import { type OffloopError, RedisBackend, type RedisBackendOptions } from '../../dist/index.js';
import { recordsOf } from '../support/records.js';
import { type RunningRedis, startRedis } from '../support/redis-server.js';

const MAP_MODULE = new URL('../support/fixtures/map-functions.mjs', import.meta.url);
const SMALL = { list: Array.from({ length: 500 }, (_, index) => index) };
const LARGE = recordsOf(600_000);

let server: RunningRedis;
let raw: Redis;
beforeAll(async () => {
  server = await startRedis();
  raw = new Redis(server.url);
  await using plain = new RedisBackend({ url: server.url });
  await plain.set('small', SMALL);
  await plain.set('large', LARGE);
  await plain.set('text', 'x'.repeat(900_000));
  await using cbor = new RedisBackend({ url: server.url, codec: 'cbor' });
  await cbor.set('cbor large', [...LARGE, new Date(0)]);
});
afterAll(async () => {
  raw.disconnect();
  await server.stop();
});

function limited(limits: RedisBackendOptions['limits'], more: RedisBackendOptions = {}): RedisBackend {
  return new RedisBackend({ url: server.url, onCorrupt: 'throw', limits: limits ?? {}, ...more });
}

async function codeOf(call: Promise<unknown> | undefined): Promise<unknown> {
  return call?.then(
    () => 'done',
    (error: OffloopError) => error.code,
  );
}

describe('limits hold', () => {
  it('on main and in workers, for gets of every way, for parts, handles and functions', async () => {
    const limits = { maxItems: 400 };
    await using auto = limited(limits);
    expect(await codeOf(auto.get('small')), 'inline').toBe('ERR_LIMIT');
    expect(await codeOf(auto.get('large')), 'by slices').toBe('ERR_LIMIT');
    expect(await codeOf(auto.get('large')), 'known to be large').toBe('ERR_LIMIT');
    expect(await codeOf(auto.get('cbor large')), 'whole').toBe('ERR_LIMIT');
    expect(await codeOf(auto.get('small', { select: ['list'] })), 'a part, inline').toBe('ERR_LIMIT');
    expect(await codeOf(auto.get('cbor large', { select: [0] })), 'a part, by a worker').toBe('ERR_LIMIT');
    expect(await codeOf(auto.get('large', { select: [], slice: [0, 4_000] })), 'rows').toBe('ERR_LIMIT');
    expect(await codeOf(auto.map('large', MAP_MODULE, 'where')), 'a function').toBe('ERR_LIMIT');
    const handle = await auto.open('large');
    expect(await codeOf(handle?.value()), 'value of a handle').toBe('ERR_LIMIT');
    expect(await codeOf(handle?.json()), 'JSON of a handle').toBe('ERR_LIMIT');
    const small = await auto.open('small');
    expect(await codeOf(small?.value()), 'value of a small handle').toBe('ERR_LIMIT');
    await using always = limited(limits, { offload: 'always' });
    expect(await codeOf(always.get('large')), 'decoded by a worker').toBe('ERR_LIMIT');
    await using never = limited(limits, { offload: 'never' });
    expect(await codeOf(never.get('large')), 'decoded on main').toBe('ERR_LIMIT');
    expect(auto.stats().corrupt).toBeGreaterThanOrEqual(9);
  });

  it('on segments: before the table is read', async () => {
    for (const offload of ['auto', 'never', 'always'] as const) {
      await using few = limited({ maxSegments: 1 }, { offload });
      expect(await codeOf(few.get('large')), offload).toBe('ERR_LIMIT');
      await using enough = limited({ maxSegments: 100 }, { offload });
      expect(await codeOf(enough.get('large')), offload).toBe('done');
    }
  });

  it('on strings, binary data and tags of CBOR', async () => {
    await using cache = limited({ maxStringLength: 100_000, cborTags: [258] });
    expect(await codeOf(cache.get('text'))).toBe('ERR_LIMIT');
    expect(await codeOf(cache.get('cbor large'))).toBe('ERR_LIMIT');
    expect(await cache.get('large')).toEqual(LARGE);
  });
});

it('what is over a limit is a miss by default, counted and reported, and stays where it is', async () => {
  await using cache = limited({ maxDepth: 1 }, { onCorrupt: 'miss' });
  const codes: string[] = [];
  cache.on('corrupt', ({ error }) => codes.push(error.code));
  expect(await cache.get('small')).toBe(undefined);
  expect(codes).toEqual(['ERR_LIMIT']);
  expect(cache.stats()).toMatchObject({ corrupt: 1, misses: 1 });
  expect(await raw.exists('small')).toBe(1);
});

it('a table of more bytes than a value may have is refused by the header alone', async () => {
  const header = Buffer.alloc(24 + 100_000);
  writeHeader(header, {
    codec: 5,
    compression: 0,
    rawLength: 10,
    storedLength: 10,
    tableLength: 300_000_000,
    segmented: true,
    typed: false,
    sealed: false,
    noted: false,
  });
  await raw.set('table', header);
  await using cache = limited({}, { maxValueBytes: 1_000_000 });
  expect(await codeOf(cache.get('table'))).toBe('ERR_VALUE_TOO_LARGE');
  expect(await codeOf(cache.get('table', { select: ['x'] }))).toBe('ERR_VALUE_TOO_LARGE');
});

it('custom codecs look after themselves', async () => {
  const module = fileURLToPath(new URL('../support/fixtures/plain-codec.mjs', import.meta.url));
  await using cache = limited({ maxItems: 1 }, { codec: 'own', codecs: [{ name: 'own', id: 99, module }] });
  await cache.set('own', [1, 2, 3]);
  expect(await cache.get('own')).toEqual([1, 2, 3]);
});
