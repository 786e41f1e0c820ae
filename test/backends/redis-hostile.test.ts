import { fork } from 'node:child_process';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { writeSegmentedFrame } from '../../dist/frame/segments.js';
import { writeFrame } from '../../dist/frame/whole-frame.js';
import { RedisBackend } from '../../dist/index.js';
import { recordsOf } from '../support/records.js';
import { type RunningRedis, startRedis } from '../support/redis-server.js';

const MB = 1024 * 1024;
const CAP = 32 * MB;
const LARGE = recordsOf(3_000_000);

let server: RunningRedis;
let raw: Redis;
beforeAll(async () => {
  server = await startRedis();
  raw = new Redis(server.url);
});
afterAll(async () => {
  raw.disconnect();
  await server.stop();
});

async function codeOf(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    () => 'nothing thrown',
    (error: { code?: unknown }) => error.code,
  );
}

it.each([
  ['auto', 1],
  ['auto', 300_000],
  ['json', 1],
  ['json', 300_000],
  ['cbor', 1],
])('bytes behind a segmented value are refused: %s, %i more', async (codec, more) => {
  await using cache = new RedisBackend({ url: server.url, codec, onCorrupt: 'throw' });
  await cache.set('k', LARGE);
  await raw.append('k', 'x'.repeat(more));
  // Of a value that was not known to be large, of one that was, and in the other ways of reading it whole.
  await using other = new RedisBackend({ url: server.url, onCorrupt: 'throw' });
  expect(await codeOf(other.get('k'))).toBe('ERR_CORRUPT');
  expect(await codeOf(other.get('k'))).toBe('ERR_CORRUPT');
  expect(await codeOf(cache.get('k'))).toBe('ERR_CORRUPT');
  const handle = await cache.open('k');
  expect(await codeOf(handle?.bytes() ?? Promise.resolve())).toBe('ERR_CORRUPT');
  const stream = async (): Promise<void> => {
    for await (const _ of handle?.stream() ?? []);
  };
  expect(await codeOf(stream())).toBe('ERR_CORRUPT');
});

it('bytes behind a frame of just the size that is asked for first are refused', async () => {
  await using cache = new RedisBackend({ url: server.url, onCorrupt: 'throw', inlineLimitBytes: 1_024 });
  const rawLength = 1_024 - 24;
  const payload = Buffer.concat([Buffer.from([1, 0, 0, 0, 0, 0, 0, 0]), Buffer.alloc(rawLength - 8, 97)]);
  const frame = writeFrame({ codec: 3, compression: 0, rawLength, payload });
  expect(frame.length).toBe(1_024);
  await raw.set('edge', frame);
  expect(await cache.get('edge')).toBe('a'.repeat(rawLength - 8));
  await raw.append('edge', 'x');
  expect(await codeOf(cache.get('edge'))).toBe('ERR_CORRUPT');
  expect(await codeOf(cache.get('edge', { select: [] }))).toBe('ERR_CORRUPT');
  const bytes = cache.open('edge').then((handle) => handle?.bytes());
  expect(await codeOf(bytes)).toBe('ERR_CORRUPT');
});

it('what cannot be read is told with its key, once, by get and by handles', async () => {
  await using cache = new RedisBackend({ url: server.url, onCorrupt: 'throw', keyPrefix: 'told:' });
  for (const [key, value] of [
    ['small', { a: 1 }],
    ['large', LARGE],
  ] as const) {
    await cache.set(key, value);
    const handle = await cache.open(key);
    await raw.append(`told:${key}`, 'x');
    const told = (name: string): unknown =>
      expect.stringMatching(new RegExp(`^${name} "told:${key}": (?!.*told:)`));
    const corrupt = (name: string): object => ({ code: 'ERR_CORRUPT', message: told(name) });
    await expect(cache.get(key)).rejects.toMatchObject(corrupt('get'));
    if (key === 'small') await expect(cache.open(key)).rejects.toMatchObject(corrupt('open'));
    else await expect(handle?.bytes()).rejects.toMatchObject(corrupt('bytes'));
  }
});

