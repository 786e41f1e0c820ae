import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { startRedisProcess } from '../support/redis-process.js';
import { waitUntil } from '../support/wait-until.js';

const CLI = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

test('a bench whose server goes away ends, with one line that says so', { timeout: 90_000 }, async () => {
  const server = await startRedisProcess();
  const args = [
    'bench',
    '--url',
    `redis://${server.host}:${server.port}`,
    '--scenarios',
    'get',
    '--sizes',
    '16KB',
    '--rounds',
    '500',
  ];
  const child = spawn(process.execPath, [CLI, ...args, '--peers', 'offloop,ioredis-json,node-redis'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  try {
    let err = '';
    child.stderr.on('data', (chunk: Buffer) => {
      err += chunk.toString();
    });
    await waitUntil('it measures', async () => err.includes('tables:'));
    process.kill(server.pid, 'SIGKILL');
    const [code]: unknown[] = await once(child, 'exit');
    expect(code).toBe(3);
    const told = err.split('\n').filter((line) => line !== '' && !line.startsWith('tables:'));
    expect(told).toEqual([expect.stringMatching(/^offloop: .*ERR_CONNECTION/)]);
  } finally {
    child.kill('SIGKILL');
    await server.stop();
  }
});
