import type { Bench } from '#bench/bench.js';
import { type PeerId, prefixOf } from '#bench/peers/registry.js';
import { runProbe } from '#bench/scenario-memory.js';
import { type Summary, summarize } from '#bench/statistics.js';
import type { Bar } from './bar.js';
import { withRemotePeers } from './remote-peer.js';

const MB = 1024 * 1024;
const BYTES = 64 * MB;
const PROBES = 5;

/** Bar 8: memory that one get of 64 MB takes, and one stream of it. */
export async function measureLargeMemory(bench: Bench): Promise<Bar[]> {
  const ours = await peaksOf(bench, 'offloop', 'get');
  const of = [timesItsSize(ours), timesItsSize(await peaksOf(bench, 'ioredis-json', 'get'))] as const;
  const streamed = summarize((await peaksOf(bench, 'offloop', 'stream')).map((bytes) => bytes / MB));
  return [
    {
      bar: 'large-8',
      what: 'get, 64 MB of records: peak RSS over idle, of its JSON text (ours / ioredis + JSON)',
      measured: of[0].median,
      of,
      holds: 'at most',
      target: 4,
    },
    {
      bar: 'large-8',
      what: 'stream() of 64 MB of records: peak RSS over idle',
      measured: streamed.median,
      unit: 'MB',
      holds: 'at most',
      target: 24,
    },
  ];
}

function timesItsSize(peaks: readonly number[]): Summary {
  return summarize(peaks.map((bytes) => bytes / BYTES));
}

async function peaksOf(bench: Bench, id: PeerId, operation: 'get' | 'stream'): Promise<number[]> {
  const held = { key: 'memory', corpus: 'records', bytes: BYTES };
  return withRemotePeers(bench, [id], async ([writer]) => {
    await writer?.hold(held);
    const peaks: number[] = [];
    for (let probe = 0; probe < PROBES; probe += 1) {
      const { peakOverIdleBytes } = await runProbe({
        id,
        url: bench.url,
        prefix: `${prefixOf(bench.prefix, id)}remote:`,
        operation,
        key: held.key,
        bytes: BYTES,
        calls: 1,
        callers: 1,
      });
      peaks.push(peakOverIdleBytes);
    }
    return peaks;
  });
}
