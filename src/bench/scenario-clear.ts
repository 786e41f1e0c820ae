import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Bench, peersOf } from './bench.js';
import { Bystander } from './bystander.js';
import { collectYoungGarbage } from './garbage.js';
import { settle } from './main-cpu.js';
import { BASELINE, type OpenPeer, OURS, prefixOf } from './peers/registry.js';
import type { Row } from './rounds.js';
import { percentile, summarize } from './statistics.js';

/** What clearing half of the keys did, per way of clearing. */
export interface Clears {
  readonly rows: readonly Row[];
  /** The other client's p99 and maximum with nothing else going on: the floor of this machine. */
  readonly idle: { readonly p99Ms: number; readonly maxMs: number };
  /** Keys outside the prefix that were changed or removed by any of the clears. */
  readonly damaged: number;
}

interface Turn {
  readonly clearMs: number;
  readonly mainCpuMs: number;
  readonly latencies: Float64Array;
}

const KEYS_AND_DEL = 'KEYS + DEL';

/** `clear()` of a prefix against KEYS and one DEL, in turns, while another client goes on. */
export async function runClear(bench: Bench): Promise<void> {
  const { clearKeys, rounds } = bench.scale;
  const { rows, idle, damaged } = await measureClears(bench, { keys: clearKeys, rounds });
  bench.emit({
    scenario: 'clear',
    title: `clear of ${(clearKeys / 2).toLocaleString('en-US')} keys of ${clearKeys.toLocaleString('en-US')}, by prefix`,
    facts: { operation: 'clear' },
    columns: ['clearMs', 'mainCpuMs', 'otherP99Ms', 'otherMaxMs', 'samples'],
    baseline: KEYS_AND_DEL,
    rows,
    notes: [
      `the other client alone: p99 ${idle.p99Ms.toFixed(2)} ms, max ${idle.maxMs.toFixed(2)} ms`,
      damaged === 0
        ? 'every key outside the prefix is untouched'
        : `${damaged} KEYS OUTSIDE THE PREFIX WERE HIT`,
    ],
  });
}

/** Fills, clears and counts. Half of the keys lie outside the prefix. */
export async function measureClears(
  bench: Bench,
  { keys, rounds }: { keys: number; rounds: number },
): Promise<Clears> {
  const half = Math.floor(keys / 2);
  const outside = `${bench.prefix}outside:`;
  await bench.admin.fill(outside, half);
  const other = await Bystander.start(bench.url, `${outside}1`);
  try {
    const idle = await other.during(() => sleep(bench.scale.quick ? 300 : 1_000));
    const peers = peersOf(bench, ['offloop', 'ioredis-json']);
    const turns = new Map<string, Turn[]>(peers.map(({ id }) => [id, []]));
    for (let round = 0; round < rounds; round += 1) {
      for (let turn = 0; turn < peers.length; turn += 1) {
        bench.signal?.throwIfAborted();
        const peer = peers[(turn + round) % peers.length];
        if (peer) turns.get(peer.id)?.push(await takeTurn(bench, { peer, other, half }));
        bench.onPass?.();
      }
    }
    const damaged = half - (await bench.admin.countFilled(outside, half));
    return {
      rows: peers.map((peer) => rowOf(peer, turns.get(peer.id) ?? [])),
      idle: { p99Ms: percentile(idle, 0.99), maxMs: percentile(idle, 1) },
      damaged,
    };
  } finally {
    await other.close();
    await bench.admin.sweep(outside);
  }
}

async function takeTurn(
  bench: Bench,
  { peer, other, half }: { peer: OpenPeer; other: Bystander; half: number },
): Promise<Turn> {
  const prefix = prefixOf(bench.prefix, peer.id);
  await bench.admin.fill(prefix, half);
  collectYoungGarbage();
  await settle();
  const cpu = bench.clock.now();
  let clearMs = 0;
  const latencies = await other.during(async () => {
    const start = performance.now();
    await peer.clear?.();
    clearMs = performance.now() - start;
  });
  await settle();
  const mainCpuMs = bench.clock.now() - cpu;
  const left = await bench.admin.countFilled(prefix, half);
  if (left > 0) throw new Error(`${peer.name}: clear left ${left} of ${half} keys`);
  return { clearMs, mainCpuMs, latencies };
}

function rowOf(peer: OpenPeer, turns: readonly Turn[]): Row {
  return {
    peer: peer.name === BASELINE ? KEYS_AND_DEL : OURS,
    figures: {
      clearMs: summarize(turns.map((turn) => turn.clearMs)),
      mainCpuMs: summarize(turns.map((turn) => turn.mainCpuMs)),
      otherP99Ms: summarize(turns.map(({ latencies }) => percentile(latencies, 0.99))),
      otherMaxMs: summarize(turns.map(({ latencies }) => percentile(latencies, 1))),
      samples: summarize([turns.length]),
    },
  };
}
