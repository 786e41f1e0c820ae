import { type Bench, type BenchValue, callersFor, roundsOf } from './bench.js';
import { formatByteSize } from './byte-size.js';
import { records } from './corpora.js';
import type { MetricId } from './metrics.js';
import type { PeerEntry } from './peers/peer.js';
import { BENCHMARK_KEY, redisBenchmark } from './peers/redis-benchmark.js';
import type { OpenPeer } from './peers/registry.js';
import { interleave, type Row, reasonOf } from './rounds.js';
import { summarize } from './statistics.js';
import { contendersOf, markRows, type Verified, verify } from './verify.js';

export const LATENCY_COLUMNS: readonly MetricId[] = [
  'mainCpuMs',
  'processCpuMs',
  'p50Ms',
  'p99Ms',
  'p999Ms',
  'throughput',
  'waitMeanMs',
  'waitP99Ms',
  'storedBytes',
  'samples',
];

const MB = 1024 * 1024;
const MANY_CALLERS = 200;
const SMALL_BYTES = 1024;

/** Of a mix, one call in so many is a set: caches are read more than they are written. */
const MIXED_SET_EVERY = 5;

type Operation = 'get' | 'set' | 'mixed';

/** Gets, sets and mixes of both, at every size of the run or with every value of the user's. */
export async function runGetSet(bench: Bench, operations: readonly Operation[]): Promise<void> {
  const values =
    bench.values ??
    bench.scale.sizes.map((bytes) => ({
      label: `${formatByteSize(bytes)} of records`,
      bytes,
      value: records(bytes),
    }));
  for (const entry of values) {
    const callers = bench.callers ?? callersFor(entry.bytes);
    await measureSize(bench, { operations, ...entry, callers, scenario: undefined });
  }
}

/** Gets and sets of 1 KB by 200 callers at once: where pipelining decides. */
export async function runCallers(bench: Bench): Promise<void> {
  await measureSize(bench, {
    operations: ['get', 'set'],
    label: `${formatByteSize(SMALL_BYTES)} of records`,
    bytes: SMALL_BYTES,
    value: records(SMALL_BYTES),
    callers: MANY_CALLERS,
    scenario: 'callers',
  });
}

interface SizeRun extends BenchValue {
  readonly operations: readonly Operation[];
  readonly callers: number;
  /** The name of the scenario; absent where it is the operation's. */
  readonly scenario: string | undefined;
}

async function measureSize(bench: Bench, run: SizeRun): Promise<void> {
  const { bytes, callers, value, label } = run;
  // More than one key, as one alone would stay in every cache between here and the server's memory.
  const keys = bytes >= MB ? 4 : 64;
  const keyOf = (peer: OpenPeer, index: number) => `${peer.id}/${bytes}/${index % keys}`;
  const verified: Verified[] = [];
  for (const peer of bench.peers) verified.push(await verify(peer, { key: keyOf(peer, 0), value }));
  let filled = false;
  for (const operation of run.operations) {
    // Nothing takes them away in between.
    if (operation !== 'set' && !filled) {
      await setAll(verified, (peer) =>
        Array.from({ length: keys }, (_, index) => ({ key: keyOf(peer, index), value })),
      );
      filled = true;
    }
    const contenders = contendersOf(verified, (peer, index) =>
      operation === 'set' || (operation === 'mixed' && index % MIXED_SET_EVERY === 0)
        ? peer.set(keyOf(peer, index), value)
        : peer.get(keyOf(peer, index)),
    );
    // A mix that comes after gets and sets calls what they have warmed up.
    const coldBytes = operation === 'mixed' && run.operations.length > 2 ? undefined : bytes;
    const measured = await interleave(contenders, roundsOf(bench, { callers, coldBytes }));
    const rows: Row[] = [];
    for (const row of markRows(verified, measured)) {
      const peer = bench.peers.find(({ name }) => name === row.peer);
      const stored =
        peer && row.failure === undefined ? await bench.admin.storedBytes(bench.prefix, keyOf(peer, 0)) : 0;
      rows.push(stored > 0 ? { ...row, figures: { ...row.figures, storedBytes: summarize([stored]) } } : row);
    }
    const limit =
      operation === 'mixed' ? undefined : await redisBenchmarkRow(bench, { ...run, command: operation });
    bench.emit({
      scenario: run.scenario ?? operation,
      title: `${operation}, ${label}, ${callers} callers`,
      facts: { operation, bytes, callers },
      columns: LATENCY_COLUMNS,
      rows: limit && limit.failure === undefined ? [...rows, limit] : rows,
      notes: [
        ...(operation === 'mixed' ? [`one call in ${MIXED_SET_EVERY} is a set`] : []),
        ...(limit?.failure === undefined ? [] : [`redis-benchmark left out: ${limit.failure}`]),
      ],
    });
  }
}

async function setAll(
  verified: readonly Verified[],
  entriesOf: (peer: OpenPeer) => readonly PeerEntry[],
): Promise<void> {
  for (const { peer, failure } of verified) {
    if (failure !== undefined) continue;
    for (const { key, value } of entriesOf(peer)) await peer.set(key, value);
  }
}

/** What the server itself gives; not interleaved with the others, as it is a program of its own. */
async function redisBenchmarkRow(
  bench: Bench,
  run: SizeRun & { readonly command: 'get' | 'set' },
): Promise<Row> {
  const { quick, rounds } = bench.scale;
  const { command } = run;
  const requests = Math.ceil(
    Math.min(Math.max((quick ? 32 : 256) * (MB / run.bytes), run.callers * 8), quick ? 10_000 : 50_000),
  );
  if ((await bench.admin.redis.exists(BENCHMARK_KEY)) > 0) {
    // It would be overwritten and removed.
    const reason = `a key ${BENCHMARK_KEY}, which it writes, is there already`;
    return { peer: 'redis-benchmark', figures: {}, failure: reason };
  }
  try {
    // Its GET reads what its last SET left there, of whatever size that was.
    await bench.admin.redis.set(BENCHMARK_KEY, 'x'.repeat(run.bytes));
    const runs = [];
    for (let round = 0; round < rounds; round += 1) {
      const load = { command, bytes: run.bytes, clients: run.callers, requests };
      runs.push(await redisBenchmark({ url: bench.url, timeoutMs: quick ? 1_500 : 15_000, ...load }));
    }
    const figures = {
      throughput: summarize(runs.map(({ throughput }) => throughput)),
      p50Ms: summarize(runs.map(({ p50Ms }) => p50Ms)),
      p99Ms: summarize(runs.map(({ p99Ms }) => p99Ms)),
      samples: summarize([requests * rounds]),
    };
    return { peer: 'redis-benchmark', figures };
  } catch (error) {
    return { peer: 'redis-benchmark', figures: {}, failure: reasonOf(error) };
  } finally {
    await bench.admin.redis.unlink(BENCHMARK_KEY);
  }
}
