import { describe, expect, test } from 'vitest';
import {
  canHaveRedis,
  chooseRedis,
  type RedisChoice,
  type RedisNeed,
  type RedisProbes,
} from './find-redis.js';

interface Machine {
  readonly url?: string;
  readonly path?: string;
  readonly docker?: boolean;
  readonly debianRoot?: boolean;
}

/** Probes of a made-up machine, and which of them were asked, in order. */
function machine({ url, path, docker = false, debianRoot = false }: Machine): {
  probes: RedisProbes;
  asked: string[];
} {
  const asked: string[] = [];
  const answer = <T>(name: string, value: T): T => {
    asked.push(name);
    return value;
  };
  return {
    asked,
    probes: {
      url: () => answer('url', url),
      onPath: async (names) => answer(`path ${names.join(' ')}`, path),
      dockerAnswers: async () => answer('docker', docker),
      canInstall: async () => answer('install', debianRoot),
    },
  };
}

const everything: Machine = { url: 'redis://r', path: '/bin/redis-server', docker: true, debianRoot: true };

async function choose(on: Machine, need?: RedisNeed): Promise<RedisChoice> {
  return chooseRedis(machine(on).probes, need);
}

describe('chooseRedis', () => {
  test('takes REDIS_URL first and asks nothing else', async () => {
    const { probes, asked } = machine(everything);
    expect(await chooseRedis(probes)).toEqual({ kind: 'url', url: 'redis://r' });
    expect(asked).toEqual(['url']);
  });

  test('takes a server on the PATH second, redis-server before valkey-server', async () => {
    const { probes, asked } = machine({ ...everything, url: '' });
    expect(await chooseRedis(probes)).toEqual({ kind: 'binary', path: '/bin/redis-server' });
    expect(asked).toEqual(['url', 'path redis-server valkey-server']);
  });

  test('takes Docker third', async () => {
    expect(await choose({ docker: true, debianRoot: true })).toEqual({ kind: 'docker' });
  });

  test('installs the package fourth', async () => {
    expect(await choose({ debianRoot: true })).toEqual({ kind: 'install' });
  });

  test('says the four ways where none is left', async () => {
    const choice = await choose({});
    if (choice.kind !== 'none') throw new Error(`expected none, got ${choice.kind}`);
    for (const way of ['REDIS_URL', 'redis-server or valkey-server', 'Docker', 'Debian or Ubuntu']) {
      expect(choice.message).toContain(way);
    }
  });

  test('a Redis with settings is never the one at REDIS_URL', async () => {
    expect(await choose(everything, 'settings')).toMatchObject({ kind: 'binary' });
    expect(await choose({ url: 'redis://r', docker: true }, 'settings')).toEqual({ kind: 'docker' });
    expect(await choose({ url: 'redis://r' }, 'settings')).toMatchObject({
      kind: 'none',
      message: expect.stringContaining('settings of its own'),
    });
  });

  test('a process is neither the one at REDIS_URL nor a container', async () => {
    const { probes, asked } = machine({ url: 'redis://r', docker: true, debianRoot: true });
    expect(await chooseRedis(probes, 'process')).toEqual({ kind: 'install' });
    expect(asked).not.toContain('docker');
    expect(await choose({ url: 'redis://r', docker: true }, 'process')).toMatchObject({
      kind: 'none',
      message: expect.stringContaining('a process of its own'),
    });
  });
});

describe('canHaveRedis', () => {
  test('is true where the tests run', async () => {
    expect(await canHaveRedis('any')).toBe(true);
  });
});
