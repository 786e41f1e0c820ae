import type { Command } from 'commander';
import { type ResolvedRedisOptions } from '../backends/redis-options.js';
import { RedisBackend } from '../index.js';
import { type RedisClient } from '../redis/client.js';
/** The flags by which every command finds its Redis. */
export interface RedisFlags {
    readonly url?: string;
    readonly config?: string;
    readonly spawn?: boolean;
}
/** Adds `--url`, and `--spawn` where a command can do with an empty server. */
export declare function addRedisFlags(command: Command, { canSpawn }: {
    readonly canSpawn: boolean;
}): Command;
/** The URL that the flags name, or that of a server which lives as long as the work. */
export declare function withUrl<T>(flags: RedisFlags, work: (url: string) => Promise<T>): Promise<T>;
/** What a command works with on a Redis that is there. */
export interface OpenRedis {
    readonly client: RedisClient;
    readonly options: ResolvedRedisOptions;
    readonly cache: RedisBackend;
    /** A reply, or an error of ours in place of the library's. */
    reply<T>(command: string, asked: Promise<T>): Promise<T>;
}
/** Connects as a backend with these flags would, and closes everything at the end. */
export declare function withRedis<T>(flags: RedisFlags, work: (redis: OpenRedis) => Promise<T>): Promise<T>;
