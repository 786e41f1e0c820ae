import { expect, test } from 'vitest';
import { summarize } from '../../dist/bench/statistics.js';
import { lossesToOthers } from '../../dist/bench/verdict.js';

test('Offloop with other settings is not another way that beats it', () => {
  const row = (peer: string, throughput: number) => ({
    peer,
    figures: { throughput: summarize([throughput]) },
  });
  const rows = [
    row('Offloop', 100),
    { ...row('Offloop, 1 thread', 300), variant: { threads: 1 } },
    row('keyv', 200),
  ];
  const result = { scenario: 'get', title: 'get', facts: { operation: 'get' as const }, columns: [], rows };
  expect(lossesToOthers([result]).map(({ peer }) => peer)).toEqual(['keyv']);
});
