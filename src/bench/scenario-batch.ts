import { isDeepStrictEqual } from 'node:util';
import { type Bench, roundsOf } from './bench.js';
import { formatByteSize } from './byte-size.js';
import { records } from './corpora.js';
import type { MetricId } from './metrics.js';
import type { PeerEntry } from './peers/peer.js';
import type { OpenPeer } from './peers/registry.js';
import { interleave, reasonOf } from './rounds.js';
import { contendersOf, markRows, type Verified } from './verify.js';

const ENTRIES = 1_000;
const BYTES = 1024;
const COLUMNS: readonly MetricId[] = [
  'mainCpuMs',
  'processCpuMs',
  'p50Ms',
  'p99Ms',
  'throughput',
  'waitMeanMs',
  'waitP99Ms',
  'samples',
];

/** Batches of 1,000 values of 1 KB, one batch at a time, for the peers that have batches. */
export async function runBatch(bench: Bench): Promise<void> {
  const values = Array.from({ length: ENTRIES }, (_, index) => records(BYTES, index + 1));
  const entriesOf = new Map(
    bench.peers.map((peer) => [
      peer.id,
      values.map((value, index) => ({ key: `${peer.id}/batch/${index}`, value })),
    ]),
  );
  const withBatches = bench.peers.filter((peer) => peer.setMany && peer.getMany);
  const without = bench.peers.filter((peer) => !withBatches.includes(peer)).map(({ name }) => name);
  const verified: Verified[] = [];
  for (const peer of withBatches) verified.push(await verifyBatch(peer, entriesOf.get(peer.id) ?? []));
  for (const operation of ['set', 'get'] as const) {
    const contenders = contendersOf(verified, async (peer) => {
      const entries = entriesOf.get(peer.id) ?? [];
      return operation === 'set' ? peer.setMany?.(entries) : peer.getMany?.(entries.map(({ key }) => key));
    });
    const rows = await interleave(contenders, roundsOf(bench, { callers: 1 }));
    bench.emit({
      scenario: 'batch',
      title: `${operation}Many, batches of ${ENTRIES.toLocaleString('en-US')} values of ${formatByteSize(BYTES)}, 1 caller`,
      facts: { operation: `${operation}Many`, bytes: BYTES, callers: 1 },
      columns: COLUMNS,
      rows: markRows(verified, rows),
      notes: [
        'every figure is that of a whole batch',
        ...(without.length > 0 ? [`without batches: ${without.join('; ')}`] : []),
      ],
    });
  }
}

async function verifyBatch(peer: OpenPeer, entries: readonly PeerEntry[]): Promise<Verified> {
  try {
    await peer.setMany?.(entries);
    const got = await peer.getMany?.(entries.map(({ key }) => key));
    return {
      peer,
      kept: isDeepStrictEqual(
        got,
        entries.map(({ value }) => value),
      ),
    };
  } catch (error) {
    return { peer, kept: false, failure: reasonOf(error) };
  }
}
