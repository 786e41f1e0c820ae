import { type RedisProcess, startRedisProcess } from './redis-process.js';
import { waitUntil } from './wait-until.js';

/** What {@link startCluster} is told. */
export interface StartClusterOptions {
  /** How many masters share the slots. @default 3 */
  readonly masters?: number;
  /** How many replicas each master has. @default 0 */
  readonly replicas?: number;
  /** The password of every node. @default none */
  readonly password?: string;
}

/** A real cluster on this machine. */
export interface RunningCluster {
  /** Where a client may begin. */
  readonly startNodes: readonly { readonly host: string; readonly port: number }[];
  /** One process a master, in the order of their slots. */
  readonly nodes: readonly RedisProcess[];
  /** The replicas: those of the first master, then those of the second. */
  readonly replicas: readonly RedisProcess[];
  stop(): Promise<void>;
}

/** How many slots every cluster has. */
export const SLOTS = 16_384;
/** How long a node may be silent before the others call it failed, in milliseconds. */
export const NODE_TIMEOUT_MS = 2_000;

/** Without the delay the first synchronisation waits five seconds for more replicas. */
const DISKLESS = ['--repl-diskless-sync-delay', '0'] as const;

/** Starts the nodes, gives each its share of the slots, and resolves when every node says `cluster_state:ok`. */
export async function startCluster(options: StartClusterOptions = {}): Promise<RunningCluster> {
  const { masters = 3, replicas: each = 0, password } = options;
  const secret = password === undefined ? [] : ['--masterauth', password];
  const args = ['--cluster-node-timeout', String(NODE_TIMEOUT_MS), ...DISKLESS, ...secret];
  const nodes: RedisProcess[] = [];
  const replicas: RedisProcess[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all([...nodes, ...replicas].map((node) => node.stop()));
  };
  try {
    for (let index = 0; index < masters; index += 1) {
      const node = await startRedisProcess({ cluster: true, args, password });
      nodes.push(node);
      // Different epochs from the start, or the nodes first have to settle a conflict.
      await node.call('CLUSTER', 'SET-CONFIG-EPOCH', index + 1);
      await node.call('CLUSTER', 'ADDSLOTS', ...slotsOf(index, masters));
    }
    for (let index = 0; index < masters * each; index += 1)
      replicas.push(await startRedisProcess({ cluster: true, args, password }));
    const all = [...nodes, ...replicas];
    const [first] = nodes;
    for (const node of all) {
      if (first && node !== first) await node.call('CLUSTER', 'MEET', first.host, first.port);
    }
    await waitUntil('every node knows the whole cluster', async () => {
      const answers = await Promise.all(all.map((node) => node.call('CLUSTER', 'INFO')));
      return answers.every((info) => isComplete(String(info), { masters, known: all.length }));
    });
    await Promise.all(replicas.map((replica, index) => follow(replica, nodes[Math.floor(index / each)])));
    const startNodes = nodes.map(({ host, port }) => ({ host, port }));
    return { startNodes, nodes, replicas, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Slots are listed one by one, since `ADDSLOTSRANGE` is new in Redis 7. */
function slotsOf(index: number, masters: number): number[] {
  const from = Math.floor((index * SLOTS) / masters);
  const to = Math.floor(((index + 1) * SLOTS) / masters);
  return Array.from({ length: to - from }, (_, offset) => from + offset);
}

/** Makes a node the replica of a master, and resolves when it is in sync. */
async function follow(replica: RedisProcess, master: RedisProcess | undefined): Promise<void> {
  const id = String(await master?.call('CLUSTER', 'MYID'));
  await replica.call('CLUSTER', 'REPLICATE', id);
  await waitUntil('the replica is in sync', async () =>
    String(await replica.call('INFO', 'replication')).includes('master_link_status:up'),
  );
}

function isComplete(info: string, { masters, known }: { masters: number; known: number }): boolean {
  const wanted = [
    'cluster_state:ok',
    `cluster_slots_ok:${SLOTS}`,
    `cluster_known_nodes:${known}`,
    `cluster_size:${masters}`,
  ];
  return wanted.every((line) => info.includes(`${line}\r\n`));
}
