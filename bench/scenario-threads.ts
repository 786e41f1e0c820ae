import { type Bench, peersOf, roundsOf } from './bench.js';
import { formatByteSize } from './byte-size.js';
import { records } from './corpora.js';
import type { Peer } from './peers/peer.js';
import { BASELINE, closePeers, openPeer } from './peers/registry.js';
import { interleave } from './rounds.js';
import { LATENCY_COLUMNS } from './scenario-get-set.js';

const BYTES = 1024 * 1024;
const CALLERS = 16;
const KEYS = 16;

/** Pool sizes side by side: 1 MB gets and sets by 16 callers, in turns with each other and with ioredis + JSON. */
export async function runThreads(bench: Bench, sizes: readonly number[]): Promise<void> {
  const pools: Peer[] = [];
  try {
    for (const threads of sizes) {
      const prefix = `${bench.prefix}threads-${threads}:`;
      // As many from the start: what is compared is the pool's size, not how it grows.
      const pool = { minThreads: threads, maxThreads: threads };
      const peer = await openPeer('offloop', { url: bench.url, prefix, offloop: { pool } });
      pools.push({ ...peer, name: `Offloop, ${threads} ${threads === 1 ? 'thread' : 'threads'}` });
    }
    await measurePools(bench, pools);
  } finally {
    await closePeers(pools);
  }
}

async function measurePools(bench: Bench, pools: readonly Peer[]): Promise<void> {
  const peers = [...pools, ...peersOf(bench, ['ioredis-json'])];
  const value = records(BYTES);
  for (const operation of ['set', 'get'] as const) {
    const contenders = peers.map((peer) => ({
      name: peer.name,
      operation: (index: number) => {
        const key = `threads/${index % KEYS}`;
        return operation === 'set' ? peer.set(key, value) : peer.get(key);
      },
    }));
    if (operation === 'get') {
      for (const peer of peers)
        for (let index = 0; index < KEYS; index += 1) await peer.set(`threads/${index}`, value);
    }
    bench.emit({
      scenario: 'threads',
      title: `${operation}, ${formatByteSize(BYTES)} of records, ${CALLERS} callers, by the size of the pool`,
      columns: LATENCY_COLUMNS.filter((id) => id !== 'storedBytes'),
      // The first pool named is the one that the others are to be held against.
      ...(pools[0] && { ours: pools[0].name }),
      rows: await interleave(contenders, roundsOf(bench, CALLERS)),
      notes: [`${BASELINE} uses no thread but the main one`],
    });
  }
}
