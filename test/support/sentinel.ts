import { type RedisProcess, startRedisProcess } from './redis-process.js';
import { waitUntil } from './wait-until.js';

/** What {@link startSentinel} is told. */
export interface StartSentinelOptions {
  /** The name of the group. @default 'offloop' */
  readonly name?: string;
  /** The password of master and replica. @default none */
  readonly password?: string;
  /** The password of the Sentinel itself. @default none */
  readonly sentinelPassword?: string;
  /** How long the master must be silent to count as down, in milliseconds. @default 2000 */
  readonly downAfterMs?: number;
}

/** A master with a replica, watched by one Sentinel that decides alone (quorum 1). */
export interface RunningSentinel {
  readonly name: string;
  /** Where to ask for the master. */
  readonly sentinels: readonly { readonly host: string; readonly port: number }[];
  readonly sentinel: RedisProcess;
  readonly master: RedisProcess;
  readonly replica: RedisProcess;
  stop(): Promise<void>;
}

/** Starts the three processes, and resolves when the replica is in sync and the Sentinel knows of it. */
export async function startSentinel(options: StartSentinelOptions = {}): Promise<RunningSentinel> {
  const { name = 'offloop', password, sentinelPassword, downAfterMs = 2_000 } = options;
  const started: RedisProcess[] = [];
  const stop = async (): Promise<void> => void (await Promise.all(started.map((server) => server.stop())));
  const keep = async (starting: Promise<RedisProcess>): Promise<RedisProcess> => {
    const server = await starting;
    started.push(server);
    return server;
  };
  const secret = password === undefined ? [] : ['--masterauth', password];
  // Without the delay the first synchronisation waits five seconds for more replicas.
  const args = ['--repl-diskless-sync-delay', '0', ...secret];
  try {
    const master = await keep(startRedisProcess({ args, password }));
    const replicaOf = ['--replicaof', master.host, String(master.port)];
    const replica = await keep(startRedisProcess({ args: [...args, ...replicaOf], password }));
    await waitUntil('the replica is in sync', async () => {
      return String(await replica.call('INFO', 'replication')).includes('master_link_status:up');
    });
    const sentinelConfig = [
      `sentinel monitor ${name} ${master.host} ${master.port} 1`,
      `sentinel down-after-milliseconds ${name} ${downAfterMs}`,
      `sentinel failover-timeout ${name} 10000`,
      ...(password === undefined ? [] : [`sentinel auth-pass ${name} ${password}`]),
      '',
    ].join('\n');
    const sentinel = await keep(startRedisProcess({ sentinelConfig, password: sentinelPassword }));
    await waitUntil('the Sentinel knows the replica', async () => {
      const replicas = await sentinel.call('SENTINEL', 'REPLICAS', name);
      return (
        Array.isArray(replicas) &&
        replicas.length === 1 &&
        !/s_down|disconnected/.test(replicas.flat().join(' '))
      );
    });
    const { host, port } = sentinel;
    return { name, sentinels: [{ host, port }], sentinel, master, replica, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
