import { setTimeout as sleep } from 'node:timers/promises';
import { type Bench, peersOf, roundsOf } from '#bench/bench.js';
import { records } from '#bench/corpora.js';
import type { Peer } from '#bench/peers/peer.js';
import { BASELINE, closePeers, OURS, openPeer } from '#bench/peers/registry.js';
import { type Contender, interleave, type Row } from '#bench/rounds.js';
import { type Bar, complete, figure, ratioOf } from './bar.js';

const KB = 1024;
const MB = 1024 * KB;
const CALLERS = 200;
const SMALL_KEYS = 64;
/** Longer than any of the paced calls takes. */
const PACE_MS = 25;
const PACED_BUDGET_MS = 20 * PACE_MS;

const SMALL_TARGETS = [
  ['ioredis + cbor-x', 0.85],
  ['keyv', 1.5],
  ['cache-manager', 1.5],
] as const;

type Operation = 'get' | 'set';

/** Bar 3: throughput of 1 KB values with 200 callers. */
export async function measureSmall(bench: Bench): Promise<Bar[]> {
  const peers = peersOf(bench, ['offloop', 'ioredis-cbor', 'keyv', 'cache-manager']);
  const value = records(KB);
  const bars: Bar[] = [];
  for (const operation of ['get', 'set'] as const) {
    const contenders: Contender[] = [];
    for (const peer of peers) {
      for (let index = 0; index < SMALL_KEYS; index += 1) await peer.set(`bar3/${index}`, value);
      contenders.push(contender(peer, { operation, key: (index) => `bar3/${index % SMALL_KEYS}`, value }));
    }
    const rows = await turns(bench, { callers: CALLERS, contenders });
    for (const [other, target] of SMALL_TARGETS) {
      const of = [figure(rows, OURS, 'throughput'), figure(rows, other, 'throughput')] as const;
      const what = `${operation}, 1 KB, ${CALLERS} callers: calls/s of those of ${other}`;
      bars.push({ bar: '3', what, ...ratioOf(of), holds: 'at least', target });
    }
  }
  return bars;
}

/** Bar 4: main-thread CPU of 1 MB of records, one call after the other; and what gzip adds to it. */
export async function measureLarge(bench: Bench): Promise<Bar[]> {
  const offloop = { compression: 'gzip' } as const;
  const gzip = {
    ...(await openPeer('offloop', { url: bench.url, prefix: `${bench.prefix}gzip:`, offloop })),
    name: 'gzip',
  };
  const value = records(MB);
  const bars: Bar[] = [];
  try {
    const plain = peersOf(bench, ['offloop']);
    const against = [...plain, ...peersOf(bench, ['ioredis-json'])];
    for (const peer of [...against, gzip]) await peer.set('bar4', value);
    for (const operation of ['get', 'set'] as const) {
      const call = { operation, key: () => 'bar4', value };
      const rows = await turns(bench, {
        callers: 1,
        contenders: against.map((peer) => contender(peer, call)),
      });
      bars.push({
        bar: '4',
        what: `${operation}, 1 MB of records: main CPU of that of ${BASELINE}`,
        ...ratioOf([figure(rows, OURS, 'mainCpuMs'), figure(rows, BASELINE, 'mainCpuMs')]),
        holds: 'at most',
        target: largeTarget(operation),
      });
      const alike = [...plain, gzip].map((peer) => atPace(contender(peer, call)));
      const paced = await turns(bench, { callers: 1, contenders: alike, budgetMs: PACED_BUDGET_MS });
      bars.push({
        bar: '4',
        what: `${operation}, 1 MB of records, every ${PACE_MS} ms: main CPU with gzip of that without`,
        ...ratioOf([figure(paced, 'gzip', 'mainCpuMs'), figure(paced, OURS, 'mainCpuMs')]),
        holds: 'at most',
        target: 1.15,
      });
    }
  } finally {
    await closePeers([gzip]);
  }
  return bars;
}

/**
 * One call per {@link PACE_MS}. Compression is a worker's work, and the main thread sleeps through it; a thread that
 * has slept finds its caches cold and pays 1.3 to 1.5 times as much for the same call, whatever it slept for (a set
 * without gzip and a pause of 10 ms: 2.7 ms instead of 1.8). At one pace both sleep alike, and what is left is gzip's.
 */
function atPace({ name, operation }: Contender): Contender {
  return { name, operation: (index) => Promise.all([operation(index), sleep(PACE_MS)]) };
}

/** From Node 24 on `JSON.stringify` is faster, so that there is less to win. */
function largeTarget(operation: Operation): number {
  const fasterJson = Number(process.versions.node.split('.')[0]) >= 24;
  if (operation === 'get') return fasterJson ? 0.55 : 0.45;
  return fasterJson ? 1 : 0.75;
}

interface Call {
  readonly operation: Operation;
  readonly key: (index: number) => string;
  readonly value: unknown;
}

function contender(peer: Peer, { operation, key, value }: Call): Contender {
  const run =
    operation === 'get'
      ? (index: number) => peer.get(key(index))
      : (index: number) => peer.set(key(index), value);
  return { name: peer.name, operation: run };
}

interface Turns {
  readonly callers: number;
  readonly contenders: readonly Contender[];
  /** @default that of the run's scale */
  readonly budgetMs?: number;
}

async function turns(bench: Bench, { callers, contenders, budgetMs }: Turns): Promise<readonly Row[]> {
  const settings = roundsOf(bench, { callers });
  return complete(
    await interleave(contenders, budgetMs === undefined ? settings : { ...settings, budgetMs }),
  );
}
