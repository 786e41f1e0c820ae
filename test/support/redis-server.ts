import { findRedis, type RedisNeed } from './find-redis.js';
import { startRedisContainer } from './redis-container.js';
import { claimDatabase } from './redis-database.js';
import { startRedisProcess } from './redis-process.js';

/** A user of the server, by Redis' own access rules. */
export interface RedisUser {
  readonly name: string;
  readonly password: string;
  /** @default ['~*', '&*', '+@all'] */
  readonly rules?: readonly string[];
}

/** What a server is started with. Without any of it, whatever Redis there is will do. */
export interface StartRedisOptions {
  /** More of the command line, such as `['--maxmemory', '10mb']`. */
  readonly args?: readonly string[];
  /** Listens on a Unix socket too: `socketPath` in the answer. */
  readonly unixSocket?: boolean;
  /** The password of the default user; `url` then has it. */
  readonly password?: string;
  /** Users beside the default one. */
  readonly users?: readonly RedisUser[];
  /** A process of its own, with a `pid`, even without other settings: for tests that stop or signal it. */
  readonly ownProcess?: boolean;
}

/** A Redis that answers. */
export interface RunningRedis {
  /** `redis://`, with the password and the database where there are any. */
  readonly url: string;
  readonly host: string;
  readonly port: number;
  /** The Unix socket's path, where one was asked for. */
  readonly socketPath?: string;
  /** The process, where it is one of ours. */
  readonly pid?: number;
  /** Ends it. Calling it again is harmless. Without it, it ends with this process, however that ends. */
  stop(): Promise<void>;
}

const ALL_RULES = ['~*', '&*', '+@all'] as const;

/**
 * A real Redis for a test, a demo or a benchmark: a process of our own on a free port of 127.0.0.1 where possible.
 *
 * Without settings it may instead be the one at `REDIS_URL`, in a database of it that was empty: there `FLUSHDB`
 * is safe, `FLUSHALL` and `CONFIG SET` are not. Settings that the Redis found cannot have are an error that says
 * what would help.
 */
export async function startRedis(options: StartRedisOptions = {}): Promise<RunningRedis> {
  const { password } = options;
  const source = await findRedis(needOf(options));
  if (source.kind === 'url') return claimDatabase(source.url);
  const args = settings(options);
  if (source.kind === 'docker') {
    const secret = password === undefined ? [] : ['--requirepass', password];
    const container = await startRedisContainer([...secret, ...args], password);
    return { ...container, url: urlOf(container, password) };
  }
  const server = await startRedisProcess({ args, password, unixSocket: options.unixSocket === true });
  const { host, port, pid, socketPath } = server;
  const found = { url: urlOf(server, password), host, port, pid, stop: () => server.stop() };
  return socketPath === undefined ? found : { ...found, socketPath };
}

function needOf({ args, unixSocket, password, users, ownProcess }: StartRedisOptions): RedisNeed {
  if (unixSocket || ownProcess) return 'process';
  return args?.length || password !== undefined || users?.length ? 'settings' : 'any';
}

function settings({ args = [], users = [] }: StartRedisOptions): string[] {
  const lines = users.map(({ name, password, rules = ALL_RULES }) => [
    '--user',
    name,
    'on',
    `>${password}`,
    ...rules,
  ]);
  return [...lines.flat(), ...args];
}

function urlOf(
  { host, port }: { readonly host: string; readonly port: number },
  password: string | undefined,
): string {
  return password === undefined
    ? `redis://${host}:${port}`
    : `redis://:${encodeURIComponent(password)}@${host}:${port}`;
}
