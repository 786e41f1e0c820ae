import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { CacheBackend, SetOptions } from '../dist/backends/cache-backend.js';
import { InMemoryBackend } from '../dist/backends/memory.js';
import { type ConformanceFeatures, describeCacheBackend } from '../dist/conformance.js';
import { OffloopError } from '../dist/errors.js';
import { Forwarding } from './conformance/forwarding.js';
import { FAULTS } from './conformance/wrong-backends.js';

function survivesJson(value: unknown): boolean {
  try {
    return value === undefined || isDeepStrictEqual(JSON.parse(JSON.stringify(value)), value);
  } catch {
    return false;
  }
}

/** Runs the suite without a runner; the titles of the tests that failed. */
async function failuresOf(create: () => CacheBackend, features?: ConformanceFeatures): Promise<string[]> {
  const tests: { title: string; body: () => Promise<void> }[] = [];
  const runner = {
    describe: (_name: string, body: () => void) => body(),
    it: (title: string, body: () => Promise<void>) => tests.push({ title, body }),
  };
  describeCacheBackend({ name: 'it', create, runner, features });
  const outcomes = await Promise.allSettled(tests.map(({ body }) => body()));
  expect(tests.length).toBeGreaterThan(20);
  return tests.filter((_, index) => outcomes[index]?.status === 'rejected').map(({ title }) => title);
}

describeCacheBackend({
  name: 'InMemoryBackend',
  create: () => new InMemoryBackend(),
  runner: { describe, it },
});

describe('the conformance suite', () => {
  it('passes a right backend, with a runner that only collects', async () => {
    expect(await failuresOf(() => new Forwarding())).toEqual([]);
  });

  it('fails a test whose backend cannot be made', async () => {
    const failures = await failuresOf(() => {
      throw new Error('no server');
    });
    expect(failures.length).toBeGreaterThan(20);
  });

  // Some faults are of times, which a machine that is busy for a moment hides.
  it.concurrent.for(FAULTS)(
    'notices a backend that $fault',
    { retry: 2 },
    async ({ Backend, noticedBy }, { expect }) => {
      const failures = await failuresOf(() => new Backend());
      expect(failures.filter((title) => noticedBy.test(title))).toHaveLength(1);
    },
  );

  it('lets a backend without rich types refuse them, and still refuses their loss', async () => {
    class Refusing extends Forwarding {
      override async set(key: string, value: unknown, options?: SetOptions) {
        if (!survivesJson(value)) throw new OffloopError('ERR_VALUE', 'no JSON');
        return super.set(key, value, options);
      }
    }
    expect(await failuresOf(() => new Refusing(), { richTypes: false })).toEqual([]);
    expect(await failuresOf(() => new Refusing())).toEqual([
      'rich types come back equal',
      expect.stringContaining('bytes come back'),
    ]);
  });
});
