import { expect, test } from 'vitest';
import { compareReports, ratioInterval } from '../../dist/bench/compare.js';
import { parseDuration, parseRate } from '../../dist/bench/quantity.js';
import { Random } from '../../dist/bench/random.js';
import { summarize } from '../../dist/bench/statistics.js';
import { checkThresholds, parseThreshold } from '../../dist/bench/thresholds.js';
import { axesFor, defaultCandidate, threadCounts } from '../../dist/bench/tune/candidates.js';
import { choose, scoreOf } from '../../dist/bench/tune/objective.js';
import type { Environment, Figures, Report, Row } from '../../dist/bench.js';

test('the interval of a ratio holds it, and is wider where the rounds differ', () => {
  const quiet = ratioInterval(
    summarize([20, 20.1, 19.9, 20, 20]),
    summarize([10, 10, 10.1, 9.9, 10]),
    new Random(1),
  );
  const noisy = ratioInterval(summarize([20, 35, 12, 20, 28]), summarize([10, 14, 6, 10, 9]), new Random(1));
  expect(quiet[0]).toBeGreaterThan(1.9);
  expect(quiet[1]).toBeLessThan(2.1);
  expect(noisy[1] - noisy[0]).toBeGreaterThan(quiet[1] - quiet[0]);
});

test('a threshold is held against our row of the size it names', () => {
  const rows = [
    { peer: 'Offloop', figures: { waitP99Ms: summarize([4]) } },
    { peer: 'other', figures: { waitP99Ms: summarize([400]) } },
  ];
  const results = [
    { scenario: 'get', title: '', facts: { operation: 'get' as const, bytes: 1_048_500 }, columns: [], rows },
  ];
  const check = (text: string) => checkThresholds([parseThreshold(text)], results)[0];
  expect(check('get.1MB.wait.p99 > 5ms')).toMatchObject({ measured: 4, failed: false });
  expect(check('get.wait.p99 > 3ms')).toMatchObject({ failed: true });
  expect(check('get.8MB.wait.p99 > 5ms')).toMatchObject({ failed: true });
});

test('a threshold of all sizes fails where ours failed at one of them', () => {
  const result = (bytes: number, row: object) => ({
    scenario: 'get',
    title: '',
    facts: { operation: 'get' as const, bytes },
    columns: [],
    rows: [{ peer: 'Offloop', figures: {}, ...row }],
  });
  const results = [
    result(1_024, { figures: { p50Ms: summarize([1]) } }),
    result(8_388_608, { failure: 'set: Redis is at maxmemory and evicts nothing' }),
  ];
  const check = (text: string) => checkThresholds([parseThreshold(text)], results)[0];
  expect(check('get.latency.p50 > 2s')).toEqual({ text: 'get.latency.p50 > 2s', failed: true });
  expect(check('get.1KB.latency.p50 > 2s')).toMatchObject({ measured: 1, failed: false });
});

test('a figure of one round is no real difference; a stored size is', () => {
  const report = (figures: Figures): Report => ({
    format: 1,
    kind: 'bench',
    environment: { machineMs: 1, date: '' } as Environment,
    settings: {},
    skipped: [],
    results: [
      {
        scenario: 'get',
        title: 'get',
        facts: { operation: 'get' },
        columns: [],
        rows: [{ peer: 'Offloop', figures }],
      },
    ],
  });
  const { differences } = compareReports(
    report({ p99Ms: summarize([3]), mainCpuMs: summarize([3, 3.1]), storedBytes: summarize([300]) }),
    report({ p99Ms: summarize([1]), mainCpuMs: summarize([1, 1.1]), storedBytes: summarize([100]) }),
  );
  expect(differences.map(({ metric, verdict }) => [metric, verdict])).toEqual([
    ['mainCpuMs', 'worse'],
    ['p99Ms', 'same'],
    ['storedBytes', 'worse'],
  ]);
});

test('what the earlier run has and this one lacks is named, and what is set otherwise', () => {
  const report = (sizes: string, node: string, tables: Record<string, readonly Row[]>): Report => ({
    format: 1,
    kind: 'bench',
    environment: { machineMs: 1, date: '', node } as Environment,
    settings: { rounds: 5, sizes },
    skipped: [],
    results: Object.entries(tables).map(([title, rows]) => ({
      scenario: 'get',
      title,
      facts: { operation: 'get' },
      columns: [],
      rows,
    })),
  });
  const figures = { mainCpuMs: summarize([3, 3.1]) };
  const rows = ['Offloop', 'keyv', 'ioredis + JSON'].map((peer) => ({ peer, figures }));
  const before = report('1 KB, 8 MB', 'v20.0.0', { small: rows, middle: rows, large: rows });
  const failed = { peer: 'Offloop', figures: {}, failure: 'out of memory' };
  const after = report('1 KB', 'v22.0.0', { small: rows.slice(2), middle: [failed, ...rows.slice(2)] });
  const { differences, missing, warnings } = compareReports(after, before);
  expect(differences).toHaveLength(2);
  expect(missing).toEqual([
    'middle, Offloop: fails now: out of memory',
    'large: not in this run',
    'Offloop: not in this run, in small',
    'keyv: not in this run, in 2 tables',
  ]);
  expect(warnings).toEqual(['node was v20.0.0 and is v22.0.0', 'sizes was 1 KB, 8 MB and is 1 KB']);
  expect(compareReports(before, before)).toMatchObject({ missing: [], warnings: [] });
  expect(compareReports(after, report('1 KB', 'v20.0.0', {})).missing).toEqual([]);
});

test('times and rates take their units', () => {
  expect([parseDuration('x', '500us'), parseDuration('x', '2s'), parseRate('x', '60/min')]).toEqual([
    0.5, 2_000, 1,
  ]);
});

test('of candidates that do equally well the nearest to the defaults is chosen', () => {
  const base = defaultCandidate(2);
  const scored = (score: number, codec: string) => ({
    candidate: { ...base, codec },
    score: scoreOf([score]),
  });
  const less = { better: 'less', base } as const;
  expect(choose([scored(10, 'json'), scored(10.5, 'auto')], less)?.candidate.codec).toBe('auto');
  expect(choose([scored(10, 'json'), scored(11, 'auto')], less)?.candidate.codec).toBe('json');
  expect(choose([scored(10, 'json'), scored(11, 'auto')], { better: 'more', base })?.candidate.codec).toBe(
    'auto',
  );
});

test('the pool is varied only where values go by a worker', () => {
  expect(axesFor([1_000], 8)).toMatchObject({ threads: [4], tasksPerThread: [8] });
  expect(axesFor([1_000_000], 8).threads).toEqual(threadCounts(8));
});
