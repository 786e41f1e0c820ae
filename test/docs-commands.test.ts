import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createProgram } from '../dist/cli/program.js';
import { startRedis } from './support/redis-server.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const CLI = join(root, 'dist/cli/main.js');
const PAGES = [
  'README.md',
  'CONTRIBUTING.md',
  ...readdirSync(join(root, 'docs')).map((name) => `docs/${name}`),
];
/** As little as a run can be: later flags win over those of the page. */
const BRIEFLY = [
  '--quick',
  '--rounds',
  '1',
  '--duration',
  '10ms',
  '--clear-keys',
  '1000',
  '--sizes',
  '1KB,32KB',
];
/** What it takes to run only one of ours and one of the others. */
const TWO_PEERS = ['--peers', 'offloop,ioredis-json'];

interface Command {
  readonly page: string;
  readonly text: string;
  readonly words: readonly string[];
}

let server: Awaited<ReturnType<typeof startRedis>>;
let folder: string;

beforeAll(async () => {
  server = await startRedis();
  folder = mkdtempSync(join(tmpdir(), 'offloop-docs-'));
  // What the pages' commands name.
  mkdirSync(join(folder, 'node_modules/emoji-datasource'), { recursive: true });
  const sample = JSON.stringify(Array.from({ length: 50 }, (_, id) => ({ id, name: `name ${id}` })));
  for (const name of ['payload.json', 'package-lock.json', 'node_modules/emoji-datasource/emoji.json']) {
    writeFileSync(join(folder, name), sample);
  }
});

afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Every command that a page shows: lines of its code blocks, and what stands between backticks. */
function commandsOf(page: string): Command[] {
  const text = readFileSync(join(root, page), 'utf8');
  const blocks = [...text.matchAll(/^```\w*\n([\s\S]*?)^```/gm)].flatMap(([, block = '']) =>
    block.split('\n'),
  );
  const spans = [...text.replaceAll(/^```[\s\S]*?^```/gm, '').matchAll(/`([^`]+)`/g)].map(
    ([, span = '']) => span,
  );
  return [...blocks, ...spans]
    .flatMap((line) => line.replaceAll('\n', ' ').split('&&'))
    .map((line) => line.trim())
    .filter((line) => /^(?:npx offloop|offloop|npm run) \S/.test(line) && !line.includes('<'))
    .map((line) => ({ page, text: line, words: wordsOf(line) }));
}

/** As a shell splits a line; what follows a # is a comment. */
function wordsOf(line: string): string[] {
  return [...line.replace(/\s#\s.*$/, '').matchAll(/'([^']*)'|(\S+)/g)].map(
    ([, quoted, bare]) => quoted ?? bare ?? '',
  );
}

const commands = PAGES.flatMap(commandsOf);
const ofNpm = commands.filter(({ words }) => words[0] === 'npm');
/** What goes to the command line, however it is called. */
const ofOurs = commands.flatMap(({ page, text, words }) => {
  if (words[0] !== 'npm') return [{ page, text, args: words.slice(words.indexOf('offloop') + 1) }];
  return words[2] === 'bench' ? [{ page, text, args: ['bench', ...words.slice(4)] }] : [];
});

test('the pages show commands', () => {
  expect(ofNpm.length).toBeGreaterThan(5);
  expect(ofOurs.length).toBeGreaterThan(10);
});

test.each(ofNpm)('$page: $text is a script', ({ words }) => {
  const { scripts }: { scripts: object } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  expect(Object.keys(scripts)).toContain(words[2]);
});

test.each(ofOurs)('$page: $text has a command and flags that exist', async ({ args }) => {
  const signal = new AbortController().signal;
  const program = createProgram({ signal, commandLine: '', end: () => undefined });
  let ran = 0;
  for (const command of program.commands) {
    command.action(() => {
      ran += 1;
    });
  }
  await program.parseAsync(args, { from: 'user' });
  expect(ran).toBe(1);
});

test('those that measure run', async () => {
  // A busy service takes its minutes however brief the rounds are.
  const distinct = new Map(
    ofOurs
      .filter(({ args }) => args[0] === 'bench' && !args.includes('busy'))
      .map(({ args }) => [args.join(' '), args]),
  );
  expect(distinct.size).toBeGreaterThan(5);
  // What a page compares with was written by an earlier command.
  await run(['bench', '--scenarios', 'get', '--output', 'yesterday.json']);
  const queue = [...distinct.values()];
  const worker = async (): Promise<void> => {
    for (let args = queue.shift(); args; args = queue.shift()) await run(args);
  };
  await Promise.all([worker(), worker()]);
}, 120_000);

async function run(args: readonly string[]): Promise<void> {
  const peers = args.includes('--peers') ? [] : TWO_PEERS;
  const given = args.filter((word) => word !== '--spawn');
  const ended = promisify(execFile)(process.execPath, [CLI, ...given, ...BRIEFLY, ...peers], {
    cwd: folder,
    env: { ...process.env, OFFLOOP_URL: server.url },
    maxBuffer: 64 * 1024 * 1024,
  });
  const code = await ended.then(
    () => 0,
    (error: { code: number; stderr: string }) => {
      // A condition that is true in so short a run is no failure of the command.
      if (error.code !== 1 || !args.includes('--fail-if'))
        throw new Error(`${args.join(' ')}: ${error.stderr}`);
      return error.code;
    },
  );
  expect([0, 1]).toContain(code);
}
