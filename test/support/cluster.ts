import { type RedisProcess, startRedisProcess } from './redis-process.js';
import { waitUntil } from './wait-until.js';

/** What {@link startCluster} is told. */
export interface StartClusterOptions {
  /** How many masters share the slots; each has no replica. @default 3 */
  readonly masters?: number;
  /** The password of every node. @default none */
  readonly password?: string;
}

/** A real cluster on this machine. */
export interface RunningCluster {
  /** Where a client may begin. */
  readonly startNodes: readonly { readonly host: string; readonly port: number }[];
  /** One process a master, in the order of their slots. */
  readonly nodes: readonly RedisProcess[];
  stop(): Promise<void>;
}

const SLOTS = 16_384;

/** Starts the nodes, gives each its share of the slots, and resolves when every node says `cluster_state:ok`. */
export async function startCluster(options: StartClusterOptions = {}): Promise<RunningCluster> {
  const { masters = 3, password } = options;
  const secret = password === undefined ? [] : ['--masterauth', password];
  const args = ['--cluster-node-timeout', '2000', ...secret];
  const nodes: RedisProcess[] = [];
  const stop = async (): Promise<void> => void (await Promise.all(nodes.map((node) => node.stop())));
  try {
    for (let index = 0; index < masters; index += 1) {
      const node = await startRedisProcess({ cluster: true, args, password });
      nodes.push(node);
      // Different epochs from the start, or the nodes first have to settle a conflict.
      await node.call('CLUSTER', 'SET-CONFIG-EPOCH', index + 1);
      await node.call('CLUSTER', 'ADDSLOTS', ...slotsOf(index, masters));
    }
    const [first] = nodes;
    for (const node of nodes) {
      if (first && node !== first) await node.call('CLUSTER', 'MEET', first.host, first.port);
    }
    await waitUntil('every node knows the whole cluster', async () => {
      const answers = await Promise.all(nodes.map((node) => node.call('CLUSTER', 'INFO')));
      return answers.every((info) => isComplete(String(info), masters));
    });
    const startNodes = nodes.map(({ host, port }) => ({ host, port }));
    return { startNodes, nodes, stop };
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

function isComplete(info: string, masters: number): boolean {
  const wanted = [
    'cluster_state:ok',
    `cluster_slots_ok:${SLOTS}`,
    `cluster_known_nodes:${masters}`,
    `cluster_size:${masters}`,
  ];
  return wanted.every((line) => info.includes(`${line}\r\n`));
}
