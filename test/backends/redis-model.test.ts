import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { RedisBackend } from '../../dist/index.js';
import { type RunningRedis, startRedis } from '../support/redis-server.js';

let server: RunningRedis;
beforeAll(async () => {
  server = await startRedis();
});
afterAll(() => server.stop());

const KEYS = ['a', 'b', 'p:a', 'p:b'];
const OPERATIONS = 20_000;
const PER_RUN = 500;

/** Values that take every way: inline, by a worker, compressed or not; each tells which it is. */
function valueFor(id: number, size: number): unknown {
  if (size === 0) return id;
  if (size === 1) return { id, text: 'x'.repeat(2_000) };
  if (size === 2) return Buffer.alloc(9_000, id & 0xff);
  return { id, items: Array.from({ length: 1_500 }, (_, index) => ({ index, name: `item ${index}` })) };
}

const operation = fc.record({
  kind: fc.constantFrom(
    'get',
    'get',
    'get',
    'set',
    'set',
    'set',
    'delete',
    'exists',
    'clear',
    'clear p',
    'touch',
    'getMany',
  ),
  key: fc.constantFrom(...KEYS),
  size: fc.constantFrom(0, 0, 1, 2, 3),
});

/** Runs the operations on both sides, awaiting none before all are called. */
async function compare(
  cache: RedisBackend,
  operations: readonly { kind: string; key: string; size: number }[],
): Promise<void> {
  const view = cache.withPrefix('p:');
  const model = new Map<string, unknown>();
  const results: Promise<unknown>[] = [];
  const wanted: unknown[] = [];
  for (const [id, { kind, key, size }] of operations.entries()) {
    if (kind === 'get') {
      results.push(cache.get(key));
      wanted.push(model.get(key));
    } else if (kind === 'set') {
      const value = valueFor(id, size);
      results.push(cache.set(key, value));
      wanted.push(undefined);
      model.set(key, value);
    } else if (kind === 'delete') {
      results.push(cache.delete(key));
      wanted.push(model.delete(key));
    } else if (kind === 'exists') {
      results.push(cache.exists(key));
      wanted.push(model.has(key));
    } else if (kind === 'touch') {
      results.push(cache.touch(key, 1_000));
      wanted.push(model.has(key));
    } else if (kind === 'getMany') {
      results.push(cache.getMany(KEYS));
      wanted.push(KEYS.map((name) => model.get(name)));
    } else {
      const prefix = kind === 'clear' ? '' : 'p:';
      const gone = [...model.keys()].filter((name) => name.startsWith(prefix));
      results.push(kind === 'clear' ? cache.clear() : view.clear());
      wanted.push(gone.length);
      for (const name of gone) model.delete(name);
    }
  }
  expect(await Promise.all(results)).toEqual(wanted);
  await cache.clear();
}

it(`${OPERATIONS} random operations, not awaited, answer as a Map in program order`, {
  timeout: 300_000,
}, async () => {
  await using plain = new RedisBackend({ url: server.url, inlineLimitBytes: 8_192, timeoutMs: 60_000 });
  await using packed = new RedisBackend({
    url: server.url,
    inlineLimitBytes: 8_192,
    timeoutMs: 60_000,
    compression: 'gzip',
    pool: { maxThreads: 2 },
  });
  let runs = 0;
  const property = fc.asyncProperty(
    fc.array(operation, { minLength: PER_RUN, maxLength: PER_RUN }),
    (operations) => compare(runs++ % 2 === 0 ? plain : packed, operations),
  );
  await fc.assert(property, { numRuns: OPERATIONS / PER_RUN, seed: 7, endOnFailure: true });
  const { writes, reads } = plain.stats();
  expect(Math.min(writes.inline, writes.bytes, reads.inline, reads.fetch)).toBeGreaterThan(100);
});

it('close comes after all that was called before it', async () => {
  const cache = new RedisBackend({ url: server.url, keyPrefix: 'close:' });
  const calls = Array.from({ length: 200 }, (_, index) => cache.set(`k${index}`, valueFor(index, index % 4)));
  await cache.close();
  expect(await Promise.all(calls)).toEqual(calls.map(() => undefined));
  await using again = new RedisBackend({ url: server.url, keyPrefix: 'close:' });
  expect(await again.clear()).toBe(200);
});
