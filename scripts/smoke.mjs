// Installs the packed tarball as a user would, and uses it on each Node that is supported, by import and by require.
// Needs `npm run build:tools` before. Writes what passed to coverage/smoke.json.
import { execFile, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const NODES = [20, 22, 24, 26];
const RUN_MS = 60_000;
/** After `close()` nothing may keep the process; this is what a busy machine gets to notice it. */
const EXIT_MS = 5_000;

const root = fileURLToPath(new URL('..', import.meta.url));
const { startRedis } = await import(new URL('../build/test/support/redis-server.js', import.meta.url).href);
const run = promisify(execFile);
const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];

const LOADS = {
  import: {
    file: 'use.mjs',
    line: "import { RedisBackend } from 'offloop';\nimport assert from 'node:assert/strict';",
  },
  require: {
    file: 'use.cjs',
    line: "const { RedisBackend } = require('offloop');\nconst assert = require('node:assert/strict');",
  },
};

/** About 2 MB as JSON, so that it takes the way through a worker. */
const BODY = `
async function main() {
  const [url, key] = process.argv.slice(2);
  const cache = new RedisBackend({ url });
  const small = { id: 1, name: 'small', at: new Date(0) };
  const large = Array.from({ length: 16_000 }, (_, id) => ({
    id, name: 'record ' + id, tags: ['a', 'b', String(id % 7)], price: id / 3, text: 'lorem ipsum dolor '.repeat(3),
  }));
  await cache.set(key + ':small', small, { ttl: 60 });
  await cache.set(key + ':large', large, { ttl: 60 });
  assert.deepEqual(await cache.get(key + ':small'), small);
  assert.deepEqual(await cache.get(key + ':large'), large);
  assert.equal(await cache.delete(key + ':small'), true);
  assert.equal(await cache.delete(key + ':large'), true);
  assert.equal(await cache.get(key + ':large'), undefined);
  await cache.close();
  console.log('closed');
}
main().catch((error) => {
  console.error(error);
  process.exit(1);
});
`;

/** The program in the temporary directory `folder`, packed, installed and ready to be used. */
async function installPackage(folder) {
  await run('npm', ['pack', '--pack-destination', folder, ...quiet], { cwd: root });
  const user = join(folder, 'user');
  mkdirSync(user);
  writeFileSync(join(user, 'package.json'), '{ "name": "smoke", "private": true }\n');
  const { stdout } = await run('sh', ['-c', 'ls "$1"/offloop-*.tgz', 'sh', folder]);
  await run('npm', ['install', ...quiet, stdout.trim()], { cwd: user });
  for (const { file, line } of Object.values(LOADS)) writeFileSync(join(user, file), `${line}\n${BODY}`);
  return user;
}

/** The newest Node of a major version, from the npm package that holds its binary. */
async function installNode(folder, major) {
  const home = join(folder, `node-${major}`);
  mkdirSync(home);
  writeFileSync(join(home, 'package.json'), '{ "private": true }\n');
  const name = `node-${process.platform}-${process.arch}`;
  await run('npm', ['install', '--no-save', ...quiet, `${name}@${major}`], { cwd: home });
  return join(home, 'node_modules', name, 'bin', 'node');
}

/** Why it failed, or undefined. */
function use({ node, cwd, file, url, key }) {
  return new Promise((resolve) => {
    const child = spawn(node, [file, url, key], { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    let problem;
    const giveUp = (why) => {
      problem = why;
      child.kill('SIGKILL');
    };
    let timer = setTimeout(giveUp, RUN_MS, `not done within ${RUN_MS} ms`);
    child.stderr.on('data', (chunk) => {
      said += chunk;
    });
    child.stdout.on('data', (chunk) => {
      if (!String(chunk).includes('closed')) return;
      clearTimeout(timer);
      timer = setTimeout(giveUp, EXIT_MS, `still running ${EXIT_MS} ms after close()`);
    });
    child.on('error', (error) => {
      problem = error.message;
    });
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve(problem ?? (code === 0 ? undefined : `exit code ${code}\n${said}`));
    });
  });
}

const count = { passed: 0, failed: 0 };
const folder = mkdtempSync(join(tmpdir(), 'offloop-smoke-'));
const redis = await startRedis();
try {
  const cwd = await installPackage(folder);
  for (const major of NODES) {
    const node = await installNode(folder, major);
    const version = (await run(node, ['--version'])).stdout.trim();
    for (const [load, { file }] of Object.entries(LOADS)) {
      const problem = await use({ node, cwd, file, url: redis.url, key: `smoke:${major}:${load}` });
      count[problem === undefined ? 'passed' : 'failed'] += 1;
      console.log(
        `${problem === undefined ? 'ok    ' : 'FAILED'} Node ${version} by ${load}${problem ? `: ${problem}` : ''}`,
      );
    }
  }
} finally {
  await redis.stop();
  rmSync(folder, { recursive: true, force: true });
}
mkdirSync(join(root, 'coverage'), { recursive: true });
writeFileSync(join(root, 'coverage', 'smoke.json'), `${JSON.stringify(count)}\n`);
process.exitCode = count.failed === 0 ? 0 : 1;
