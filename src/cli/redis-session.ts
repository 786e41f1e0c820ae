import type { Command } from 'commander';
import { type ResolvedRedisOptions, readConfig, resolveOptions } from '../backends/redis-options.js';
import { OffloopError } from '../errors.js';
import { RedisBackend } from '../index.js';
import { createClient, destroy, open, type RedisClient } from '../redis/client.js';
import { fromRedis } from '../redis/redis-error.js';
import { spawnRedis } from './spawn-redis.js';

/** The flags by which every command finds its Redis. */
export interface RedisFlags {
  readonly url?: string;
  readonly config?: string;
  readonly spawn?: boolean;
}

const DEFAULT_URL = 'redis://localhost:6379/0';
const CONNECT_MS = 3_000;

/** Adds `--url`, and `--spawn` where a command can do with an empty server. */
export function addRedisFlags(command: Command, { canSpawn }: { readonly canSpawn: boolean }): Command {
  command.option('--url <url>', `the server; else OFFLOOP_URL, else ${DEFAULT_URL}`);
  if (canSpawn) {
    return command.option('--spawn', 'run a throwaway server, from the PATH or by Docker, and end it');
  }
  return command.option('--config <file>', 'take the connection and its settings from a config file');
}

/** The URL that the flags name, or that of a server which lives as long as the work. */
export async function withUrl<T>(flags: RedisFlags, work: (url: string) => Promise<T>): Promise<T> {
  if (!flags.spawn) return work(flags.url ?? process.env.OFFLOOP_URL ?? DEFAULT_URL);
  const server = await spawnRedis();
  try {
    return await work(server.url);
  } finally {
    await server.stop();
  }
}

/** What a command works with on a Redis that is there. */
export interface OpenRedis {
  readonly client: RedisClient;
  readonly options: ResolvedRedisOptions;
  readonly cache: RedisBackend;
  /** A reply, or an error of ours in place of the library's. */
  reply<T>(command: string, asked: Promise<T>): Promise<T>;
}

/** Connects as a backend with these flags would, and closes everything at the end. */
export async function withRedis<T>(flags: RedisFlags, work: (redis: OpenRedis) => Promise<T>): Promise<T> {
  await assertReachable(flags);
  const given = givenBy(flags, 10_000);
  const options = resolveOptions(given, flags.config === undefined ? {} : readConfig(flags.config));
  const cache = openCache(flags, given);
  const client = createClient(options.connection, 'command');
  client.on('error', () => undefined);
  try {
    await open(client, options.connection);
    const reply = async <R>(command: string, asked: Promise<R>): Promise<R> => {
      try {
        return await asked;
      } catch (error) {
        throw fromRedis(error, command);
      }
    };
    return await work({ client, options, cache, reply });
  } finally {
    destroy(client);
    await cache.close();
  }
}

/** A call of ours first: what keeps it from Redis comes as a typed error, and before a backend would give up. */
async function assertReachable(flags: RedisFlags): Promise<void> {
  const probe = openCache(flags, givenBy(flags, CONNECT_MS));
  try {
    await probe.exists('offloop:reachable');
  } catch (error) {
    // A user who is limited to a prefix was heard, and told no.
    if (!(error instanceof OffloopError && error.code === 'ERR_PERMISSION')) throw error;
  } finally {
    await probe.close();
  }
}

function givenBy({ url }: RedisFlags, timeoutMs: number) {
  return {
    ...(url !== undefined && { url }),
    timeoutMs,
    connectTimeoutMs: CONNECT_MS,
    onCorrupt: 'throw' as const,
  };
}

function openCache({ config }: RedisFlags, given: ReturnType<typeof givenBy>): RedisBackend {
  return config === undefined ? new RedisBackend(given) : RedisBackend.fromConfig(config, given);
}
