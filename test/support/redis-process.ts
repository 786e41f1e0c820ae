import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startChild } from './child-process.js';
import { findRedis } from './find-redis.js';
import { freePort } from './free-port.js';
import { RespConnection, type RespReply } from './resp-connection.js';

/** What {@link startRedisProcess} is told. */
export interface RedisProcessOptions {
  /** The rest of the command line, after our own settings: the later one wins in Redis. */
  readonly args?: readonly string[];
  /** Listens on a Unix socket too. */
  readonly unixSocket?: boolean;
  /** The default user's password, or Sentinel's own. */
  readonly password?: string | undefined;
  /** Leaves room for the cluster bus beside the port, and starts in cluster mode. */
  readonly cluster?: boolean;
  /** Runs as a Sentinel with this configuration. */
  readonly sentinelConfig?: string;
  /** Where an earlier one ran: it has the same port, and finds the files that were left. */
  readonly place?: Pick<RedisProcess, 'port' | 'directory'>;
}

/** A server process on 127.0.0.1 that ends with us. */
export interface RedisProcess {
  readonly host: string;
  readonly port: number;
  readonly pid: number;
  readonly socketPath: string | undefined;
  /** Its working directory, which goes with `stop`. */
  readonly directory: string;
  /** Sends one command over a connection of its own. */
  call(...words: (string | number)[]): Promise<RespReply>;
  stop(): Promise<void>;
}

const HOST = '127.0.0.1';
const PORT_ATTEMPTS = 5;
const READY_MS = 15_000;

/** Starts a `redis-server` (or `valkey-server`) on a free port, and resolves when it answers. */
export async function startRedisProcess(options: RedisProcessOptions = {}): Promise<RedisProcess> {
  const source = await findRedis('process');
  if (source.kind !== 'binary') throw new Error(`a Redis process cannot come from ${source.kind}`);
  let problem = '';
  for (let attempt = 0; attempt < PORT_ATTEMPTS; attempt += 1) {
    const started = await tryPort(
      source.path,
      options.place?.port ?? (await freePort({ clusterBus: options.cluster === true })),
      options,
    );
    if (typeof started !== 'string') return started;
    problem = started;
    if (!/address already in use|failed listening|bind:/i.test(problem)) break;
  }
  throw new Error(`${source.path} did not start: ${problem}`);
}

/** The server, or why it did not come up. */
async function tryPort(
  program: string,
  port: number,
  options: RedisProcessOptions,
): Promise<RedisProcess | string> {
  const directory = options.place?.directory ?? mkdtempSync(join(tmpdir(), 'offloop-redis-'));
  const log = join(directory, 'server.log');
  const socketPath = options.unixSocket ? join(directory, 'redis.sock') : undefined;
  const child = startChild(
    [program, ...commandLine({ directory, log, port, socketPath, options })],
    directory,
  );
  const { password } = options;
  const call = async (...words: (string | number)[]): Promise<RespReply> => {
    const connection = await RespConnection.open({ host: HOST, port, password });
    try {
      return await connection.call(...words);
    } finally {
      connection.close();
    }
  };
  const deadline = Date.now() + READY_MS;
  let last = 'it did not answer';
  while (Date.now() < deadline && child.ended() === undefined) {
    try {
      const pong = await call('PING');
      const info = String(await call('INFO', 'server'));
      // Somebody else's Redis may have been faster on this port: only the one with our pid counts.
      if (pong === 'PONG' && info.includes(`process_id:${child.pid}\r\n`)) {
        return { host: HOST, port, pid: child.pid, socketPath, directory, call, stop: () => child.stop() };
      }
      last = 'another server answered';
    } catch (error) {
      last = error instanceof Error ? error.message : String(error);
    }
    await sleep(20);
  }
  const said = `${child.ended() ?? last}; ${readLog(log)}`;
  await child.stop();
  return said;
}

function readLog(path: string): string {
  try {
    return readFileSync(path, 'utf8').split('\n').slice(-8).join('\n');
  } catch {
    return 'it wrote no log';
  }
}

interface CommandLine {
  readonly directory: string;
  readonly log: string;
  readonly port: number;
  readonly socketPath: string | undefined;
  readonly options: RedisProcessOptions;
}

function commandLine({ directory, log, port, socketPath, options }: CommandLine): string[] {
  const line = [
    '--port',
    String(port),
    '--bind',
    HOST,
    '--dir',
    directory,
    '--logfile',
    log,
    '--daemonize',
    'no',
  ];
  const { password, sentinelConfig, args = [] } = options;
  if (password !== undefined) line.push('--requirepass', password);
  if (sentinelConfig !== undefined) {
    const file = join(directory, 'sentinel.conf');
    writeFileSync(file, sentinelConfig, { mode: 0o600 });
    return [file, '--sentinel', ...line, ...args];
  }
  line.push('--save', '', '--appendonly', 'no');
  if (socketPath !== undefined) line.push('--unixsocket', socketPath, '--unixsocketperm', '700');
  if (options.cluster) line.push('--cluster-enabled', 'yes', '--cluster-config-file', 'nodes.conf');
  return [...line, ...args];
}
