import { type Bench, callersFor, type Scale } from './bench.js';
import { formatByteSize } from './byte-size.js';
import { Child } from './child.js';
import { records } from './corpora.js';
import type { MemoryAnswer, MemoryTask } from './memory-probe.js';
import type { OpenPeer } from './peers/registry.js';
import { LIMITS } from './peers/registry.js';
import { type Row, reasonOf } from './rounds.js';
import { summarize } from './statistics.js';

const MB = 1024 * 1024;

/** Peak RSS over idle under gets and sets, each in a fresh process. Sizes below 1 MB vanish in a process's noise. */
export async function runMemory(bench: Bench): Promise<void> {
  for (const bytes of sizesOf(bench.scale)) {
    for (const operation of ['get', 'set'] as const) await measureMemory(bench, { operation, bytes });
  }
}

/** How many tables {@link runMemory} gives. */
export function countMemoryTables(scale: Scale): number {
  return 2 * sizesOf(scale).length;
}

function sizesOf({ sizes, quick }: Scale): readonly number[] {
  const large = sizes.filter((bytes) => bytes >= MB);
  return quick ? large.slice(0, 1) : large;
}

async function measureMemory(
  bench: Bench,
  { operation, bytes }: Pick<MemoryTask, 'operation' | 'bytes'>,
): Promise<void> {
  const callers = callersFor(bytes);
  const calls = Math.max(2 * callers, Math.round(bench.scale.memoryCalls / Math.max(1, bytes / MB / 2)));
  const peers = bench.peers.filter(({ name }) => !LIMITS.has(name));
  const keyOf = (peer: OpenPeer) => `${peer.id}/memory/${bytes}`;
  if (operation === 'get') for (const peer of peers) await peer.set(keyOf(peer), records(bytes));
  const probes = bench.scale.quick ? 1 : 3;
  const collected = new Map<string, number[]>(peers.map(({ name }) => [name, []]));
  const failures = new Map<string, string>();
  for (let turn = 0; turn < probes; turn += 1) {
    for (const peer of peers) {
      bench.signal?.throwIfAborted();
      bench.onPass?.();
      const task: MemoryTask = {
        id: peer.peer,
        ...peer.target,
        key: keyOf(peer),
        operation,
        bytes,
        calls,
        callers,
      };
      try {
        collected.get(peer.name)?.push((await runProbe(task)).peakOverIdleBytes);
      } catch (error) {
        failures.set(peer.name, reasonOf(error));
      }
    }
  }
  const rows = peers.map(({ name }): Row => {
    const failure = failures.get(name);
    const peaks = collected.get(name) ?? [];
    if (failure !== undefined) return { peer: name, figures: {}, failure };
    return { peer: name, figures: { peakRssBytes: summarize(peaks), samples: summarize([peaks.length]) } };
  });
  bench.emit({
    scenario: 'memory',
    title: `memory of ${calls} ${operation}s, ${formatByteSize(bytes)} of records, ${callers} callers, in a process of its own`,
    facts: { operation: 'memory', bytes, callers },
    columns: ['peakRssBytes', 'samples'],
    rows,
  });
}

/** Runs a probe in a fresh process. */
export async function runProbe(task: MemoryTask): Promise<MemoryAnswer> {
  const child = Child.start(new URL('./memory-probe.js', import.meta.url));
  try {
    return await child.ask<MemoryTask, MemoryAnswer>(task);
  } finally {
    await child.close();
  }
}
