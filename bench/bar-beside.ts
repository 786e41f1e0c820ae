import type { Bench } from '#bench/bench.js';
import { shuffled } from '#bench/rounds.js';
import { percentile, summarize } from '#bench/statistics.js';
import type { Bar } from './bar.js';
import type { BesideAnswer } from './peer-process.js';
import { type RemotePeer, withRemotePeers } from './remote-peer.js';

const MB = 1024 * 1024;
const ROUNDS = 5;
const PER_SECOND = 100;
const QUIET_MS = 4_000;
const BUSY_MS = 5_000;
const WARM_UP_MS = 1_500;
const SMALL = { key: 'small', corpus: 'records', bytes: 1024 } as const;
const LARGE = { key: 'large', corpus: 'records', bytes: 8 * MB } as const;
const TARGET = 3;

interface Turn {
  readonly quiet: BesideAnswer;
  readonly busy: BesideAnswer;
}

/**
 * Bar 6: small gets while 8 MB are got and set back to back through the same backend. What a client in a process of its own waits meanwhile,
 * whose event loop has nothing else to do, is the share of the server and of the processor's cores.
 */
export async function measureBeside(bench: Bench): Promise<Bar[]> {
  return withRemotePeers(bench, ['offloop', 'ioredis-json', 'ioredis-json'], async (opened) => {
    const peers = opened.slice(0, 2);
    const [mover, , bystander] = opened;
    if (!mover || !bystander) throw new Error('every peer of the bar is needed');
    const apart: Turn[] = [];
    const turns = new Map<RemotePeer, Turn[]>(peers.map((peer) => [peer, []]));
    for (const peer of peers) {
      await peer.hold(SMALL);
      await peer.hold(LARGE);
      await takeTurn(peer, { quietMs: WARM_UP_MS, busyMs: WARM_UP_MS });
    }
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const peer of shuffled(peers, round)) {
        turns.get(peer)?.push(await takeTurn(peer, { quietMs: QUIET_MS, busyMs: BUSY_MS }));
      }
      apart.push(await standBy(bystander, mover));
    }
    const [ours, baseline] = peers.map((peer) => turns.get(peer) ?? []);
    if (!ours || !baseline) throw new Error('every peer of the bar is needed');
    return [
      barOf('fromDueMs', 'from when due', { ours, baseline, apart }),
      barOf('fromCallMs', 'from the call', { ours, baseline, apart }),
    ];
  });
}

async function takeTurn(
  peer: RemotePeer,
  { quietMs, busyMs }: { readonly quietMs: number; readonly busyMs: number },
): Promise<Turn> {
  const small = { perSecond: PER_SECOND, smallKey: SMALL.key };
  return {
    quiet: await peer.beside({ ...small, ms: quietMs }),
    busy: await peer.beside({ ...small, ms: busyMs, largeKey: LARGE.key }),
  };
}

/** The turn of a client that moves nothing large itself, beside one that does. */
async function standBy(bystander: RemotePeer, mover: RemotePeer): Promise<Turn> {
  const small = { perSecond: PER_SECOND, smallKey: SMALL.key };
  const quiet = await bystander.beside({ ...small, ms: QUIET_MS });
  const [busy] = await Promise.all([
    bystander.beside({ ...small, ms: BUSY_MS }),
    mover.beside({ ...small, ms: BUSY_MS, largeKey: LARGE.key }),
  ]);
  return { quiet, busy };
}

function barOf(
  metric: 'fromDueMs' | 'fromCallMs',
  label: string,
  { ours, baseline, apart }: Readonly<Record<'ours' | 'baseline' | 'apart', readonly Turn[]>>,
): Bar {
  const p99 = (turns: readonly Turn[], state: keyof Turn) =>
    summarize(turns.map((turn) => percentile(turn[state][metric], 0.99)));
  const of = [p99(ours, 'busy'), p99(ours, 'quiet')] as const;
  const times = (turns: readonly Turn[]) => p99(turns, 'busy').median / p99(turns, 'quiet').median;
  return {
    bar: 'large-6',
    what: `get, 1 KB, ${PER_SECOND}/s, beside 8 MB: p99 ${label}, of that of a quiet backend (ioredis + JSON: ${times(baseline).toFixed(0)}×; another process meanwhile: ${times(apart).toFixed(1)}×)`,
    measured: of[0].median / of[1].median,
    of,
    holds: 'at most',
    target: TARGET,
  };
}
