import { existsSync, readFileSync } from 'node:fs';
import { access, constants } from 'node:fs/promises';
import { request } from 'node:http';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { installPackage } from './install-package.js';

/** Where a Redis comes from. */
export type RedisSource =
  | { readonly kind: 'url'; readonly url: string }
  | { readonly kind: 'binary'; readonly path: string }
  | { readonly kind: 'docker' };

/**
 * What the caller is going to do with it.
 * - `any`: use one as it is.
 * - `settings`: start one with arguments, a password or users of its own. No server at `REDIS_URL` can do that.
 * - `process`: start one as a process of this machine (a Unix socket, Sentinel, Cluster). No container can do that.
 */
export type RedisNeed = 'any' | 'settings' | 'process';

/** What the choice has to know about the machine. Each is asked only when its turn has come. */
export interface RedisProbes {
  /** The value of `REDIS_URL`; an empty one counts as none. */
  url(): string | undefined;
  /** The path of the first of these programs that is on the PATH. */
  onPath(names: readonly string[]): Promise<string | undefined>;
  /** Whether a Docker engine answers. */
  dockerAnswers(): Promise<boolean>;
  /** Whether this is Debian or Ubuntu, and we are root there. */
  canInstall(): Promise<boolean>;
}

/** What the choice came to. */
export type RedisChoice =
  | RedisSource
  | { readonly kind: 'install' }
  | { readonly kind: 'none'; readonly message: string };

const PROGRAMS = ['redis-server', 'valkey-server'] as const;
const DOCKER_TIMEOUT_MS = 1_500;

/** The four ways to a Redis, in their order. A decision without effects: all it knows comes through the probes. */
export async function chooseRedis(probes: RedisProbes, need: RedisNeed = 'any'): Promise<RedisChoice> {
  const url = probes.url();
  if (url && need === 'any') return { kind: 'url', url };
  const path = await probes.onPath(PROGRAMS);
  if (path !== undefined) return { kind: 'binary', path };
  if (need !== 'process' && (await probes.dockerAnswers())) return { kind: 'docker' };
  if (await probes.canInstall()) return { kind: 'install' };
  return { kind: 'none', message: explainMissing(need) };
}

function explainMissing(need: RedisNeed): string {
  const why = {
    any: 'No Redis was found.',
    settings:
      'This needs a Redis with settings of its own, and none can be started here (REDIS_URL cannot serve).',
    process:
      'This needs a Redis as a process of its own, and none can be started here (neither REDIS_URL nor Docker can serve).',
  } satisfies Record<RedisNeed, string>;
  return [
    `${why[need]} Any one of these four ways will do, and they are tried in this order:`,
    '  1. set REDIS_URL to a Redis that may be written to (redis://host:port)',
    '  2. put redis-server or valkey-server on the PATH',
    '  3. start Docker',
    '  4. on Debian or Ubuntu, run this as root: it then installs the package redis-server',
  ].join('\n');
}

/** The probes of the real machine. */
export const machineProbes: RedisProbes = {
  url: () => process.env.REDIS_URL,
  onPath: findOnPath,
  dockerAnswers,
  canInstall: async () => process.platform === 'linux' && process.getuid?.() === 0 && isDebian(),
};

/** Finds a Redis by {@link chooseRedis}, and installs one where that is the way. */
export async function findRedis(need: RedisNeed = 'any'): Promise<RedisSource> {
  const choice = await chooseRedis(machineProbes, need);
  if (choice.kind === 'none') throw new Error(choice.message);
  if (choice.kind !== 'install') return choice;
  await installPackage('redis-server', async () => (await findOnPath(PROGRAMS)) !== undefined);
  const path = await findOnPath(PROGRAMS);
  if (path === undefined)
    throw new Error('the package redis-server was installed, but redis-server is not on the PATH');
  return { kind: 'binary', path };
}

/** Whether a Redis of this need can be had here, without an installation. For tests that have to be skipped without one. */
export async function canHaveRedis(need: RedisNeed): Promise<boolean> {
  const { kind } = await chooseRedis(machineProbes, need);
  return kind !== 'none';
}

async function findOnPath(names: readonly string[]): Promise<string | undefined> {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  for (const name of names) {
    for (const folder of folders) {
      const path = join(folder, name);
      const usable = await access(path, constants.X_OK).then(
        () => true,
        () => false,
      );
      if (usable) return path;
    }
  }
  return undefined;
}

function isDebian(): boolean {
  if (!existsSync('/etc/os-release') || !existsSync('/usr/bin/apt-get')) return false;
  const family = readFileSync('/etc/os-release', 'utf8').match(/^(?:ID|ID_LIKE)=.*$/gm) ?? [];
  return family.some((line) => /\b(?:debian|ubuntu)\b/.test(line));
}

/** Asks the engine itself: a `docker` on the PATH proves nothing, its engine may be stopped. */
async function dockerAnswers(): Promise<boolean> {
  for (const engine of dockerEngines()) {
    if (await ping(engine)) return true;
  }
  return false;
}

type Engine = { readonly socketPath: string } | { readonly host: string; readonly port: string };

function dockerEngines(): Engine[] {
  const configured = process.env.DOCKER_HOST;
  if (!configured) {
    const sockets = ['/var/run/docker.sock', join(homedir(), '.docker/run/docker.sock')];
    return sockets.filter((socketPath) => existsSync(socketPath)).map((socketPath) => ({ socketPath }));
  }
  if (configured.startsWith('unix://')) return [{ socketPath: configured.slice('unix://'.length) }];
  if (!URL.canParse(configured)) return [];
  const { hostname, port } = new URL(configured);
  return [{ host: hostname, port: port || '2375' }];
}

function ping(engine: Engine): Promise<boolean> {
  return new Promise((resolve) => {
    const asked = request({ ...engine, path: '/_ping', timeout: DOCKER_TIMEOUT_MS }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    asked.on('timeout', () => asked.destroy());
    // Refused, gone or too slow: each of them means that there is no engine to use.
    asked.on('error', () => resolve(false));
    asked.on('close', () => resolve(false));
    asked.end();
  });
}
