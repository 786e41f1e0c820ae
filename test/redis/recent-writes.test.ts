import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { OWN_WRITES_MS, RecentWrites } from '../../dist/redis/recent-writes.js';
import { BYTES_OF_OWN_KEY, bytesPerCutKey } from '../support/cut-keys.js';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

it('a key is recent for a second after its last write, and others are not', () => {
  const writes = new RecentWrites();
  writes.note('a');
  expect([writes.has('a'), writes.has('b')]).toEqual([true, false]);
  vi.advanceTimersByTime(OWN_WRITES_MS - 1);
  writes.note('a');
  vi.advanceTimersByTime(OWN_WRITES_MS - 1);
  expect(writes.has('a')).toBe(true);
  vi.advanceTimersByTime(1);
  expect(writes.has('a')).toBe(false);
});

it('after a clear, and where more keys were written than are remembered, all are recent', () => {
  const cleared = new RecentWrites();
  cleared.noteAll();
  expect(cleared.has('any')).toBe(true);
  vi.advanceTimersByTime(OWN_WRITES_MS);
  expect(cleared.has('any')).toBe(false);
  const many = new RecentWrites();
  for (let index = 0; index < 10_000; index++) many.note(`k${index}`);
  expect(many.has('other')).toBe(false);
  many.note('one more');
  expect([many.has('k0'), many.has('other')]).toEqual([true, true]);
  vi.advanceTimersByTime(OWN_WRITES_MS);
  // Those whose time is up make room.
  for (let index = 0; index < 10_000; index++) many.note(`l${index}`);
  vi.advanceTimersByTime(OWN_WRITES_MS);
  many.note('fresh');
  expect([many.has('fresh'), many.has('l0'), many.has('other')]).toEqual([true, false, false]);
});

it('a key that is cut out of a long text does not keep that', async () => {
  const writes = new RecentWrites();
  expect(await bytesPerCutKey((key) => writes.note(key))).toBeLessThan(BYTES_OF_OWN_KEY);
});
