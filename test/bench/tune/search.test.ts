import { expect, test } from 'vitest';
import { defaultCandidate } from '../../../dist/bench/tune/candidates.js';
import { OBJECTIVES, scoreOf } from '../../../dist/bench/tune/objective.js';
import { Board } from '../../../dist/bench/tune/search.js';
import type { Trial } from '../../../dist/bench.js';

const base = defaultCandidate(2);

function trial(changes: Partial<Trial['candidate']>, stage: number, score: number): Trial {
  return {
    candidate: { ...base, ...changes },
    label: '',
    stage,
    score: scoreOf([score, score, score]),
    figures: {},
  };
}

test('why a candidate went no further is told by scores of the same stage', () => {
  const board = new Board(base, OBJECTIVES.latency);
  const choice = { codec: 'graph', threads: 2 };
  // Calls take ten times as long by as many callers, and as long again in the processes of the final rounds.
  board.take([trial({}, 1, 3), trial({ codec: 'graph' }, 1, 2), trial({ codec: 'json' }, 1, 4)], []);
  board.take([trial({ codec: 'graph' }, 3, 30), trial(choice, 3, 20)], []);
  const final = [trial(choice, 4, 200), trial({}, 4, 300)];
  board.take(final, []);
  const { trials } = board.result(final);
  const told = trials.map(({ candidate: { codec }, stage, dropped }) => [codec, stage, dropped]);
  expect(told).toEqual([
    ['graph', 4, undefined],
    ['auto', 4, '1.50 times as bad as the choice in the final rounds'],
    ['graph', 3, '1.50 times as bad as the choice in stage 3'],
    // Other pools had not been tried yet.
    ['json', 1, '2.00 times as bad as the choice with the default pool in stage 1'],
  ]);
});
