import { expect, test } from 'vitest';
import { type Bench, FULL, QUICK, roundsOf } from '../../dist/bench/bench.js';
import { resolveBench } from '../../dist/bench/bench-settings.js';

test.each([FULL, QUICK])('a small value is called for long enough that its code is compiled', (scale) => {
  const bench = { scale } as Bench;
  const warmUp = (coldBytes?: number) => roundsOf(bench, { callers: 4, coldBytes }).warmUpMs;
  expect(warmUp(1_024)).toBeGreaterThanOrEqual(800);
  // A call with a large one takes as long as its bytes do, and a run is not to take longer for nothing.
  expect(warmUp(1_048_576)).toBe(scale.warmUpMs);
  expect(warmUp(), 'warm already').toBe(scale.warmUpMs);
});

test('only who asks for rounds of less than the quick ones has it warmed up for less', () => {
  const url = 'redis://localhost';
  const warmUp = (options: object) => resolveBench({ url, ...options }).scale.smallWarmUpMs;
  expect(warmUp({})).toBe(800);
  expect(warmUp({ quick: true })).toBe(800);
  expect(warmUp({ quick: true, durationMs: 10 })).toBe(160);
  expect(warmUp({ durationMs: 10 }), 'never for less than a large one').toBe(FULL.warmUpMs);
});
