import { type RunningCluster, SLOTS } from './cluster.js';
import type { RedisProcess } from './redis-process.js';

const MOVED_AT_A_TIME = 20;
const TIMEOUT_MS = 5_000;

/** The slot of a key, by asking the cluster. */
export async function slotOf(cluster: RunningCluster, key: string): Promise<number> {
  return Number(await cluster.nodes[0]?.call('CLUSTER', 'KEYSLOT', key));
}

/** Which of the masters has a slot at the start. */
export function ownerOf(cluster: RunningCluster, slot: number): number {
  const { length } = cluster.nodes;
  return cluster.nodes.findIndex((_, index) => slot < Math.floor(((index + 1) * SLOTS) / length));
}

/** Moves a slot as `redis-cli --cluster reshard` does: its keys in small steps, while it is used. */
export async function moveSlot(
  cluster: RunningCluster,
  { slot, from, to }: { readonly slot: number; readonly from: number; readonly to: number },
): Promise<number> {
  const source = nodeOf(cluster, from);
  const target = nodeOf(cluster, to);
  const [sourceId, targetId] = [await idOf(source), await idOf(target)];
  await target.call('CLUSTER', 'SETSLOT', slot, 'IMPORTING', sourceId);
  await source.call('CLUSTER', 'SETSLOT', slot, 'MIGRATING', targetId);
  let moved = 0;
  for (;;) {
    const keys = await source.call('CLUSTER', 'GETKEYSINSLOT', slot, MOVED_AT_A_TIME);
    if (!Array.isArray(keys) || keys.length === 0) break;
    const names = keys.map(String);
    await source.call('MIGRATE', target.host, target.port, '', 0, TIMEOUT_MS, 'REPLACE', 'KEYS', ...names);
    moved += names.length;
  }
  await target.call('CLUSTER', 'SETSLOT', slot, 'NODE', targetId);
  await source.call('CLUSTER', 'SETSLOT', slot, 'NODE', targetId);
  return moved;
}

function nodeOf({ nodes }: RunningCluster, index: number): RedisProcess {
  const node = nodes[index];
  if (!node) throw new Error(`the cluster has no master ${index}`);
  return node;
}

async function idOf(node: RedisProcess): Promise<string> {
  return String(await node.call('CLUSTER', 'MYID'));
}
