import { type Bench, peersOf, roundsOf } from './bench.js';
import { records } from './corpora.js';
import type { MetricId } from './metrics.js';
import { BASELINE, closePeers, OURS, openPeer, type OpenPeer } from './peers/registry.js';
import { type Contender, interleave, type Row } from './rounds.js';
import { measureClears } from './scenario-clear.js';
import type { Summary } from './statistics.js';

/** A promise of the project as a number: what was measured, and what it has to be. */
export interface Bar {
  readonly bar: number;
  readonly what: string;
  readonly measured: number;
  readonly holds: 'at least' | 'at most';
  readonly target: number;
  /** Absent where the figure is how many times another it is. */
  readonly unit?: string;
  /** The two figures that a ratio is of, with their ranges: whether the machine was quiet shows in them. */
  readonly of?: readonly [ours: Summary, other: Summary];
}

const KB = 1024;
const MB = 1024 * KB;
const CALLERS = 200;
const SMALL_KEYS = 64;
const CLEAR_KEYS = 1_000_000;
const CLEAR_ROUNDS = 3;

/** Bar 3: throughput of 1 KB values with 200 callers. */
export async function measureSmall(bench: Bench): Promise<Bar[]> {
  const peers = peersOf(bench, ['offloop', 'ioredis-cbor', 'keyv', 'cache-manager']);
  const value = records(KB);
  const bars: Bar[] = [];
  for (const operation of ['get', 'set'] as const) {
    for (const peer of peers) for (let index = 0; index < SMALL_KEYS; index += 1) await peer.set(`bar3/${index}`, value);
    const rows = await turns(bench, CALLERS, peers.map((peer) => contender(peer, operation, { value, keys: SMALL_KEYS })));
    for (const [other, target] of [['ioredis + cbor-x', 0.85], ['keyv', 1.5], ['cache-manager', 1.5]] as const) {
      const of = [figure(rows, OURS, 'throughput'), figure(rows, other, 'throughput')] as const;
      const what = `${operation}, 1 KB, ${CALLERS} callers: calls/s of those of ${other}`;
      bars.push({ bar: 3, what, ...ratioOf(of), holds: 'at least', target });
    }
  }
  return bars;
}

/** Bar 4: main-thread CPU of 1 MB of records, one call after the other, without and with gzip. */
export async function measureLarge(bench: Bench): Promise<Bar[]> {
  const offloop = { compression: 'gzip' } as const;
  const gzip = { ...(await openPeer('offloop', { url: bench.url, prefix: `${bench.prefix}gzip:`, offloop })), name: 'gzip' };
  const value = records(MB);
  const bars: Bar[] = [];
  try {
    const peers = [...peersOf(bench, ['offloop', 'ioredis-json']), gzip];
    for (const operation of ['get', 'set'] as const) {
      for (const peer of peers) await peer.set('bar4/0', value);
      const rows = await turns(bench, 1, peers.map((peer) => contender(peer, operation, { value, keys: 1 })));
      const plain = figure(rows, OURS, 'mainCpuMs');
      bars.push(
        {
          bar: 4,
          what: `${operation}, 1 MB of records: main CPU of that of ${BASELINE}`,
          ...ratioOf([plain, figure(rows, BASELINE, 'mainCpuMs')]),
          holds: 'at most',
          target: largeTarget(operation),
        },
        {
          bar: 4,
          what: `${operation}, 1 MB of records: main CPU with gzip of that without`,
          ...ratioOf([figure(rows, 'gzip', 'mainCpuMs'), plain]),
          holds: 'at most',
          target: 1.15,
        },
      );
    }
  } finally {
    await closePeers([gzip]);
  }
  return bars;
}

/** From Node 24 on `JSON.stringify` is faster, so that there is less to win. */
function largeTarget(operation: 'get' | 'set'): number {
  const fasterJson = Number(process.versions.node.split('.')[0]) >= 24;
  if (operation === 'get') return fasterJson ? 0.55 : 0.45;
  return fasterJson ? 1 : 0.75;
}

