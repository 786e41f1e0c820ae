import { expect, it } from 'vitest';
import { type MemorySample, memorySlope } from './memory-slope.js';

const MB = 1024 * 1024;
const LOOKS = 120;

/** Looks every 10 s at memory in MB. */
function looks(rssAt: (look: number) => number): MemorySample[] {
  return Array.from({ length: LOOKS }, (_, look) => ({
    atMs: look * 10_000,
    rss: rssAt(look) * MB,
    held: 0,
  }));
}

it('a leak is told from what goes up and down with every look', () => {
  const { mbPerHour, noise } = memorySlope(
    looks((look) => 200 + look / 6 + (look % 2)),
    'rss',
  );
  expect(mbPerHour).toBeCloseTo(60, 0);
  expect(noise).toBeLessThan(3);
});

it('a slow wave is no leak, and tells less the slower it is', () => {
  const wave = (period: number) => (look: number) => 200 + 5 * Math.sin((2 * Math.PI * look) / period);
  const fast = memorySlope(looks(wave(4)), 'rss');
  const slow = memorySlope(looks(wave(50)), 'rss');
  expect(Math.abs(slow.mbPerHour)).toBeLessThan(slow.noise);
  expect(slow.noise).toBeGreaterThan(2 * fast.noise);
});

it('of two looks nothing can be told', () => {
  expect(memorySlope(looks(() => 1).slice(0, 2), 'rss').noise).toBe(Number.POSITIVE_INFINITY);
});
