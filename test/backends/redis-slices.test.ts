import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RedisBackend } from '../../dist/index.js';
import { recordsOf } from '../support/records.js';
import { type RunningRedis, startRedis } from '../support/redis-server.js';
import { difference } from '../support/same-value.js';

let server: RunningRedis;
beforeAll(async () => {
  server = await startRedis();
});
afterAll(() => server.stop());

const large = recordsOf(8_000_000);
/** A slice then has a segment or two, of the 56 there are, however fast the machine is. */
const SHORTEST_MS = 0.1;

/** Turns of the event loop while a call is under way. */
async function turnsDuring(call: () => Promise<unknown>): Promise<number> {
  let turns = 0;
  let counting = true;
  const count = (): void => {
    turns++;
    if (counting) setImmediate(count);
  };
  setImmediate(count);
  await call();
  counting = false;
  return turns;
}

const VALUES: Record<string, unknown> = {
  'a list of records': recordsOf(3_000_000),
  'a huge field beside small ones': { before: 1, items: recordsOf(1_500_000), after: ['x'] },
  'a wide dictionary': Object.fromEntries(
    Array.from({ length: 60_000 }, (_, index) => [`k${index}`, [index]]),
  ),
  'a Map': new Map(Array.from({ length: 30_000 }, (_, index) => [{ index }, `value ${index}`])),
  'a long text': 'long, and not only ASCII: äöü. '.repeat(100_000),
  'a Buffer': Buffer.alloc(5_000_000, 'binary'),
  'an ArrayBuffer': new Uint8Array(3_000_000).fill(7).buffer,
};

describe.each(['none', 'gzip', 'brotli'] as const)('with compression %s', (compression) => {
  it.each(Object.entries(VALUES))('%s comes back', async (_name, value) => {
    await using cache = new RedisBackend({ url: server.url, keyPrefix: 's:', compression });
    await cache.set('k', value);
    expect(difference(await cache.get('k'), value)).toBe(undefined);
    expect(cache.stats()).toMatchObject({ hits: 1, corrupt: 0, writes: { inline: 0 } });
  });
});

it.each(['json', 'cbor', 'msgpack'])(
  'a large value of the %s codec, which knows no segments, comes back',
  async (codec) => {
    await using cache = new RedisBackend({ url: server.url, codec, compression: 'gzip' });
    const value = recordsOf(2_000_000);
    await cache.set('k', value);
    expect(difference(await cache.get('k'), value)).toBe(undefined);
  },
);

it('a large value on the command connection is read in slices too', async () => {
  await using cache = new RedisBackend({
    url: server.url,
    inlineLimitBytes: 16 * 1024 * 1024,
    sliceMs: SHORTEST_MS,
  });
  await cache.set('k', large);
  expect(
    await turnsDuring(async () => expect(await cache.get('k')).toHaveLength(large.length)),
  ).toBeGreaterThan(8);
  expect(cache.stats()).toMatchObject({ writes: { inline: 1 }, reads: { inline: 1 } });
});

it('the event loop has turns while a large value is set and while it is got', async () => {
  await using cache = new RedisBackend({ url: server.url, sliceMs: SHORTEST_MS });
  expect(await turnsDuring(() => cache.set('k', large))).toBeGreaterThan(8);
  expect(await turnsDuring(() => cache.get('k'))).toBeGreaterThan(8);
});

it.each(['auto', 'always', 'never'] as const)(
  'a snapshot is encoded before the call returns, with offload %s',
  async (offload) => {
    await using cache = new RedisBackend({ url: server.url, offload });
    const small = { list: [1, 2, 3] };
    const storedSmall = cache.set('small', small, { snapshot: true });
    small.list.length = 1;
    await storedSmall;
    expect(await cache.get('small')).toEqual({ list: [1, 2, 3] });
    const value = structuredClone(large);
    const stored = cache.set('k', value, { snapshot: true });
    value.length = 1;
    await stored;
    expect(await cache.get('k')).toHaveLength(large.length);
    await expect(cache.set('k', 1, { snapshot: 1 as never })).rejects.toMatchObject({ code: 'ERR_OPTION' });
  },
);

