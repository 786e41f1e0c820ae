import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import type { Bench } from '../../dist/bench/bench.js';
import { closePeers, openPeers, PEER_IDS } from '../../dist/bench/peers/registry.js';
import { reasonOf } from '../../dist/bench/rounds.js';
import { busyPeers } from '../../dist/bench/scenario-busy.js';
import { type Report, renderReport } from '../../dist/bench.js';
import { startRedis } from '../support/redis-server.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

test('every peer keeps a value, alone and in a batch', async () => {
  const server = await startRedis();
  const { peers, skipped } = await openPeers(PEER_IDS, { url: server.url, prefix: 'peers:' });
  try {
    expect(skipped).toEqual([]);
    const value = { list: [1, 'two', { three: null }] };
    for (const peer of peers.filter(({ peer: id }) => id !== 'ioredis-bytes')) {
      await peer.set('a', value);
      expect(await peer.get('a'), peer.name).toEqual(value);
      expect(await peer.get('nothing'), peer.name).toBeUndefined();
      await peer.setMany?.([{ key: 'b', value }]);
      if (peer.getMany) expect(await peer.getMany(['b', 'a']), peer.name).toEqual([value, value]);
    }
  } finally {
    await closePeers(peers);
    await server.stop();
  }
});

test('a busy service is measured with the peers of the run alone, and no reason names a file', async () => {
  const server = await startRedis();
  const { peers } = await openPeers(['offloop', 'node-redis'], { url: server.url, prefix: 'peers:' }, [
    { codec: 'json' },
  ]);
  try {
    expect(busyPeers({ peers } as Bench)).toEqual(['offloop']);
    const missing = Object.assign(new Error("Cannot find package 'a' imported from /srv/app/b.js"), {
      code: 'ERR_MODULE_NOT_FOUND',
    });
    expect(reasonOf(missing)).toBe('its package is not installed');
  } finally {
    await closePeers(peers);
    await server.stop();
  }
});

test('peers that are not installed are skipped and named, in the figures and on the page', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'offloop-alone-'));
  const server = await startRedis();
  try {
    // As a user has it: our own dependencies, and nothing beside them.
    const manifest: { dependencies: Record<string, string> } = JSON.parse(
      readFileSync(join(root, 'package.json'), 'utf8'),
    );
    cpSync(join(root, 'dist'), join(folder, 'dist'), { recursive: true });
    cpSync(join(root, 'package.json'), join(folder, 'package.json'));
    for (const name of Object.keys(manifest.dependencies)) {
      const link = join(folder, 'node_modules', name);
      mkdirSync(dirname(link), { recursive: true });
      symlinkSync(join(root, 'node_modules', name), link);
    }
    const flags = ['--quick', '--scenarios', 'get', '--sizes', '1KB', '--rounds', '1', '--duration', '10ms'];
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [join(folder, 'dist/cli/main.js'), 'bench', ...flags, '--json'],
      { env: { ...process.env, OFFLOOP_URL: server.url }, maxBuffer: 64 * 1024 * 1024 },
    );
    const report: Report = JSON.parse(stdout);
    const reason = 'its package is not installed';
    const missing = ['node-redis', 'keyv', 'cache-manager', 'bentocache'];
    expect(report.skipped).toEqual(missing.map((id) => ({ id, reason })));
    const page = await renderReport(report);
    for (const id of missing) expect(page).toContain(`<li>${id}: ${reason}</li>`);
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});
