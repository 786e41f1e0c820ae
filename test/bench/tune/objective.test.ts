import { describe, expect, test } from 'vitest';
import { defaultCandidate } from '../../../dist/bench/tune/candidates.js';
import { choose, leastTimesWorse, scoreOf } from '../../../dist/bench/tune/objective.js';

const base = defaultCandidate(2);
const other = { ...base, codec: 'json' };
const third = { ...base, codec: 'graph' };
/** What a whole round was slowed down by. */
const ROUNDS = [1, 3, 1.2, 0.9, 2.5, 1, 1.1, 4, 0.8, 1, 1.4];
const times = (factor: number, jitter: readonly number[] = [0]) =>
  scoreOf(ROUNDS.map((round, index) => round * (factor + (jitter[index % jitter.length] ?? 0))));
const NOISE = [-0.3, 0.35, 0.1, -0.2, 0.25, -0.15, 0.3];

describe('what is chosen', () => {
  test('the defaults, where nothing is shown to be better', () => {
    const list = [
      { candidate: other, score: times(1, NOISE) },
      { candidate: base, score: times(1.05, NOISE.toReversed()) },
    ];
    expect(choose(list, { better: 'less', base })?.candidate).toBe(base);
  });

  test('what is better in every round, though rounds differ by more than that', () => {
    const list = [
      { candidate: base, score: times(1) },
      { candidate: other, score: times(0.85) },
    ];
    expect(choose(list, { better: 'less', base })?.candidate).toBe(other);
    expect(choose(list, { better: 'more', base })?.candidate).toBe(base);
  });

  test('what differs least from the defaults among those that are equally good', () => {
    const list = [
      { candidate: other, score: times(0.5) },
      { candidate: third, score: times(0.51) },
      { candidate: base, score: times(1) },
    ];
    expect(choose(list, { better: 'less', base })?.candidate).toBe(third);
  });

  test('nothing of nothing', () => {
    expect(choose([], { better: 'less', base })).toBeUndefined();
  });

  test('no noise hides what is more than twice as bad', () => {
    const wild = scoreOf([0.9, 20, 1, 19, 21, 0.9, 20]);
    const calm = scoreOf([2, 2, 2, 2, 2, 2, 2]);
    const list = [
      { candidate: base, score: wild },
      { candidate: other, score: calm },
    ];
    expect(choose(list, { better: 'less', base })?.candidate).toBe(other);
  });
});

test('a bound below the ratio of the means, and 1 for the same rounds', () => {
  expect(leastTimesWorse(times(1), times(1), 'less')).toBe(1);
  const bound = leastTimesWorse(times(1.3, NOISE), times(1), 'less');
  expect(bound).toBeGreaterThan(0.9);
  expect(bound).toBeLessThan(1.3);
  expect(leastTimesWorse(times(1), times(1.3), 'more')).toBeCloseTo(1.3);
});
