import { spawn } from 'node:child_process';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { type RunningRedis, startRedis } from '../support/redis-server.js';

let server: RunningRedis;
beforeAll(async () => {
  server = await startRedis({ ownProcess: true });
});
afterAll(() => server.stop());

const INDEX = new URL('../../dist/index.js', import.meta.url).href;

/** Runs a module in a process of its own. Resolves to how it ended and the ms since it printed `done`. */
function run(body: string): Promise<{ code: number | null; output: string; afterDone: number }> {
  const source = `
    import { RedisBackend } from '${INDEX}';
    const cache = new RedisBackend({ url: '${server.url}', timeoutMs: 15_000 });
    const controller = new AbortController();
    const large = Buffer.alloc(500_000, 1);
    await cache.set('small', 1);
    await cache.set('large', large);
    await cache.get('large');
    ${body}
    console.log('done');
  `;
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['--input-type=module', '-e', source], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    let done = 0;
    child.stdout.on('data', (chunk) => {
      output += chunk;
      if (output.includes('done')) done = performance.now();
    });
    child.stderr.on('data', (chunk) => {
      output += chunk;
    });
    const limit = setTimeout(() => child.kill('SIGKILL'), 20_000);
    child.on('exit', (code) => {
      clearTimeout(limit);
      resolve({ code, output, afterDone: performance.now() - done });
    });
  });
}

it('the process ends by itself after close()', async () => {
  const { code, output, afterDone } = await run('await cache.close();');
  expect([code, output]).toEqual([0, 'done\n']);
  expect(afterDone).toBeLessThan(1_000);
});

it('with no close(), idle threads and connections do not keep it alive', async () => {
  const { code, output, afterDone } = await run('');
  expect([code, output]).toEqual([0, 'done\n']);
  expect(afterDone).toBeLessThan(1_000);
});

it('an operation under way does keep it alive, to its end', async () => {
  const { code, output } = await run(`
    cache.set('late', large).then(() => cache.get('late')).then((value) => console.log('late', value.length));
  `);
  expect([code, output]).toEqual([0, 'done\nlate 500000\n']);
});

it('an operation without a Redis keeps it alive to its error', async () => {
  const { output } = await run(`
    const lost = new RedisBackend({ url: 'redis://127.0.0.1:1', timeoutMs: 300 });
    lost.get('k').catch((error) => console.log(error.code));
  `);
  expect(output).toBe('done\nERR_CONNECTION\n');
});

it('an aborted operation does not keep it alive where there is no Redis', async () => {
  const { code, output, afterDone } = await run(`
    const lost = new RedisBackend({ url: 'redis://127.0.0.1:1', timeoutMs: 15_000 });
    setTimeout(() => controller.abort(), 100);
    lost.get('k', { signal: controller.signal }).catch((error) => console.log(error.code));
  `);
  expect([code, output]).toEqual([0, 'done\nERR_ABORTED\n']);
  expect(afterDone).toBeLessThan(2_000);
});

it('nor where the Redis that has it does not answer', async () => {
  const { pid } = server;
  if (pid === undefined) throw new Error('this test needs a process of its own');
  onTestFinished(() => {
    process.kill(pid, 'SIGCONT');
  });
  const { code, output, afterDone } = await run(`
    process.kill(${pid}, 'SIGSTOP');
    setTimeout(() => controller.abort(), 100);
    cache.get('small', { signal: controller.signal }).catch((error) => console.log(error.code));
  `);
  expect([code, output]).toEqual([0, 'done\nERR_ABORTED\n']);
  expect(afterDone).toBeLessThan(2_000);
});
