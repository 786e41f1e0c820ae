import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CachedValue, RedisBackend, type RedisBackendOptions } from '../../dist/index.js';
import { recordsOf } from '../support/records.js';
import { type RunningRedis, startRedis } from '../support/redis-server.js';
import { waitUntil } from '../support/wait-until.js';

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

const items = recordsOf(3_000_000);
const large = { name: 'all', items };
const small = { name: 'few', items: items.slice(0, 3) };
const text = 'naïve text of 😀 and more. '.repeat(60_000);
const wide = 'Ж漢字 '.repeat(120_000);

function create(options: RedisBackendOptions = {}): RedisBackend {
  return new RedisBackend({ url: server.url, ...options });
}

async function opened(cache: RedisBackend, key: string): Promise<CachedValue> {
  const handle = await cache.open(key);
  if (!handle) throw new Error(`${key} is not there`);
  return handle;
}

async function streamed(handle: CachedValue): Promise<Buffer[]> {
  const chunks: Buffer[] = [];
  for await (const chunk of handle.stream()) chunks.push(Buffer.from(chunk));
  return chunks;
}

describe.each(['graph', 'cbor', 'json', 'msgpack'])('a value of the %s codec', (codec) => {
  it.each(['none', 'gzip'] as const)('with compression %s is the same in each form', async (compression) => {
    await using cache = create({ keyPrefix: `${codec}:${compression}:`, codec, compression });
    for (const [key, value] of Object.entries({ large, small })) {
      await cache.set(key, value);
      const handle = await opened(cache, key);
      expect(handle.codec).toBe(codec);
      expect(handle.compression).toBe(key === 'large' ? compression : 'none');
      expect(handle.contentType).toBe(undefined);
      expect(handle.size).toBe(await raw.strlen(`${codec}:${compression}:${key}`));
      expect(await handle.value()).toEqual(value);
      expect(await cache.get(key)).toEqual(value);
      const json = JSON.stringify(value);
      expect((await handle.json()).toString()).toBe(json);
      expect(await handle.text()).toBe(json);
      const bytes = await handle.bytes();
      expect(bytes.length).toBe(handle.rawSize);
      if (codec === 'json') expect(bytes.toString()).toBe(json);
      expect(Buffer.concat(await streamed(handle)).equals(bytes)).toBe(true);
      expect(await handle.at(['items', 2])).toEqual(value.items[2]);
      expect(await handle.at(['items', 1e6])).toBe(undefined);
      expect(await handle.slice(['items'], 1, 3)).toEqual(value.items.slice(1, 3));
    }
  });
});

it.each(['graph', 'cbor', 'json', 'msgpack', 'columns'])(
  'by the %s codec a string is its own text, and binary data is read as UTF-8',
  async (codec) => {
    await using cache = create({ keyPrefix: `text:${codec}:`, codec });
    for (const value of ['plain "text"', text]) {
      await cache.set('text', value);
      expect(await (await opened(cache, 'text')).text()).toBe(value);
      if (codec === 'json') continue;
      await cache.set('bytes', Buffer.from(value));
      expect(await (await opened(cache, 'bytes')).text()).toBe(value);
    }
  },
);

it.each([
  ['text in UTF-8', text],
  ['text in UTF-16', wide],
  ['short text', 'é!'],
  ['an empty text', ''],
])('%s has its UTF-8 as bytes, and is its own text', async (_, value) => {
  await using cache = create();
  await cache.set('text', value);
  const handle = await opened(cache, 'text');
  expect(await handle.text()).toBe(value);
  expect((await handle.bytes()).toString()).toBe(value);
  expect(Buffer.concat(await streamed(handle)).toString()).toBe(value);
  expect((await handle.json()).toString()).toBe(JSON.stringify(value));
});

it('text with an unpaired surrogate comes back as it is, and its bytes have U+FFFD for it', async () => {
  await using cache = create();
  for (const value of ['\ud800', `${wide}\udc00${wide}`]) {
    await cache.set('lone', value);
    const handle = await opened(cache, 'lone');
    expect(await handle.text()).toBe(value);
    expect((await handle.bytes()).toString()).toBe(value.toWellFormed());
    expect(Buffer.concat(await streamed(handle)).toString()).toBe(value.toWellFormed());
  }
});

it('binary data is its own bytes, whatever its class', async () => {
  await using cache = create();
  const floats = Float64Array.from({ length: 40_000 }, (_, index) => index / 3);
  for (const value of [floats, Buffer.alloc(300_000, 5), new Uint8Array(9), new ArrayBuffer(100_000)]) {
    await cache.set('binary', value);
    const handle = await opened(cache, 'binary');
    const expected = ArrayBuffer.isView(value)
      ? Buffer.from(value.buffer, value.byteOffset, value.byteLength)
      : Buffer.from(value);
    expect(handle.rawSize).toBe(expected.length);
    expect((await handle.bytes()).equals(expected)).toBe(true);
    expect(Buffer.concat(await streamed(handle)).equals(expected)).toBe(true);
    await expect(handle.json()).rejects.toMatchObject({ code: 'ERR_VALUE' });
  }
});

