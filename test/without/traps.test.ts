import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { TRAPS, type TrapTest } from '../traps/index.js';
import { type Change, WITHOUT } from '../traps/without.js';

const run = promisify(execFile);
const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const COPIED = ['src', 'test', 'scripts', 'package.json', 'tsconfig.json', 'vitest.config.ts'];

/** A copy of the project, with which a test may do as it likes. */
let copy: string;
beforeAll(async () => {
  copy = await mkdtemp(join(tmpdir(), 'offloop-without-'));
  for (const name of COPIED) await cp(join(ROOT, name), join(copy, name), { recursive: true });
  await symlink(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
});
afterAll(() => rm(copy, { recursive: true, force: true }));

async function change({ file, from, to }: Change): Promise<void> {
  const path = join(copy, 'src', file);
  const parts = (await readFile(path, 'utf8')).split(from);
  expect(parts.length - 1, `occurrences in ${file} of ${from}`).toBe(1);
  await writeFile(path, parts.join(to));
}

/** A pattern of the names of tests: in a title with a `%s` stands what each of its cases is about. */
function patternOf({ title }: TrapTest): string {
  return title.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll('%s', '.*');
}

/** Runs the tests of a trap against the changed copy. How many of them fail. */
async function failuresOf(tests: readonly TrapTest[]): Promise<number> {
  const report = join(copy, 'report.json');
  const files = [...new Set(tests.map(({ file }) => `test/${file}`))];
  const names = `(${tests.map(patternOf).join('|')})`;
  const args = ['vitest', 'run', ...files, '-t', names, '--reporter=json', `--outputFile=${report}`];
  await rm(report, { force: true });
  // It ends with an error where a test fails, as it should.
  await run('npx', args, { cwd: copy, timeout: 150_000 }).catch(() => undefined);
  const { numFailedTests, testResults } = JSON.parse(await readFile(report, 'utf8'));
  // A file that cannot even be loaded would say nothing of the trap.
  expect(
    testResults.map(({ assertionResults }: never) => assertionResults),
    'tests',
  ).not.toContainEqual([]);
  return numFailedTests;
}

const ways = Object.entries(WITHOUT).flatMap(([trap, list]) =>
  list.map((changes, way) => ({ trap: Number(trap), way: way + 1, changes })),
);

it('every trap is tried', () => {
  expect(Object.keys(WITHOUT)).toEqual(Object.keys(TRAPS));
});

it.each(ways)('trap $trap, way $way: without our handling a test fails', async ({ trap, changes }) => {
  const tests = TRAPS[trap]?.tests ?? [];
  const before = new Map<string, string>();
  for (const { file } of changes) before.set(file, await readFile(join(ROOT, 'src', file), 'utf8'));
  try {
    for (const one of changes) await change(one);
    await rm(join(copy, 'dist'), { recursive: true, force: true });
    await run('npx', ['tsc', '-p', 'tsconfig.json', '--noCheck'], { cwd: copy });
    expect(
      await failuresOf(tests),
      `failures among ${tests.map(({ title }) => title).join('; ')}`,
    ).toBeGreaterThan(0);
  } finally {
    for (const [file, text] of before) await writeFile(join(copy, 'src', file), text);
  }
});
