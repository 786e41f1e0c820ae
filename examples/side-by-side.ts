import { isDeepStrictEqual } from 'node:util';
import { formatByteSize } from '#bench/byte-size.js';
import { openMainCpuClock } from '#bench/main-cpu.js';
import { METRICS, type MetricId, ratio } from '#bench/metrics.js';
import { BASELINE, closePeers, OURS, openPeers } from '#bench/peers/registry.js';
import { interleave, type Row } from '#bench/rounds.js';
import { renderTable } from '#bench/table.js';
import { EMOJI } from '../bench/real-corpora.js';

const TURNS = { rounds: 5, callers: 1, warmUpMs: 500, budgetMs: 350, waitBudgetMs: 250 };
const COLUMNS: readonly MetricId[] = [
  'mainCpuMs',
  'processCpuMs',
  'p50Ms',
  'waitMeanMs',
  'waitP99Ms',
  'samples',
];

/** What the sentence may boast of, or has to own up to. */
const TOLD = {
  mainCpuMs: 'main-thread CPU',
  processCpuMs: 'CPU of all threads',
  p50Ms: 'median latency',
  waitMeanMs: 'mean wait of other events',
  waitP99Ms: 'p99 of that wait',
} as const satisfies Partial<Record<MetricId, string>>;

const TOLD_IDS = [
  'mainCpuMs',
  'processCpuMs',
  'p50Ms',
  'waitMeanMs',
  'waitP99Ms',
] as const satisfies readonly (keyof typeof TOLD)[];

/** ioredis + JSON and Offloop in turns, on the JSON file of an npm package: a table, and what it comes to. */
export async function runSideBySide(url: string): Promise<void> {
  const value = await EMOJI.load();
  const { peers, skipped } = await openPeers(['offloop', 'ioredis-json'], { url, prefix: 'demo:' });
  const clock = openMainCpuClock();
  try {
    for (const { id, reason } of skipped) throw new Error(`${id}: ${reason}`);
    for (const peer of peers) {
      await peer.set('emoji', value);
      if (!isDeepStrictEqual(await peer.get('emoji'), value))
        throw new Error(`${peer.name} gave back another value`);
    }
    const size = formatByteSize(Buffer.byteLength(JSON.stringify(value)));
    console.log(`  ${EMOJI.file}, ${size} of JSON, one call at a time, in turns, with default options`);
    console.log(`  Node ${process.versions.node}; main CPU by ${clock.source}`);
    const told: string[] = [];
    for (const operation of ['get', 'set'] as const) {
      const contenders = peers.map((peer) => ({
        name: peer.name,
        operation: () => (operation === 'get' ? peer.get('emoji') : peer.set('emoji', value)),
      }));
      const rows = await interleave(contenders, { ...TURNS, clock });
      console.log(
        renderTable({
          scenario: 'demo',
          title: operation,
          facts: { operation, callers: 1 },
          columns: COLUMNS,
          rows,
        }),
      );
      told.push(tell(operation, rows));
    }
    console.log(`\nIn this run, beside ${BASELINE}, ${told.join('; ')}.`);
  } finally {
    clock.close();
    await closePeers(peers);
  }
}

/** What an operation cost, better and worse, in the words of its figures. */
function tell(operation: 'get' | 'set', rows: readonly Row[]): string {
  const ours = rows.find(({ peer }) => peer === OURS)?.figures ?? {};
  const base = rows.find(({ peer }) => peer === BASELINE)?.figures ?? {};
  const better: string[] = [];
  const worse: string[] = [];
  for (const id of TOLD_IDS) {
    const times = ratio(ours[id], base[id]);
    const [mine, theirs] = [ours[id], base[id]];
    if (times === undefined || !mine || !theirs) continue;
    const { format } = METRICS[id];
    const part = `${times.toFixed(2)} times the ${TOLD[id]} (${format(mine.median)} instead of ${format(theirs.median)} ms)`;
    (times <= 1 ? better : worse).push(part);
  }
  const lost = worse.length === 0 ? 'nothing got worse' : `worse: ${worse.join(', ')}`;
  return `a ${operation} took ${better.length === 0 ? 'nothing less' : better.join(', ')}, and ${lost}`;
}