it('a Date is in the JSON text as JSON.stringify has it; what JSON has no word for is ERR_VALUE', async () => {
  await using cache = create();
  for (const pad of ['', text]) {
    const fine = { pad, at: new Date(0), gone: undefined, none: Number.NaN };
    await cache.set('k', fine);
    expect((await (await opened(cache, 'k')).json()).toString()).toBe(JSON.stringify(fine));
    for (const odd of [new Map(), new Set([1]), 1n, Buffer.alloc(3)]) {
      await cache.set('k', { pad, odd });
      const handle = await opened(cache, 'k');
      await expect(handle.json()).rejects.toMatchObject({
        code: 'ERR_VALUE',
        message: expect.stringMatching(/odd/),
      });
      await expect(handle.text()).rejects.toMatchObject({ code: 'ERR_VALUE' });
      expect(await handle.value()).toEqual({ pad, odd });
    }
  }
});

it('what is not there is undefined, and counts as a miss; what cannot be read is reported', async () => {
  await using cache = create({ keyPrefix: 'miss:' });
  const reports: unknown[] = [];
  cache.on('corrupt', (report) => reports.push(report));
  expect(await cache.open('nothing')).toBe(undefined);
  await raw.set('miss:foreign', 'not a frame');
  expect(await cache.open('foreign')).toBe(undefined);
  expect(cache.stats()).toMatchObject({ misses: 2, corrupt: 1 });
  expect(reports).toHaveLength(1);
  await using strict = create({ keyPrefix: 'miss:', onCorrupt: 'throw' });
  await expect(strict.open('foreign')).rejects.toMatchObject({ code: 'ERR_CORRUPT' });
});

describe('when the value is replaced after it was opened', () => {
  const reads: Record<string, (handle: CachedValue) => Promise<unknown>> = {
    value: (handle) => handle.value(),
    bytes: (handle) => handle.bytes(),
    text: (handle) => handle.text(),
    json: (handle) => handle.json(),
    at: (handle) => handle.at(['items', 2]),
    slice: (handle) => handle.slice(['items'], 0, 2),
    stream: (handle) => streamed(handle),
  };
  it.each(Object.keys(reads))('%s of a large one is ERR_CHANGED', async (name) => {
    await using cache = create({ keyPrefix: 'changed:' });
    const others = [
      () => cache.set('k', { ...large, name: 'other' }),
      () => cache.set('k', 1),
      () => raw.del('changed:k'),
    ];
    for (const replace of others) {
      await cache.set('k', large);
      const handle = await opened(cache, 'k');
      await replace();
      await expect(reads[name]?.(handle)).rejects.toMatchObject({ code: 'ERR_CHANGED' });
    }
    expect(cache.stats().corrupt).toBe(0);
  });

  it.each(Object.keys(reads))(
    '%s of a small one is still that of the value that was opened',
    async (name) => {
      await using cache = create();
      await cache.set('k', small);
      const handle = await opened(cache, 'k');
      const before = await reads[name]?.(handle);
      await cache.delete('k');
      expect(await reads[name]?.(handle)).toEqual(before);
    },
  );

  it('a stream that has begun fails with ERR_CHANGED, and mixes nothing', async () => {
    await using cache = create({ keyPrefix: 'mix:' });
    const bytes = Buffer.alloc(8_000_000, 1);
    await cache.setBytes('k', bytes);
    const handle = await opened(cache, 'k');
    const reader = handle.stream().getReader();
    const first = await reader.read();
    await cache.setBytes('k', Buffer.alloc(8_000_000, 2));
    const seen = [first.value];
    const failure = await (async () => {
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return undefined;
        seen.push(value);
      }
    })().catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'ERR_CHANGED' });
    expect(seen.every((chunk) => chunk?.every((byte) => byte === 1))).toBe(true);
  });
});

it('a byte that changed in Redis is ERR_CORRUPT and an event, not ERR_CHANGED', async () => {
  await using cache = create({ keyPrefix: 'bits:' });
  await cache.setBytes('k', Buffer.alloc(4_000_000, 1));
  const reports: unknown[] = [];
  cache.on('corrupt', (report) => reports.push(report));
  const handle = await opened(cache, 'k');
  await raw.setrange('bits:k', 3_500_000, 'x');
  await expect(handle.bytes()).rejects.toMatchObject({ code: 'ERR_CORRUPT' });
  await expect(streamed(handle)).rejects.toMatchObject({ code: 'ERR_CORRUPT' });
  await expect(handle.value()).rejects.toMatchObject({ code: 'ERR_CORRUPT' });
  expect(reports).toHaveLength(3);
});

it('a part is got without the rest', async () => {
  await using cache = create();
  await cache.set('k', large);
  const handle = await opened(cache, 'k');
  const before = cache.stats().bytesRead;
  await handle.slice(['items'], 5_000, 5_020);
  expect(cache.stats().bytesRead - before).toBeLessThan(handle.size * 0.15);
});

