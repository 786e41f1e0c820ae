import { availableParallelism, cpus, loadavg, release, totalmem, type } from 'node:os';
import type { Redis } from 'ioredis';
import { formatByteSize } from './byte-size.js';

/** What the figures were measured on. They mean nothing without it. */
export interface Environment {
  readonly node: string;
  readonly server: string;
  readonly cpu: string;
  readonly cores: number;
  readonly memory: string;
  readonly system: string;
  readonly mainCpuClock: string;
  /** Load of the last minute before the run: above the cores, others were measured too. */
  readonly loadBefore: number;
  readonly date: string;
}

export async function describeEnvironment(admin: Redis, mainCpuClock: string): Promise<Environment> {
  const info = await admin.info('server');
  const version = (name: string): string | undefined =>
    new RegExp(`^${name}:(.*?)\\r?$`, 'm').exec(info)?.[1];
  const valkey = version('valkey_version');
  return {
    node: process.version,
    server: valkey ? `Valkey ${valkey}` : `Redis ${version('redis_version') ?? 'of an unknown version'}`,
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memory: formatByteSize(totalmem()),
    system: `${type()} ${release().split('-')[0] ?? ''}`,
    mainCpuClock,
    loadBefore: loadavg()[0] ?? 0,
    date: new Date().toISOString(),
  };
}

export function renderEnvironment(environment: Environment): string {
  const { node, server, cpu, cores, memory, system, mainCpuClock, loadBefore } = environment;
  return [
    `Node ${node.slice(1)}, ${server}, ${cpu}, ${cores} cores, ${memory}, ${system}; load before: ${loadBefore.toFixed(2)}`,
    `main CPU by: ${mainCpuClock}`,
  ].join('\n');
}
