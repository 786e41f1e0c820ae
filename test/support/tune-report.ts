import { summarize } from '../../dist/bench/statistics.js';
import { defaultCandidate, labelOf } from '../../dist/bench/tune/candidates.js';
import { scoreOf } from '../../dist/bench/tune/objective.js';
import type { Report, Trial } from '../../dist/bench.js';

function trial(median: number, changes: Partial<Trial['candidate']>, stage = 4): Trial {
  const candidate = { ...defaultCandidate(2), ...changes };
  const around = [median * 0.8, median, median * 1.25];
  return {
    candidate,
    label: labelOf(candidate),
    stage,
    score: scoreOf(around),
    figures: {
      throughput: summarize(around.map((value) => 1_000 / value)),
      waitMeanMs: summarize(around),
      storedBytes: summarize([100_000 * median]),
    },
  };
}

/** The report of a tuning that was never run, whose sample is called `source`. */
export function tuneReport({
  source,
  command,
}: {
  readonly source: string;
  readonly command: string;
}): Report {
  const choice = trial(1, { codec: 'graph', threads: 2 });
  const runnerUp = { ...trial(1.2, { codec: 'graph' }), dropped: '1.2 times' };
  const defaults = { ...trial(2, {}), dropped: '2 times' };
  return {
    format: 1,
    kind: 'tune',
    command,
    environment: {
      node: 'v20.19.0',
      server: 'Redis 7.0.0',
      cpu: source,
      cores: 2,
      memory: '4 GB',
      system: 'Linux 6',
      mainCpuClock: 'schedstat',
      loadBefore: 0.1,
      date: '2026-01-02T03:04:05.000Z',
      machineMs: 3,
    },
    settings: { objective: 'wait', pace: 1 },
    skipped: [{ id: 'keyv', reason: source }],
    results: [],
    tuning: {
      objective: 'wait',
      scoreLabel: 'mean wait, ms',
      better: 'less',
      load: { readsPerSecond: 200, writesPerSecond: 20, rttMs: 0 },
      sample: { source, values: 1, bytes: 1_000, smallest: 1_000, median: 1_000, largest: 1_000 },
      choice,
      runnerUp,
      defaults,
      trials: [choice, runnerUp, defaults, { ...trial(0.9, { compression: 'gzip' }, 1), dropped: '3 times' }],
      costs: [`It costs ${source}`],
      config: { codec: 'graph', pool: { maxThreads: 2 } },
      seconds: 60,
      exhaustive: false,
    },
  };
}