it('a stream asks for nothing before it is read, and then for one chunk ahead at most', async () => {
  await using cache = create({ keyPrefix: 'slow:' });
  await cache.setBytes('k', Buffer.alloc(16_000_000, 1));
  const handle = await opened(cache, 'k');
  const sent = async (): Promise<number> =>
    Number(/total_net_output_bytes:(\d+)/.exec(await raw.info('stats'))?.[1]);
  const before = await sent();
  const reader = handle.stream().getReader();
  await sleep(100);
  expect((await sent()) - before).toBeLessThan(100_000);
  await reader.read();
  await sleep(100);
  expect((await sent()) - before).toBeLessThan(1_500_000);
  await reader.cancel();
  await sleep(100);
  expect((await sent()) - before).toBeLessThan(1_500_000);
  await waitUntil('no operation is under way', async () => cache.stats().operations === 0);
});

it.each(['bytes', 'wide text', 'records'])(
  'chunks of %s that are compressed to almost nothing are no larger than others',
  async (kind) => {
    const values = {
      bytes: Buffer.from('2026-01-01 00:00:00 INFO ready\n'.repeat(400_000)),
      'wide text': 'Ж漢字 '.repeat(1_500_000),
      records: Array.from({ length: 300_000 }, () => ({ name: 'same', text: 'one and the same text', n: 1 })),
    };
    for (const compression of ['gzip', 'brotli'] as const) {
      await using cache = create({ keyPrefix: 'dense:', codec: 'graph', compression });
      await cache.set('k', values[kind as keyof typeof values]);
      const handle = await opened(cache, 'k');
      expect(handle.rawSize).toBeGreaterThan(8_000_000);
      expect(handle.size).toBeLessThan(handle.rawSize / 20);
      const chunks = await streamed(handle);
      // A chunk of text is as much as it takes in UTF-8, which is more than in UTF-16.
      expect(Math.max(...chunks.map(({ length }) => length))).toBeLessThan(600_000);
      expect(Buffer.concat(chunks).equals(await handle.bytes())).toBe(true);
    }
  },
);

it('signals end each call with ERR_ABORTED, and a stream between two chunks', async () => {
  await using cache = create();
  await cache.set('k', large);
  const handle = await opened(cache, 'k');
  const signal = AbortSignal.abort();
  const calls = [
    cache.open('k', { signal }),
    handle.value({ signal }),
    handle.bytes({ signal }),
    handle.text({ signal }),
    handle.json({ signal }),
    handle.at(['name'], { signal }),
    handle.slice(['items'], 0, 1, { signal }),
  ];
  for (const call of calls) await expect(call).rejects.toMatchObject({ code: 'ERR_ABORTED' });
  const stop = new AbortController();
  const reader = handle.stream({ signal: stop.signal }).getReader();
  await reader.read();
  stop.abort();
  await expect(
    (async () => {
      while (!(await reader.read()).done);
    })(),
  ).rejects.toMatchObject({ code: 'ERR_ABORTED' });
});

it('after close every call is ERR_CLOSED, also of what a handle holds', async () => {
  const cache = create();
  await cache.set('k', small);
  const handle = await opened(cache, 'k');
  await cache.close();
  await expect(handle.value()).rejects.toMatchObject({ code: 'ERR_CLOSED' });
  await expect(handle.at(['name'])).rejects.toMatchObject({ code: 'ERR_CLOSED' });
  expect(() => handle.stream()).toThrow(expect.objectContaining({ code: 'ERR_CLOSED' }));
  await expect(cache.open('k')).rejects.toMatchObject({ code: 'ERR_CLOSED' });
});

it('a stream is the body of a Response and a source of Node streams, by its type too', async () => {
  await using cache = create();
  await cache.set('k', 'text');
  const handle = await opened(cache, 'k');
  expect(await new Response(handle.stream()).text()).toBe('text');
  expect(await Readable.fromWeb(handle.stream()).toArray()).toEqual([Buffer.from('text')]);
});

it('malformed paths and options are refused by name', async () => {
  await using cache = create();
  await cache.set('k', small);
  const handle = await opened(cache, 'k');
  await expect(handle.at('name' as never)).rejects.toMatchObject({ code: 'ERR_PATH' });
  await expect(handle.slice([], 3, 1)).rejects.toMatchObject({ code: 'ERR_PATH' });
  await expect(handle.slice(['items', 0, 'id'], 0, 1)).rejects.toMatchObject({
    code: 'ERR_PATH',
    message: expect.stringMatching(/^slice "k": /),
  });
  await expect(handle.json({ nonsense: 1 } as never)).rejects.toMatchObject({ code: 'ERR_OPTION' });
  await expect(cache.open('')).rejects.toMatchObject({ code: 'ERR_KEY' });
});

it('handles work the same under offload never and always', async () => {
  for (const offload of ['never', 'always'] as const) {
    await using cache = create({ offload });
    await cache.set('k', large);
    const handle = await opened(cache, 'k');
    expect(await handle.value()).toEqual(large);
    expect((await handle.json()).toString()).toBe(JSON.stringify(large));
    expect(await handle.at(['name'])).toBe('all');
  }
});
