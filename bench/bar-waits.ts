import type { Bench } from '#bench/bench.js';
import { formatByteSize } from '#bench/byte-size.js';
import { BASELINE, OURS } from '#bench/peers/registry.js';
import { type Row, type TurnSettings, takeTurns } from '#bench/rounds.js';
import { type Bar, complete, figure, ratioOf } from './bar.js';
import type { Held } from './peer-process.js';
import { ATLAS, COMPAT } from './real-corpora.js';
import { withRemotePeers } from './remote-peer.js';

const MB = 1024 * 1024;
const LARGE = 8 * MB;
const HUGE = 64 * MB;
const CORPORA: readonly Held['corpus'][] = ['records', COMPAT.name, ATLAS.name];
const PEERS = ['offloop', 'ioredis-json'] as const;
const OURS_LARGE = `${OURS}, ${formatByteSize(LARGE)}`;

const TURNS: TurnSettings = { rounds: 9, callers: 1, warmUpMs: 600, budgetMs: 250, waitBudgetMs: 400 };
/** A call takes a second. */
const HUGE_TURNS: TurnSettings = { ...TURNS, rounds: 5, budgetMs: 1, waitBudgetMs: 1_500 };

const MOST_MS = 12;
const WAIT_TARGETS = {
  get: { mean: 1 / 12, p99: 1 / 5 },
  set: { mean: 1 / 40, p99: 1 / 10 },
} as const;
const LATENCY_TARGETS = { get: 0.8, set: 0.9 } as const;

type Operation = keyof typeof WAIT_TARGETS;

/** Bars 1 and 3: what 8 MB make an event wait, and how long their caller. */
export async function measureLargeWaits(bench: Bench): Promise<Bar[]> {
  const bars: Bar[] = [];
  for (const corpus of CORPORA) {
    const held: Held = { key: 'wait', corpus, bytes: LARGE };
    const measured = await withRemotePeers(bench, PEERS, async (peers) => {
      const rows: [Operation, readonly Row[]][] = [];
      for (const peer of peers) await peer.hold(held);
      for (const operation of ['get', 'set'] as const) {
        const entrants = peers.map((peer) => peer.entrant({ operation, key: held.key }));
        rows.push([operation, complete(await takeTurns(entrants, TURNS))]);
      }
      return rows;
    });
    for (const [operation, rows] of measured) {
      const what = `${operation}, ${formatByteSize(LARGE)}, ${corpus}`;
      bars.push(...waitBars(rows, { bar: 'large-1', what, operation }), {
        bar: 'large-3',
        what: `${what}: latency of that of ${BASELINE}`,
        ...ratioOf([figure(rows, OURS, 'p50Ms'), figure(rows, BASELINE, 'p50Ms')]),
        holds: 'at most',
        target: LATENCY_TARGETS[operation],
      });
    }
  }
  return bars.sort((left, right) => left.bar.localeCompare(right.bar));
}

/** Bar 2: what 64 MB make an event wait, and whether that is more than 8 MB do. */
export async function measureHugeWaits(bench: Bench): Promise<Bar[]> {
  return withRemotePeers(bench, [...PEERS, 'offloop'], async ([ours, baseline, oursLarge]) => {
    if (!ours || !baseline || !oursLarge) throw new Error('every peer of the bar is needed');
    await ours.hold({ key: 'huge', corpus: 'records', bytes: HUGE });
    await baseline.hold({ key: 'huge', corpus: 'records', bytes: HUGE });
    await oursLarge.hold({ key: 'large', corpus: 'records', bytes: LARGE });
    const bars: Bar[] = [];
    for (const operation of ['get', 'set'] as const) {
      const entrants = [
        ours.entrant({ operation, key: 'huge' }),
        baseline.entrant({ operation, key: 'huge' }),
        oursLarge.entrant({ operation, key: 'large' }, OURS_LARGE),
      ];
      const rows = complete(await takeTurns(entrants, HUGE_TURNS));
      const what = `${operation}, ${formatByteSize(HUGE)} of records`;
      bars.push(...waitBars(rows, { bar: 'large-2', what, operation }), {
        bar: 'large-2',
        what: `${what}: longest gap less GC of that of ${formatByteSize(LARGE)}`,
        ...ratioOf([figure(rows, OURS, 'waitOwnMaxMs'), figure(rows, OURS_LARGE, 'waitOwnMaxMs')]),
        holds: 'at most',
        target: 1,
      });
    }
    return bars;
  });
}

function waitBars(
  rows: readonly Row[],
  { bar, what, operation }: { readonly bar: string; readonly what: string; readonly operation: Operation },
): Bar[] {
  const { mean, p99 } = WAIT_TARGETS[operation];
  const of = (metric: 'waitMeanMs' | 'waitP99Ms' | 'waitOwnMaxMs') =>
    [figure(rows, OURS, metric), figure(rows, BASELINE, metric)] as const;
  const gaps = of('waitOwnMaxMs');
  const ran = figure(rows, OURS, 'waitRanMaxMs').max;
  return [
    {
      bar,
      what: `${what}: mean wait of ${BASELINE}'s`,
      ...ratioOf(of('waitMeanMs')),
      holds: 'at most',
      target: mean,
    },
    {
      bar,
      what: `${what}: p99 gap of ${BASELINE}'s`,
      ...ratioOf(of('waitP99Ms')),
      holds: 'at most',
      target: p99,
    },
    // The longest of all rounds: one is one too many.
    {
      bar,
      what: `${what}: longest gap less GC (and less time without a core: ${ran.toFixed(1)} ms)`,
      measured: gaps[0].max,
      of: gaps,
      holds: 'at most',
      target: MOST_MS,
      unit: 'ms',
    },
  ];
}
