import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startChild } from '../support/child-process.js';
import { findRedis } from '../support/find-redis.js';
import { freePort } from '../support/free-port.js';
import { RespConnection } from '../support/resp-connection.js';
import { runCli } from '../support/run-cli.js';
import { waitUntil } from '../support/wait-until.js';

/** Such a server cannot say by INFO that it is ours, as others of the tests do. */
async function startWithout(...commands: readonly string[]) {
  const source = await findRedis('process');
  if (source.kind !== 'binary') throw new Error(`a Redis process cannot come from ${source.kind}`);
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'offloop-renamed-'));
  const renamed = commands.flatMap((name) => ['--rename-command', name, '']);
  const line = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', '', ...renamed];
  const child = startChild([source.path, ...line], folder);
  await waitUntil('the server answers', async () => {
    const connection = await RespConnection.open({ host: '127.0.0.1', port }).catch(() => undefined);
    connection?.close();
    return connection !== undefined;
  });
  return { url: `redis://127.0.0.1:${port}`, stop: () => child.stop() };
}

test('a server without INFO and CONFIG is measured, and doctor says why it cannot check', async () => {
  const server = await startWithout('INFO', 'CONFIG');
  try {
    const told = await runCli(['doctor', '--json'], { OFFLOOP_URL: server.url });
    const findings: { about: string; found: string }[] = JSON.parse(told.out);
    const found = Object.fromEntries(findings.map((finding) => [finding.about, finding.found]));
    expect(found).toMatchObject({
      server: 'could not be checked: the server has no INFO, or by another name',
      'maxmemory-policy': 'could not be checked: the server has no CONFIG, or by another name',
    });
    const run = ['bench', '--quick', '--scenarios', 'get', '--sizes', '32KB', '--duration', '10ms', '--json'];
    const measured = await runCli(run, { OFFLOOP_URL: server.url });
    expect(measured.code, measured.err).toBe(0);
    const { environment, results, skipped } = JSON.parse(measured.out);
    expect(environment.server).toBe('Redis of an unknown version');
    expect(skipped).toEqual([]);
    expect(results[0].rows.map(({ peer }: { peer: string }) => peer)).toContain('bentocache');
  } finally {
    await server.stop();
  }
}, 60_000);
