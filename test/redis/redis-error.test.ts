import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RedisBackend, type RedisBackendOptions } from '../../dist/index.js';
import { type RunningCluster, startCluster } from '../support/cluster.js';
import { slotOf } from '../support/cluster-slots.js';
import { type RunningRedis, startRedis } from '../support/redis-server.js';
import { type RunningSentinel, startSentinel } from '../support/sentinel.js';

const PASSWORD = 'canary-pass';

let plain: RunningRedis;
let cluster: RunningCluster;
let watched: RunningSentinel;
beforeAll(async () => {
  plain = await startRedis();
  [cluster, watched] = await Promise.all([
    startCluster({ masters: 2 }),
    startSentinel({ sentinelPassword: PASSWORD }),
  ]);
}, 60_000);
afterAll(() => Promise.all([plain.stop(), cluster.stop(), watched.stop()]));

const at = (port: number) => [{ host: '127.0.0.1', port }];
const sentinel = (given: object = {}) => ({
  sentinel: { name: 'offloop', sentinels: watched.sentinels, password: PASSWORD, ...given },
});

describe('a Redis of another kind than the options say, or that nobody knows, is told as such', () => {
  const cases: readonly (readonly [string, () => RedisBackendOptions, string, string])[] = [
    [
      'a name that the Sentinel does not know',
      () => sentinel({ name: 'nobody' }),
      'ERR_CONNECTION',
      'no Sentinel knows a master of the name in sentinel.name',
    ],
    [
      'sentinels that are not there',
      () => sentinel({ sentinels: [...at(1), ...at(2)] }),
      'ERR_CONNECTION',
      'no server of sentinel.sentinels can be reached',
    ],
    [
      'no password for the Sentinel',
      () => sentinel({ password: undefined }),
      'ERR_AUTH_REQUIRED',
      'the Sentinel asks for a password: give sentinel.password',
    ],
    [
      'a wrong password for the Sentinel',
      () => sentinel({ password: 'canary-wrong' }),
      'ERR_AUTH',
      'the Sentinel refused sentinel.username or sentinel.password',
    ],
    [
      'a Redis in the place of a Sentinel',
      () => sentinel({ sentinels: at(plain.port), password: undefined }),
      'ERR_OPTION',
      'what sentinel.sentinels names is no Sentinel',
    ],
    [
      'a Redis in the place of a cluster',
      () => ({ cluster: { nodes: at(plain.port) } }),
      'ERR_OPTION',
      'the server is no node of a cluster: name it by url, without the option cluster',
    ],
    [
      'a database of a node of a cluster',
      () => ({ url: `redis://127.0.0.1:${cluster.nodes[0]?.port}/1` }),
      'ERR_OPTION',
      'the server is a node of a cluster, which has database 0 alone: name the nodes by the option cluster',
    ],
  ];

  it.each(cases)('%s', async (_, options, code, text) => {
    await using cache = new RedisBackend({ timeoutMs: 4_000, ...options() });
    for (const call of [() => cache.get('k'), () => cache.set('k', Buffer.alloc(1_000_000))]) {
      const error = await call().catch((reason: unknown) => reason);
      expect(error).toMatchObject({ code, message: expect.stringContaining(text) });
      expect(String(error)).not.toContain('canary');
    }
  });
});

it('a key of another node of a cluster, by the URL of one', async () => {
  const [first, second] = cluster.nodes;
  const owner = (await slotOf(cluster, 'k')) < 8_192 ? second : first;
  await using cache = new RedisBackend({ url: `redis://127.0.0.1:${owner?.port}` });
  const told = { code: 'ERR_SERVER', message: expect.stringContaining('by the option cluster') };
  for (const value of [1, Buffer.alloc(1_000_000)])
    await expect(cache.set('k', value)).rejects.toMatchObject({ ...told, outcome: 'not-applied' });
  await expect(cache.get('k')).rejects.toMatchObject(told);
});