/** Bar 7: clear of half of a million keys, and of prefixes that look like patterns. */
export async function measureClear(bench: Bench): Promise<Bar[]> {
  const { rows, idle, damaged } = await measureClears(bench, { keys: CLEAR_KEYS, rounds: CLEAR_ROUNDS });
  const what = `clear of ${(CLEAR_KEYS / 2).toLocaleString('en-US')} of ${CLEAR_KEYS.toLocaleString('en-US')} keys`;
  return [
    {
      bar: 7,
      what: `${what}: time of that of KEYS + DEL`,
      ...ratioOf([figure(rows, OURS, 'clearMs'), figure(rows, 'KEYS + DEL', 'clearMs')]),
      holds: 'at most',
      target: 2.5,
    },
    {
      bar: 7,
      what: `${what}: another client's p99 (${idle.p99Ms.toFixed(1)} ms when idle, ${figure(rows, 'KEYS + DEL', 'otherP99Ms').median.toFixed(0)} ms under KEYS + DEL)`,
      measured: figure(rows, OURS, 'otherP99Ms').median,
      holds: 'at most',
      target: 10,
      unit: 'ms',
    },
    { bar: 7, what: `${what}: keys outside that were hit`, measured: damaged, holds: 'at most', target: 0, unit: 'keys' },
    { bar: 7, what: 'prefixes with *?[]^\\- and unicode: wrong keys', measured: await wrongKeys(bench), holds: 'at most', target: 0, unit: 'keys' },
  ];
}

const ODD_PREFIXES = ['*', '?', '[ab]', '[^a]', '[a-z]', '\\', '\\*', '-', '^', '**', 'a?c*[x]', 'é😀', '*é?'];
// What those prefixes would match as patterns, and what lies next to them.
const NEIGHBOURS = ['', 'a', 'b', 'z', 'x', 'abc', 'aXcYx', 'é', '😀', 'zéz', 'long-and-other', '\\x', ...ODD_PREFIXES];

/** Keys that stayed though they should have gone, and those that went though they should have stayed. */
async function wrongKeys(bench: Bench): Promise<number> {
  const { redis } = bench.admin;
  let wrong = 0;
  for (const odd of ODD_PREFIXES) {
    const prefix = `${bench.prefix}odd:${odd}:`;
    const keys = NEIGHBOURS.map((name) => `${bench.prefix}odd:${name}:1`);
    await redis.mset(Object.fromEntries(keys.map((key) => [key, '1'])));
    const peer = await openPeer('offloop', { url: bench.url, prefix });
    try {
      await peer.clear?.();
    } finally {
      await peer.close();
    }
    const there = await redis.mget(keys);
    wrong += keys.filter((key, index) => (there[index] === null) !== key.startsWith(prefix)).length;
  }
  return wrong;
}

function contender(peer: Pick<OpenPeer, 'name' | 'get' | 'set'>, operation: 'get' | 'set', { value, keys }: { value: unknown; keys: number }): Contender {
  const bar = keys === 1 ? 'bar4' : 'bar3';
  const run = (key: string) => (operation === 'get' ? peer.get(key) : peer.set(key, value));
  return { name: peer.name, operation: (index) => run(`${bar}/${index % keys}`) };
}

async function turns(bench: Bench, callers: number, contenders: readonly Contender[]): Promise<Row[]> {
  const rows = await interleave(contenders, roundsOf(bench.scale, callers), bench.clock);
  for (const { peer, failure } of rows) if (failure !== undefined) throw new Error(`${peer} failed: ${failure}`);
  return rows;
}

function figure(rows: readonly Row[], peer: string, metric: MetricId): Summary {
  const found = rows.find((row) => row.peer === peer)?.figures[metric];
  if (!found) throw new Error(`${peer} has no ${metric}`);
  return found;
}

function ratioOf(of: readonly [Summary, Summary]): Pick<Bar, 'measured' | 'of'> {
  return { measured: of[0].median / of[1].median, of };
}
