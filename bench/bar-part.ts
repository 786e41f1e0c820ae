import type { Bench } from '#bench/bench.js';
import type { MetricId } from '#bench/metrics.js';
import { takeTurns } from '#bench/rounds.js';
import { summarize } from '#bench/statistics.js';
import { type Bar, complete, figure, ratioOf } from './bar.js';
import type { RemoteCall } from './peer-process.js';
import { withRemotePeers } from './remote-peer.js';

const MB = 1024 * 1024;
const TURNS = { rounds: 9, callers: 1, warmUpMs: 600, budgetMs: 300, waitBudgetMs: 0 } as const;
/** So many gets that what the question itself adds to the server's count is nothing. */
const COUNTED = { ...TURNS, rounds: 5, warmUpMs: 0 } as const;

const WHOLE: RemoteCall = { operation: 'get', key: 'part' };
const PART: RemoteCall = {
  operation: 'part',
  key: 'part',
  part: { path: ['items'], slice: [5_000, 5_020] },
};
const TARGETS: readonly (readonly [label: string, metric: MetricId, target: number])[] = [
  ['latency', 'p50Ms', 1 / 10],
  ['main CPU', 'mainCpuMs', 1 / 20],
];

/** Bar 5: 20 items of an 8 MB list beside the whole. */
export async function measurePart(bench: Bench): Promise<Bar[]> {
  return withRemotePeers(bench, ['offloop'], async ([ours]) => {
    if (!ours) throw new Error('Offloop is needed');
    await ours.hold({ key: 'part', corpus: 'items', bytes: 8 * MB });
    const entrants = { whole: ours.entrant(WHOLE, 'whole'), part: ours.entrant(PART, 'part') };
    const rows = complete(await takeTurns([entrants.whole, entrants.part], TURNS));
    const sent = { whole: await bytesPerCall('whole'), part: await bytesPerCall('part') };
    const what = '20 items of 8 MB of records, of the whole';
    return [
      {
        bar: 'large-5',
        what: `${what}: bytes that leave Redis`,
        ...ratioOf([summarize(sent.part), summarize(sent.whole)]),
        holds: 'at most',
        target: 0.05,
      },
      ...TARGETS.map(
        ([label, metric, target]): Bar => ({
          bar: 'large-5',
          what: `${what}: ${label}`,
          ...ratioOf([figure(rows, 'part', metric), figure(rows, 'whole', metric)]),
          holds: 'at most',
          target,
        }),
      ),
    ];
    async function bytesPerCall(name: 'whole' | 'part'): Promise<number[]> {
      const bytes: number[] = [];
      for (let round = 0; round < COUNTED.rounds; round += 1) {
        const before = await bench.admin.bytesSent();
        const { calls } = await entrants[name].pass(COUNTED);
        bytes.push(((await bench.admin.bytesSent()) - before) / calls);
      }
      return bytes;
    }
  });
}