it('a list that is changed while it is encoded is refused, and nothing is stored', async () => {
  await using cache = new RedisBackend({ url: server.url, keyPrefix: 'changed:' });
  const value = structuredClone(large);
  const stored = cache.set('k', value);
  value.pop();
  await expect(stored).rejects.toMatchObject({ code: 'ERR_VALUE' });
  expect(await cache.exists('k')).toBe(false);
});

it('a value over maxValueBytes is refused before all of it is encoded', async () => {
  await using cache = new RedisBackend({ url: server.url, maxValueBytes: 1_000_000 });
  let reached = false;
  const last = {
    get id() {
      reached = true;
      return 1;
    },
  };
  await expect(cache.set('k', [...large, last])).rejects.toMatchObject({ code: 'ERR_VALUE_TOO_LARGE' });
  expect(reached).toBe(false);
});

it('on one key the calls have their order, whatever their size', async () => {
  await using cache = new RedisBackend({ url: server.url });
  const calls = [cache.set('k', large), cache.get('k'), cache.set('k', 'small'), cache.get('k')] as const;
  const [, first, , second] = await Promise.all(calls);
  expect(first).toHaveLength(large.length);
  expect(second).toBe('small');
});

it.each([0, 1, 3, 10, 30])(
  'an abort after %i turns of a set or a get leaves nothing behind',
  async (turns) => {
    await using cache = new RedisBackend({ url: server.url, keyPrefix: `abort:${turns}:` });
    await cache.set('there', large);
    for (const call of [
      (signal: AbortSignal) => cache.set('k', large, { signal }),
      (signal: AbortSignal) => cache.get('there', { signal }),
    ]) {
      const controller = new AbortController();
      const done = call(controller.signal).then(
        () => 'done',
        (error: { code?: unknown }) => error.code,
      );
      for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve));
      controller.abort();
      expect(['ERR_ABORTED', 'done']).toContain(await done);
      if (turns < 3) expect(await done).toBe('ERR_ABORTED');
    }
    expect(await cache.get('there')).toHaveLength(large.length);
    await cache.set('k', 'after');
    expect(await cache.get('k')).toBe('after');
    expect(cache.stats()).toMatchObject({ operations: 0, pool: { running: 0, queued: 0, bytesInFlight: 0 } });
  },
);

it('a value that others replace all the time is never mixed', { timeout: 60_000 }, async () => {
  await using writer = new RedisBackend({ url: server.url });
  await using reader = new RedisBackend({ url: server.url, pool: { tasksPerThread: 4 } });
  const versions = ['a', 'b', 'c'].map((mark, index) => {
    const rows = recordsOf(3_000_000 + index * 400_000);
    return rows.map((row) => ({ ...row, mark }));
  });
  await writer.set('mixed', versions[0]);
  let writing = true;
  const written = (async () => {
    for (let round = 1; writing; round++) await writer.set('mixed', versions[round % 3]);
  })();
  const seen = new Set<string>();
  for (let round = 0; round < 25; round++) {
    const got = await reader.get<{ mark: string }[]>('mixed');
    const marks = new Set(got?.map(({ mark }) => mark));
    expect(marks.size).toBe(1);
    const [mark = ''] = marks;
    expect(got).toHaveLength(versions['abc'.indexOf(mark)]?.length ?? 0);
    seen.add(mark);
  }
  writing = false;
  await written;
  expect(seen.size).toBeGreaterThan(1);
  expect(reader.stats().corrupt).toBe(0);
});

it('a damaged segment of a large value is a miss and a report, after it was read again in one piece', async () => {
  await using cache = new RedisBackend({ url: server.url });
  const reports: unknown[] = [];
  cache.on('corrupt', ({ key }) => reports.push(key));
  await cache.set('damaged', large);
  const raw = new Redis(server.url);
  await raw.setrange('damaged', 1_000_000, 'XXXX');
  raw.disconnect();
  expect(await cache.get('damaged')).toBe(undefined);
  expect(await cache.get('damaged', { select: ['no such'] })).toBe(undefined);
  expect(reports[0]).toBe('damaged');
  expect(cache.stats().corrupt).toBeGreaterThanOrEqual(1);
});
