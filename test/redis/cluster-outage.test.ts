import { afterAll, beforeAll, expect, it } from 'vitest';
import { RedisBackend } from '../../dist/index.js';
import { type RunningCluster, startCluster } from '../support/cluster.js';

let cluster: RunningCluster;
beforeAll(async () => {
  cluster = await startCluster();
  for (const node of cluster.nodes) await node.call('CONFIG', 'SET', 'cluster-require-full-coverage', 'no');
}, 60_000);
afterAll(() => cluster.stop());

function open(): RedisBackend {
  return new RedisBackend({
    url: 'redis://-',
    cluster: { nodes: cluster.startNodes },
    keyPrefix: 'outage:',
    timeoutMs: 3_000,
  });
}

it('while a master is away a clear says so, and who begins then gets what the others have', async () => {
  await using cache = open();
  const entries = Array.from({ length: 60 }, (_, n) => ({ key: `k${n}`, value: n }));
  await cache.setMany(entries);
  await cluster.nodes[2]?.stop();
  const away = { code: 'ERR_CONNECTION', outcome: expect.any(String) };
  await expect(cache.clear()).rejects.toMatchObject(away);
  await expect(cache.clear()).rejects.toMatchObject(away);
  const found = await Promise.all(
    Array.from({ length: 16 }, async () => {
      await using late = open();
      // Redis puts it into the first slots; those of the node that is away are the last.
      return late.exists('{06S}').then(
        () => 'answered',
        (error: Error) => error.message,
      );
    }),
  );
  expect(new Set(found)).toEqual(new Set(['answered']));
}, 60_000);
