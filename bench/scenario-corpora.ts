import { type Bench, peersOf, roundsOf } from '#bench/bench.js';
import { formatByteSize } from '#bench/byte-size.js';
import { CORPORA } from '#bench/corpora.js';
import type { MetricId } from '#bench/metrics.js';
import type { OpenPeer } from '#bench/peers/registry.js';
import { interleave, type RoundSettings, type Row } from '#bench/rounds.js';
import { summarize } from '#bench/statistics.js';
import { contendersOf, markRows, type Verified, verify } from '#bench/verify.js';
import { REAL_CORPORA } from './real-corpora.js';

const MB = 1024 * 1024;
const COLUMNS: readonly MetricId[] = [
  'setMainCpuMs',
  'setP50Ms',
  'getMainCpuMs',
  'getP50Ms',
  'waitMeanMs',
  'storedBytes',
];

/**
 * Every kind of value, 1 MB of it or the real document, one caller: no codec wins on all of them, and this is
 * where it shows.
 */
export async function runCorpora(bench: Bench): Promise<void> {
  for (const corpus of Object.values(CORPORA)) {
    await measureValue(bench, { name: corpus.name, value: corpus.generate(MB) });
  }
  for (const corpus of REAL_CORPORA)
    await measureValue(bench, { name: corpus.name, value: await corpus.load() });
}

async function measureValue(bench: Bench, { name, value }: { name: string; value: unknown }): Promise<void> {
  const peers = peersOf(bench, ['offloop', 'ioredis-json', 'ioredis-cbor', 'keyv']);
  const keyOf = (peer: OpenPeer) => `${peer.id}/corpus`;
  const verified: Verified[] = [];
  for (const peer of peers) verified.push(await verify(peer, { key: keyOf(peer), value }));
  const settings = shorter(roundsOf(bench, { callers: 1 }));
  const set = await interleave(
    contendersOf(verified, (peer) => peer.set(keyOf(peer), value)),
    settings,
  );
  const get = await interleave(
    contendersOf(verified, (peer) => peer.get(keyOf(peer))),
    settings,
  );
  const rows: Row[] = [];
  for (const row of markRows(verified, get)) {
    const peer = peers.find((candidate) => candidate.name === row.peer);
    rows.push(row.failure === undefined && peer ? await join(bench, { row, set, key: keyOf(peer) }) : row);
  }
  const size = ArrayBuffer.isView(value) ? value.byteLength : Buffer.byteLength(JSON.stringify(value));
  bench.emit({
    scenario: 'corpora',
    title: `${name}, ${formatByteSize(size)}, 1 caller; wait is that of gets`,
    facts: { operation: 'mixed', bytes: size, callers: 1 },
    columns: COLUMNS,
    rows,
  });
}

/** There are many kinds of values, and one caller's calls vary less than those of several. */
function shorter({ budgetMs, waitBudgetMs, warmUpMs, ...rest }: RoundSettings): RoundSettings {
  return { ...rest, budgetMs: budgetMs / 2, waitBudgetMs: waitBudgetMs / 2, warmUpMs: warmUpMs / 2 };
}

/** One row of a get's and a set's figures. */
async function join(
  bench: Bench,
  { row, set, key }: { row: Row; set: readonly Row[]; key: string },
): Promise<Row> {
  const writing = set.find((candidate) => candidate.peer === row.peer);
  if (!writing || writing.failure !== undefined) return writing ?? row;
  const stored = await bench.admin.storedBytes(bench.prefix, key);
  const { mainCpuMs: getMainCpuMs, p50Ms: getP50Ms, waitMeanMs } = row.figures;
  const { mainCpuMs: setMainCpuMs, p50Ms: setP50Ms } = writing.figures;
  return {
    ...row,
    figures: {
      ...(setMainCpuMs && { setMainCpuMs }),
      ...(setP50Ms && { setP50Ms }),
      ...(getMainCpuMs && { getMainCpuMs }),
      ...(getP50Ms && { getP50Ms }),
      ...(waitMeanMs && { waitMeanMs }),
      storedBytes: summarize([stored]),
    },
  };
}
