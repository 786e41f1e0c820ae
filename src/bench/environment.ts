import { availableParallelism, cpus, loadavg, release, totalmem, type } from 'node:os';
import { formatByteSize } from './byte-size.js';
import { records } from './corpora.js';
import type { IoredisClient } from './peers/ioredis-client.js';
import { summarize } from './statistics.js';

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
  /** What the same fixed work took on one core here, in ms: tells a slower machine from slower code. */
  readonly machineMs: number;
  /** Variables by which Offloop's options are others here than by default, by name; absent where there are none. */
  readonly variables?: string;
}

/** They say where, not how. */
const OF_PLACE: ReadonlySet<string> = new Set(['OFFLOOP_URL', 'OFFLOOP_KEY_PREFIX']);

export async function describeEnvironment(admin: IoredisClient, mainCpuClock: string): Promise<Environment> {
  // A user without the right to ask still gets figures, of an unknown server.
  const info = await admin.info('server').catch(() => '');
  const version = (name: string): string | undefined =>
    new RegExp(`^${name}:(.*?)\\r?$`, 'm').exec(info)?.[1];
  const valkey = version('valkey_version');
  const variables = Object.keys(process.env).filter(
    (name) => name.startsWith('OFFLOOP_') && !OF_PLACE.has(name),
  );
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
    machineMs: timeFixedWork(),
    ...(variables.length > 0 && { variables: variables.sort().join(', ') }),
  };
}

const FIXED_WORK_ROUNDS = 15;

/** Parses and prints the same text; the median of several rounds. */
function timeFixedWork(): number {
  const text = JSON.stringify(records(64 * 1024));
  const rounds = Array.from({ length: FIXED_WORK_ROUNDS }, () => {
    const start = performance.now();
    for (let time = 0; time < 8; time += 1) JSON.stringify(JSON.parse(text));
    return performance.now() - start;
  });
  return summarize(rounds).median;
}

export function renderEnvironment(environment: Environment): string {
  const { node, server, cpu, cores, memory, system, mainCpuClock, loadBefore, variables } = environment;
  return [
    `Node ${node.slice(1)}, ${server}, ${cpu}, ${cores} cores, ${memory}, ${system}; load before: ${loadBefore.toFixed(2)}`,
    `main CPU by: ${mainCpuClock}`,
    ...(variables === undefined ? [] : [`Offloop is measured with what is set by ${variables}`]),
  ].join('\n');
}
