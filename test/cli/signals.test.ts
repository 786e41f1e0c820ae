import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { isReport } from '../../dist/bench.js';
import { findRedis } from '../support/find-redis.js';
import { waitUntil } from '../support/wait-until.js';

const CLI = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
/** Long enough that no run ends before it is interrupted. */
const RUN = ['bench', '--spawn', '--scenarios', 'get', '--sizes', '16KB', '--rounds', '500'];

let folder: string;
const started = new Set<ChildProcess>();

beforeAll(async () => {
  // What --spawn starts must be a program here: its process is looked for.
  await findRedis('process');
  folder = mkdtempSync(join(tmpdir(), 'offloop-signals-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

afterEach(() => {
  for (const child of started) child.kill('SIGKILL');
  started.clear();
});

/** A run whose throwaway server keeps its folder in ours, by which it is told from all others. */
function start(run: readonly string[] = RUN): { child: ChildProcess; err: () => string } {
  const child = spawn(process.execPath, [CLI, ...run], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, TMPDIR: folder },
  });
  started.add(child);
  let err = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    err += chunk.toString();
  });
  return { child, err: () => err };
}

function commandLines(): string {
  if (process.platform !== 'linux') return execFileSync('ps', ['-Ao', 'args'], { encoding: 'utf8' });
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
      } catch {
        // It has ended since.
        return '';
      }
    })
    .join('\n');
}

async function expectNothingLeft(): Promise<void> {
  await waitUntil('no server is left', async () => !commandLines().includes(folder));
  await waitUntil('nor its folder', async () => readdirSync(folder).length === 0);
}

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('%s ends a run with %i, one line and no server', async (signal, expected) => {
  const { child, err } = start();
  await waitUntil('it measures', async () => err().includes('tables:'));
  expect(commandLines()).toContain(folder);
  const before = err();
  child.kill(signal);
  const [code]: unknown[] = await once(child, 'exit');
  expect(code).toBe(expected);
  const told = err()
    .slice(before.length)
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('tables:'));
  expect(told).toEqual([expect.stringMatching(/^offloop: interrupted/)]);
  await expectNothingLeft();
});

test('Ctrl-C ends a run of clears after the turn that is under way', async () => {
  const long = ['--scenarios', 'clear', '--clear-keys', '20000', '--rounds', '1000'];
  const { child, err } = start(['bench', '--spawn', '--peers', 'offloop,ioredis-json', ...long]);
  await waitUntil('it measures', async () => err().includes('tables:'));
  child.kill('SIGINT');
  const [code]: unknown[] = await once(child, 'exit');
  expect(code).toBe(130);
  await expectNothingLeft();
});

test('what was measured before Ctrl-C is written, and marked as incomplete', async () => {
  const files = mkdtempSync(join(tmpdir(), 'offloop-incomplete-'));
  const [output, report] = [join(files, 'out.json'), join(files, 'out.html')];
  const flags = ['--output', output, '--report', report, '--fail-if', 'get.64KB.cpu > 1s'];
  const short = ['--sizes', '64KB,8MB', '--rounds', '10', '--duration', '10ms', '--peers', 'offloop'];
  const { child, err } = start(['bench', '--spawn', '--scenarios', 'get', ...short, ...flags]);
  await waitUntil('the first table is there', async () => err().includes('tables: 1 of 2'));
  child.kill('SIGINT');
  const [code]: unknown[] = await once(child, 'exit');
  expect(code).toBe(130);
  const written = JSON.parse(readFileSync(output, 'utf8'));
  expect(isReport(written)).toBe(true);
  expect(written).toMatchObject({ incomplete: 'SIGINT', thresholds: [{ failed: false }] });
  expect(written.results.map(({ title }: { title: string }) => title)).toEqual([
    'get, 64 KB of records, 4 callers',
  ]);
  expect(readFileSync(report, 'utf8')).toMatch(/>incomplete<\/span> The run ended early: SIGINT/);
  rmSync(files, { recursive: true });
  await expectNothingLeft();
});

test('a second Ctrl-C does not wait for the clean end', async () => {
  const { child, err } = start();
  await waitUntil('it measures', async () => err().includes('tables:'));
  // Both are there before either is handled, so that the second cannot come after a clean end.
  child.kill('SIGSTOP');
  child.kill('SIGINT');
  child.kill('SIGTERM');
  child.kill('SIGCONT');
  const [code]: unknown[] = await once(child, 'exit');
  expect([130, 143]).toContain(code);
  expect(err()).not.toMatch(/interrupted/);
  await expectNothingLeft();
});

test('on a terminal a bar is drawn, and Ctrl-C gives the cursor back', async () => {
  // util-linux has `script` everywhere; BSD's takes its arguments in another order.
  const command = [process.execPath, CLI, ...RUN].map((word) => `'${word}'`).join(' ');
  const args =
    process.platform === 'linux'
      ? ['-qec', command, '/dev/null']
      : ['-q', '/dev/null', process.execPath, CLI, ...RUN];
  const child = spawn('script', args, {
    stdio: ['pipe', 'pipe', 'ignore'],
    env: { ...process.env, TMPDIR: folder, TERM: 'xterm' },
  });
  started.add(child);
  let screen = '';
  child.stdout.on('data', (chunk: Buffer) => {
    screen += chunk.toString();
  });
  await waitUntil('a bar moves', async () => /tables [░█]+ 0\/1 [1-9]\d* passes/.test(screen));
  expect(screen).toContain('\u001b[?25l');
  child.stdin.write('\u0003');
  await once(child, 'exit');
  expect(screen.lastIndexOf('\u001b[?25h')).toBeGreaterThan(screen.lastIndexOf('\u001b[?25l'));
  expect(screen).toMatch(/offloop: interrupted/);
  await expectNothingLeft();
});
