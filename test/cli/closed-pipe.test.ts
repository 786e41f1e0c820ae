import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Redis } from 'ioredis';
import { expect, test } from 'vitest';
import { startRedis } from '../support/redis-server.js';

const CLI = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

test('a bench whose reader has gone ends with one line, and leaves no key', async () => {
  const server = await startRedis();
  const redis = new Redis(server.url);
  const args = ['bench', '--url', server.url, '--scenarios', 'get', '--sizes', '16KB', '--rounds', '500'];
  const child = spawn(process.execPath, [CLI, ...args, '--peers', 'offloop'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  try {
    let err = '';
    child.stderr.on('data', (chunk: Buffer) => {
      err += chunk.toString();
    });
    child.stdout.destroy();
    const [code]: unknown[] = await once(child, 'exit');
    expect(err.split('\n').filter((line) => line !== '' && !line.startsWith('tables:'))).toEqual([
      expect.stringMatching(/^offloop: interrupted/),
    ]);
    expect(code).toBe(141);
    expect(await redis.keys('offloop-bench:*')).toEqual([]);
  } finally {
    child.kill('SIGKILL');
    redis.disconnect();
    await server.stop();
  }
});
