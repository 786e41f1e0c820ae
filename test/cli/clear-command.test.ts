import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { RedisBackend } from '../../dist/index.js';
import { type RunningCluster, startCluster } from '../support/cluster.js';
import { runCli } from '../support/run-cli.js';

let cluster: RunningCluster;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'offloop-clear-'));
  cluster = await startCluster();
  for (const node of cluster.nodes) await node.call('CONFIG', 'SET', 'cluster-require-full-coverage', 'no');
}, 60_000);

afterAll(async () => {
  await cluster.stop();
  rmSync(folder, { recursive: true, force: true });
});

it('while a master is away the dry run fails as the clear does: it would count less than there is', async () => {
  const settings = { url: 'redis://-', cluster: { nodes: cluster.startNodes } };
  const config = join(folder, 'cluster.json');
  writeFileSync(config, JSON.stringify(settings));
  await using cache = new RedisBackend(settings);
  await cache.setMany(Array.from({ length: 60 }, (_, n) => ({ key: `k${n}`, value: n })));
  const dry = ['clear', 'k', '--dry-run', '--json', '--config', config];
  expect(JSON.parse((await runCli(dry)).out)).toMatchObject({ keys: 60 });
  // Who asks whether there is a Redis at all asks another: the key of that question is among the last.
  await cluster.nodes[0]?.stop();
  const away = { code: 3, out: '', err: expect.stringMatching(/ERR_CONNECTION/) };
  expect(await runCli(dry)).toMatchObject(away);
  expect(await runCli(['clear', 'k', '--yes', '--json', '--config', config])).toMatchObject(away);
}, 60_000);
