import { expect, it } from 'vitest';
import { notedStoreOf } from '../../dist/backends/noted-store.js';
import { InMemoryBackend } from '../../dist/index.js';
import { CacheManager } from '../../dist/manager/cache-manager.js';
import { Entries, isFresh } from '../../dist/manager/entries.js';

const note = (freshForMs: number, generation?: string) => ({
  createdAt: Date.now(),
  freshUntil: Date.now() + freshForMs,
  costMs: 0,
  absent: false,
  stamps: generation === undefined ? [] : ([['tag', generation]] as const),
});

it('a value that is not fresh any more is there for who wants it stale alone', async () => {
  const backend = new InMemoryBackend();
  const entries = new Entries(backend);
  await entries.write('k', 'v', { ttl: 60, note: note(-1) });
  expect(await entries.read('k')).toBeUndefined();
  expect(await new CacheManager({ backend }).get('k')).toBeUndefined();
  const entry = await entries.read('k', { stale: true });
  expect(entry).toMatchObject({ value: 'v' });
  expect(entry && isFresh(entry)).toBe(false);
});

it('a value that was stored without a note is fresh', async () => {
  const backend = new InMemoryBackend();
  await backend.set('k', 'v');
  const entry = await new Entries(backend).read('k');
  expect(entry).toEqual({ value: 'v', note: undefined });
  expect(entry && isFresh(entry)).toBe(true);
});

it('a value with a note that is not understood is not there', async () => {
  const backend = new InMemoryBackend();
  await notedStoreOf(backend)?.setNoted('k', 'v', { note: Uint8Array.of(9, 9, 9) });
  expect(await new Entries(backend).read('k', { stale: true })).toBeUndefined();
});

it.each([true, false])('stamps are held against what holds, which answers at once: %s', async (atOnce) => {
  let generation = '1';
  const held = <T>(value: T): T | Promise<T> => (atOnce ? value : Promise.resolve(value));
  const entries = new Entries(new InMemoryBackend(), {
    stamp: (names) => held(names.map((name) => [name, generation] as const)),
    keep: () => Promise.resolve(),
    holds: (stamps) => held(stamps.every(([, stamp]) => stamp === generation)),
  });
  const stamps = await entries.stamp(['tag']);
  await entries.write('k', 'v', { ttl: 60, note: { ...note(60_000), stamps } });
  expect(await entries.read('k')).toMatchObject({ value: 'v', note: { stamps: [['tag', '1']] } });
  generation = '2';
  expect(await entries.read('k')).toBeUndefined();
});
