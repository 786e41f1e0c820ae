import fc from 'fast-check';
import { expect } from 'vitest';
import type { CacheBackend, RedisBackend } from '../../dist/index.js';

const KEYS = ['a', 'b', 'p:a', 'p:b'];
const PER_RUN = 500;

/** What a backend may have beside the protocol. */
type Tested = CacheBackend &
  Partial<Pick<RedisBackend, 'touch' | 'getMany'>> & {
    withPrefix?(prefix: string): CacheBackend;
  };

/** Values that take every way: inline, by a worker, compressed or not; each tells which it is. */
export function valueFor(id: number, size: number): unknown {
  if (size === 0) return id;
  if (size === 1) return { id, text: 'x'.repeat(2_000) };
  if (size === 2) return Buffer.alloc(9_000, id & 0xff);
  return { id, items: Array.from({ length: 1_500 }, (_, index) => ({ index, name: `item ${index}` })) };
}

const call = fc.record({
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

type Call = (typeof call extends fc.Arbitrary<infer T> ? T : never) & { readonly kind: string };

/** Runs the calls on both sides, awaiting none before all are made. What a backend does not have it is not asked for. */
async function compare(cache: Tested, calls: readonly Call[]): Promise<void> {
  const view = cache.withPrefix?.('p:');
  const model = new Map<string, unknown>();
  const results: Promise<unknown>[] = [];
  const wanted: unknown[] = [];
  for (const [id, { kind, key, size }] of calls.entries()) {
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
      if (!cache.touch) continue;
      results.push(cache.touch(key, 1_000));
      wanted.push(model.has(key));
    } else if (kind === 'getMany') {
      if (!cache.getMany) continue;
      results.push(cache.getMany(KEYS));
      wanted.push(KEYS.map((name) => model.get(name)));
    } else {
      const prefix = kind === 'clear' ? '' : 'p:';
      if (prefix !== '' && !view) continue;
      const gone = [...model.keys()].filter((name) => name.startsWith(prefix));
      results.push((prefix !== '' && view ? view : cache).clear());
      wanted.push(gone.length);
      for (const name of gone) model.delete(name);
    }
  }
  expect(await Promise.all(results)).toEqual(wanted);
  await cache.clear();
}

/** Random calls, none awaited, answer as a Map in program order. The backends take turns, a run each. */
export async function expectProgramOrder(caches: readonly Tested[], calls: number): Promise<void> {
  let runs = 0;
  const property = fc.asyncProperty(
    fc.array(call, { minLength: PER_RUN, maxLength: PER_RUN }),
    async (made) => {
      const cache = caches[runs++ % caches.length];
      if (!cache) throw new Error('no backend to test');
      await compare(cache, made);
    },
  );
  await fc.assert(property, { numRuns: calls / PER_RUN, seed: 7, endOnFailure: true });
}
