import { expect, it } from 'vitest';
import { freshnessOf } from '../../dist/manager/freshness.js';

const note = { createdAt: 1_000, freshUntil: 2_000, costMs: 50, stamps: [], absent: false };
const plain = { revalidateMs: 100, graceMs: 500, early: undefined };
const at = (now: number, random = 1) => ({ now, random: () => random });

it.each([
  [1_999, 'fresh'],
  [2_000, 'stale'],
  [2_099, 'stale'],
  [2_100, 'grace'],
  [2_499, 'grace'],
  [2_500, 'gone'],
])('at %d it is %s', (now, expected) => {
  expect(freshnessOf(note, plain, at(now))).toBe(expected);
});

it('by a fraction it is early from there on', () => {
  const early = { ...plain, early: { fraction: 0.8 } };
  expect(freshnessOf(note, early, at(1_799))).toBe('fresh');
  expect(freshnessOf(note, early, at(1_800))).toBe('early');
  expect(freshnessOf({ ...note, freshUntil: Number.POSITIVE_INFINITY }, early, at(1e12))).toBe('fresh');
});

it('by chance it is early with the probability of XFetch', () => {
  const early = { ...plain, early: { beta: 2 } };
  // P(now - cost * beta * ln(random) >= end) = exp(-(end - now) / (cost * beta)); at 100 ms before the end that is 1/e.
  let count = 0;
  const tries = 20_000;
  for (let index = 0; index < tries; index++)
    if (freshnessOf(note, early, { now: 1_900, random: () => 1 - Math.random() }) === 'early') count++;
  expect(count / tries).toBeCloseTo(Math.exp(-1), 1);
  expect(freshnessOf({ ...note, costMs: 0 }, early, at(1_999, 1e-9))).toBe('fresh');
});
