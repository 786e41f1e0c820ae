import type { Bar } from './bar.js';
import type { Bench } from './bench.js';
import { type PeerId, prefixOf } from './peers/registry.js';
import { withRemotePeers } from './remote-peer.js';
import { runProbe } from './scenario-memory.js';
import { type Summary, summarize } from './statistics.js';

const BYTES = 64 * 1024 * 1024;
const PROBES = 5;

/** Bar 8: memory that one get of 64 MB takes. */
export async function measureLargeMemory(bench: Bench): Promise<Bar[]> {
  const of = [await timesItsSize(bench, 'offloop'), await timesItsSize(bench, 'ioredis-json')] as const;
  return [
    {
      bar: 'large-8',
      what: 'get, 64 MB of records: peak RSS over idle, of its JSON text (ours / ioredis + JSON)',
      measured: of[0].median,
      of,
      holds: 'at most',
      target: 4,
    },
  ];
}

async function timesItsSize(bench: Bench, id: PeerId): Promise<Summary> {
  const held = { key: 'memory', corpus: 'records', bytes: BYTES };
  return withRemotePeers(bench, [id], async ([writer]) => {
    await writer?.hold(held);
    const peaks: number[] = [];
    for (let probe = 0; probe < PROBES; probe += 1) {
      const { peakOverIdleBytes } = await runProbe({
        id,
        url: bench.url,
        prefix: `${prefixOf(bench.prefix, id)}remote:`,
        operation: 'get',
        key: held.key,
        bytes: BYTES,
        calls: 1,
        callers: 1,
      });
      peaks.push(peakOverIdleBytes / BYTES);
    }
    return summarize(peaks);
  });
}
