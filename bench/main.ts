import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { startRedis } from '../test/support/redis-server.js';

/** `offloop bench` on a Redis that is found or started; what stands after the command goes to it as it is. */
const server = await startRedis();
try {
  const cli = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
  // By the environment: a URL may hold a password, and a command line can be read by every user of the machine.
  const child = spawn(process.execPath, [cli, 'bench', ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: { ...process.env, OFFLOOP_URL: server.url },
  });
  const [code]: unknown[] = await once(child, 'exit');
  process.exitCode = typeof code === 'number' ? code : 1;
} finally {
  await server.stop();
}
