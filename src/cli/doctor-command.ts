import type { Command } from 'commander';
import { OffloopError } from '../errors.js';
import { allMasters } from '../redis/client.js';
import type { ConnectionSettings } from '../redis/settings.js';
import { numberOf } from './arguments.js';
import { type CommonFacts, type Finding, findingsOf, type NodeFacts } from './doctor-findings.js';
import { EXIT } from './failure.js';
import type { CommandContext } from './program.js';
import { addRedisFlags, type OpenRedis, type RedisFlags, withRedis } from './redis-session.js';

interface DoctorFlags extends RedisFlags {
  readonly processes: number;
  readonly json?: boolean;
}

type Master = ReturnType<typeof allMasters>[number];

const PINGS = 200;
const SETTINGS = [
  'maxmemory',
  'maxmemory-policy',
  'appendonly',
  'appendfsync',
  'save',
  'proto-max-bulk-len',
  'client-output-buffer-limit',
  'maxclients',
] as const;

/** `offloop doctor`: whether a server is set up for a cache of large values. */
export function addDoctor(program: Command, context: CommandContext): void {
  addRedisFlags(
    program
      .command('doctor')
      .description('check the server: eviction, persistence, limits, latency, connections, TLS'),
    { canSpawn: false },
  )
    .option('--processes <n>', 'processes of yours that will connect', numberOf('--processes'), 1)
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      '\nExits with 1 where there is a problem.\n\nExample:\n  offloop doctor --url redis://cache.internal:6379 --processes 20',
    )
    .action((flags: DoctorFlags) => runDoctor(flags, context));
}

async function runDoctor(flags: DoctorFlags, context: CommandContext): Promise<void> {
  const { processes } = flags;
  if (!Number.isSafeInteger(processes) || processes < 1) {
    const text = `--processes takes a whole number from 1 on; received ${processes}`;
    throw new OffloopError('ERR_OPTION', text);
  }
  const findings = await withRedis(flags, async (redis) => {
    const masters = allMasters(redis.client);
    const asked = await Promise.all(masters.map((master) => factsOf(master, redis)));
    return findingsOf(asked, commonFacts(redis, processes));
  });
  if (flags.json) process.stdout.write(`${JSON.stringify(findings, null, 2)}\n`);
  else for (const finding of findings) process.stdout.write(`${render(finding)}\n`);
  if (findings.some(({ level }) => level === 'problem')) context.end(EXIT.finding);
}

function render({ level, about, found, advice, nodes }: Finding): string {
  const where = nodes === undefined ? about : `${about} (${nodes.join(', ')})`;
  return `${level.padEnd(8)} ${where}: ${found}${advice === undefined ? '' : `\n         → ${advice}`}`;
}

async function factsOf(master: Master, { reply }: OpenRedis): Promise<NodeFacts> {
  const node = `${master.options.host}:${master.options.port}`;
  // What is refused is told as not checked, and is no failure.
  const refused: { INFO?: string; CONFIG?: string } = {};
  const info = await master.info().catch((error: unknown) => {
    refused.INFO = whyRefused('INFO', error);
    return '';
  });
  const settings: Record<string, string> = {};
  for (const name of SETTINGS) {
    const found: unknown = await master.config('GET', name).catch((error: unknown) => {
      refused.CONFIG = whyRefused('CONFIG', error);
    });
    const value: unknown = Array.isArray(found) ? found[1] : undefined;
    if (typeof value === 'string') settings[name] = value;
  }
  const latenciesMs: number[] = [];
  for (let ping = 0; ping < PINGS; ping += 1) {
    const start = performance.now();
    await reply(`PING of ${node}`, master.ping());
    latenciesMs.push(performance.now() - start);
  }
  return {
    node,
    info: Object.fromEntries(
      [...info.matchAll(/^([a-z_0-9]+):(.*?)\r?$/gm)].map(([, name = '', value = '']) => [name, value]),
    ),
    settings,
    refused,
    latenciesMs,
  };
}

function whyRefused(command: 'INFO' | 'CONFIG', error: unknown): string {
  const said = error instanceof Error ? error.message : '';
  if (said.startsWith('NOPERM')) return `this user may not run ${command}`;
  return /^ERR unknown command/i.test(said)
    ? `the server has no ${command}, or by another name`
    : `the server did not answer ${command}`;
}

function commonFacts({ options }: OpenRedis, processes: number): CommonFacts {
  const { connection, pool, maxValueBytes } = options;
  const { redis } = connection;
  return {
    processes,
    maxThreads: pool.maxThreads,
    maxValueBytes,
    tls: redis.tls !== undefined,
    local: serversOf(connection).every(isLocal),
    password: typeof redis.password === 'string' && redis.password !== '',
  };
}

/** Those that are named in the settings: of Sentinel and Cluster, where to begin. */
function serversOf({ kind, redis, nodes }: ConnectionSettings): readonly object[] {
  if (kind === 'cluster') return nodes;
  return kind === 'sentinel' && Array.isArray(redis.sentinels) ? redis.sentinels : [redis];
}

function isLocal(redis: object): boolean {
  if ('path' in redis && typeof redis.path === 'string') return true;
  const host = 'host' in redis && typeof redis.host === 'string' ? redis.host : 'localhost';
  return host === 'localhost' || host === '::1' || host.startsWith('127.');
}