/** What inflates to far more than it says, or says, and may be. */
async function storeBombs(): Promise<string[]> {
  const zeros = Buffer.alloc(4 * CAP);
  const bombs = [
    [1, gzipSync(zeros)],
    [2, brotliCompressSync(zeros, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } })],
  ] as const;
  const keys: string[] = [];
  for (const [compression, payload] of bombs) {
    for (const rawLength of [1_000, CAP, zeros.length]) {
      const shared = { codec: 3, compression };
      const key = `bomb:${compression}:${rawLength}`;
      await raw.set(key, writeFrame({ ...shared, rawLength: Math.max(rawLength, payload.length), payload }));
      const stored = payload.subarray(0, Math.min(payload.length, 60_000));
      const segments = Array.from({ length: 8 }, () => ({
        rawLength: Math.max(rawLength / 8, 60_000),
        stored,
      }));
      await raw.set(`${key}:cut`, writeSegmentedFrame({ ...shared, outline: Buffer.alloc(0), segments }));
      keys.push(key, `${key}:cut`);
    }
  }
  return keys;
}

/** What a process of its own is refused with that gets some keys, and how far its memory grew meanwhile. */
async function readElsewhere(keys: readonly string[]): Promise<{ codes: string[]; grownBytes: number }> {
  const child = fork(new URL('../support/fixtures/bomb-reader.mjs', import.meta.url), [
    server.url,
    String(CAP),
    ...keys,
  ]);
  const answer = await new Promise<{ codes: string[]; grownBytes: number }>((resolve, reject) => {
    child.once('message', (message) => resolve(message as { codes: string[]; grownBytes: number }));
    child.once('exit', (code) => reject(new Error(`the reader ended with ${code}`)));
  });
  child.kill();
  return answer;
}

it('bombs are refused, and each takes less than twice the cap of memory', { timeout: 60_000 }, async () => {
  const keys = await storeBombs();
  // Those that claim just the cap are inflated the farthest; of the others nearly nothing is.
  const [farthest, others] = [true, false].map((isCap) =>
    keys.filter((key) => key.includes(`:${CAP}`) === isCap),
  );
  for (const together of [...(farthest ?? []).map((key) => [key]), others ?? []]) {
    const { codes, grownBytes } = await readElsewhere(together);
    for (const code of codes) expect(code).toMatch(/^ERR_(CORRUPT|VALUE_TOO_LARGE)$/);
    expect(codes.length).toBe(together.length);
    expect(grownBytes, together[0]).toBeLessThan(2 * CAP);
  }
});

it.each(['json', 'cbor', 'msgpack', 'graph', 'columns'])(
  'no payload of %s reaches a prototype',
  async (codec) => {
    await using cache = new RedisBackend({ url: server.url, codec, onCorrupt: 'throw' });
    const hostile = JSON.stringify([{ constructor: { prototype: { polluted: 1 } }, ['__proto__']: 1 }]);
    await raw.set(
      'proto',
      writeFrame({
        codec: 1,
        compression: 0,
        rawLength: Buffer.byteLength(hostile.replace('"__proto__":1', '"__proto__":{"polluted":1}')),
        payload: Buffer.from('[{"constructor":{"prototype":{"polluted":1}},"__proto__":{"polluted":1}}]'),
      }),
    );
    const got = await cache.get('proto').catch((error: { code: string }) => error.code);
    expect(({} as { polluted?: unknown }).polluted).toBe(undefined);
    if (Array.isArray(got)) expect(Object.getPrototypeOf(got[0])).toBe(Object.prototype);
    const own = [{ constructor: { prototype: { polluted: 1 } } }];
    await cache.set('own', own);
    expect(await cache.get('own')).toEqual(own);
    expect(({} as { polluted?: unknown }).polluted).toBe(undefined);
  },
);
