import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { connectIoredis } from '../../dist/bench/peers/ioredis-client.js';
import { sampleRedis } from '../../dist/bench/redis-sample.js';
import { RedisBackend } from '../../dist/index.js';
import { startCluster } from '../support/cluster.js';
import { startRedis } from '../support/redis-server.js';
import { type CliRun, runCli } from '../support/run-cli.js';

const CANARY = 'c4nary-s3cret';

let server: Awaited<ReturnType<typeof startRedis>>;
let folder: string;
let cache: RedisBackend;

beforeAll(async () => {
  server = await startRedis();
  folder = mkdtempSync(join(tmpdir(), 'offloop-cli-'));
  cache = new RedisBackend({ url: server.url, keyPrefix: 'cli:' });
});

afterAll(async () => {
  await cache.close();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

function offloop(...args: string[]): Promise<CliRun> {
  return runCli(args, { OFFLOOP_URL: server.url });
}

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

function aSample(): string {
  return file('a.json', '[1,2,3]');
}

function emptyFolder(): string {
  const path = join(folder, 'nothing');
  mkdirSync(path, { recursive: true });
  return path;
}

describe('wrong input ends with a code and one line, without a stack or a secret', () => {
  const unreachable = `redis://:${CANARY}@127.0.0.1:1/0`;
  const cases: readonly (readonly [string, () => string[], number, RegExp])[] = [
    ['an unknown command', () => ['frobnicate'], 2, /unknown command/],
    ['an unknown flag', () => ['bench', '--frob'], 2, /unknown option/],
    ['a missing argument', () => ['inspect'], 2, /missing required argument/],
    ['an unknown scenario', () => ['bench', '--scenarios', 'frob'], 2, /--scenarios takes/],
    ['a size that is none', () => ['bench', '--sizes', '12parsecs'], 2, /a size must be/],
    ['a duration that is none', () => ['bench', '--duration', 'soon'], 2, /--duration must be a time/],
    ['a condition that is none', () => ['bench', '--fail-if', 'fast'], 2, /a threshold reads like/],
    [
      'a baseline that is not there',
      () => ['bench', '--baseline', join(folder, 'no.json')],
      2,
      /cannot be read/,
    ],
    ['a baseline that is no report', () => ['bench', '--baseline', file('b.json', '{}')], 2, /no report/],
    [
      'a file that cannot be written',
      () => ['bench', '--output', join(folder, 'no', 'such.json')],
      2,
      /cannot be written/,
    ],
    ['no sample', () => ['tune'], 2, /needs either/],
    ['a sample that is not there', () => ['tune', '--sample', join(folder, 'no.json')], 2, /cannot be read/],
    [
      'a sample that is not JSON',
      () => ['tune', '--sample', file('bad.json', `{"${CANARY}`)],
      2,
      /is not JSON/,
    ],
    ['an empty sample', () => ['tune', '--sample', file('empty.ndjson', '\n')], 2, /holds no value/],
    ['a rate that is none', () => ['tune', '--sample', 'x', '--reads', 'many'], 2, /--reads must be a rate/],
    [
      'a pattern that nothing matches',
      () => ['tune', '--sample-redis', 'no-such:*'],
      2,
      /no string key matches/,
    ],
    ['a key that is not there', () => ['inspect', 'cli:nothing'], 2, /no value is stored/],
    ['a clear of everything', () => ['clear', ''], 2, /needs a prefix/],
    ['an interval that is none', () => ['tune', '--sample', 'x', '--rtt', 'soon'], 2, /--rtt must be a time/],
    [
      'an objective that is none',
      () => ['tune', '--sample', aSample(), '--objective', 'joy'],
      2,
      /--objective/,
    ],
    [
      'a codec that is none',
      () => ['bench', '--codecs', 'frob', '--scenarios', 'get', '--sizes', '1KB', '--quick'],
      2,
      /codec/,
    ],
    ['a sample that is an empty file', () => ['tune', '--sample', file('empty.json', '')], 2, /is empty/],
    ['a sample that is an empty folder', () => ['tune', '--sample', emptyFolder()], 2, /holds no value/],
    [
      'a module that throws',
      () => ['tune', '--sample', file('throws.mjs', `throw new Error('${CANARY}')`)],
      2,
      /its default export failed/,
    ],
    [
      'a config that cannot be written',
      () => ['tune', '--sample', aSample(), '--out', '/proc/offloop.config.json'],
      2,
      /cannot be written/,
    ],
    [
      'a report that cannot be written',
      () => ['tune', '--sample', aSample(), '--report', join(folder, 'no', 'such.html')],
      2,
      /cannot be written/,
    ],
    ['a report in the place of a folder', () => ['bench', '--report', folder], 2, /cannot be written/],
    [
      'no process at all',
      () => ['doctor', '--processes', '0'],
      2,
      /--processes takes a whole number from 1 on; received 0 /,
    ],
    [
      'less than none',
      () => ['doctor', '--processes', '-1'],
      2,
      /--processes takes a whole number from 1 on; received -1 /,
    ],
    [
      'one and a half',
      () => ['doctor', '--processes', '1.5'],
      2,
      /--processes takes a whole number from 1 on; received 1\.5 /,
    ],
    ['a preview that is none', () => ['inspect', 'cli:x', '--preview', 'all'], 2, /--preview takes/],
    [
      'a config that is not JSON',
      () => ['inspect', 'cli:x', '--config', file('c.json', `{${CANARY}`)],
      2,
      /is not (valid )?JSON/,
    ],
    [
      'a server that is not there, for tune',
      () => ['tune', '--sample', aSample(), '--url', unreachable],
      3,
      /--spawn/,
    ],
    [
      'a server that is not there, for inspect',
      () => ['inspect', 'x', '--url', unreachable],
      3,
      /--url or OFFLOOP_URL$/m,
    ],
    [
      'a server that is not there, for clear',
      () => ['clear', 'x', '--yes', '--url', unreachable],
      3,
      /--url/,
    ],
    ['a server that is not there', () => ['doctor', '--url', unreachable], 3, /--url or OFFLOOP_URL$/m],
    ['a server that is not there, for bench', () => ['bench', '--url', unreachable], 3, /redis-server/],
    ['a URL that is none', () => ['doctor', '--url', `http://u:${CANARY}@x`], 2, /ERR_URL/],
    [
      'a config that is not there',
      () => ['doctor', '--config', join(folder, 'no.json')],
      2,
      /cannot be read/,
    ],
  ];

  test.each(cases)('%s', async (_, args, code, message) => {
    const ended = await offloop(...args());
    expect(ended.err).toMatch(message);
    expect(ended.code).toBe(code);
    expect(ended.err.trim().split('\n')).toHaveLength(1);
    expect(ended.err + ended.out).not.toContain(CANARY);
    expect(ended.err).not.toMatch(/^\s+at /m);
  });
});

test('a wrong password, and a user without rights, are told as such', async () => {
  const locked = await startRedis({
    password: CANARY,
    args: ['--user', 'reader', 'on', '>reader-pass', '~*', '+get', '+exists', '+select', '+ping'],
  });
  const commands = [
    ['bench'],
    ['tune', '--sample', aSample()],
    ['inspect', 'x'],
    ['clear', 'x', '--yes'],
    ['doctor'],
  ];
  try {
    const url = new URL(locked.url);
    url.password = 'wrong-pass';
    const refused = await Promise.all(commands.map((command) => offloop(...command, '--url', url.href)));
    for (const ended of refused) {
      expect(ended).toMatchObject({ code: 3, err: expect.stringMatching(/ERR_AUTH/) });
    }
    url.username = 'reader';
    url.password = 'reader-pass';
    const forbidden = await Promise.all(
      commands
        .filter(([name]) => name !== 'inspect' && name !== 'doctor')
        .map((command) => offloop(...command, '--url', url.href)),
    );
    for (const ended of forbidden) {
      expect(ended).toMatchObject({ code: 3, err: expect.stringMatching(/ERR_PERMISSION/) });
    }
    for (const { err, out } of [...refused, ...forbidden]) {
      expect(err.trim().split('\n')).toHaveLength(1);
      expect(err + out).not.toMatch(/wrong-pass|reader-pass|c4nary/);
    }
  } finally {
    await locked.stop();
  }
});

test('a sample from Redis is read by commands that only read', async () => {
  const own = await startRedis();
  const source = new RedisBackend({ url: own.url, keyPrefix: 'seen:' });
  const monitor = await connectIoredis({ url: own.url });
  try {
    for (let index = 0; index < 10; index += 1) {
      await source.set(
        `${index}`,
        Array.from({ length: 20 * (index + 1) }, (_, id) => ({ id, name: `n${id}` })),
      );
    }
    await monitor.set('seen:foreign', JSON.stringify({ from: 'elsewhere' }));
    const watching = await monitor.monitor();
    const commands: string[] = [];
    watching.on('monitor', (_: string, [name = '']: string[]) => commands.push(name.toLowerCase()));
    // Of a prefix that the environment asks for it knows nothing: the pattern is of whole keys.
    vi.stubEnv('OFFLOOP_KEY_PREFIX', 'other:');
    const sample = await sampleRedis({ url: own.url, pattern: 'seen:*' });
    watching.disconnect();
    expect(sample.values.filter(({ value }) => Array.isArray(value))).toHaveLength(10);
    expect(sample.values.map(({ value }) => value)).toContainEqual({ from: 'elsewhere' });
    expect(sample.values).toHaveLength(11);
    const allowed = [
      'info',
      'select',
      'hello',
      'client',
      'auth',
      'exists',
      'scan',
      'strlen',
      'getrange',
      'get',
    ];
    expect(commands.length).toBeGreaterThan(10);
    for (const name of commands) expect(allowed).toContain(name);
  } finally {
    vi.unstubAllEnvs();
    monitor.disconnect();
    await source.close();
    await own.stop();
  }
});

test('help names every command, and the version is the package’s', async () => {
  const help = await offloop('--help');
  expect(help.code).toBe(0);
  for (const name of ['bench', 'tune', 'inspect', 'clear', 'doctor']) expect(help.out).toContain(name);
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  expect((await offloop('--version')).out.trim()).toBe(version);
});

test('inspect tells the frame, and the value only when asked', async () => {
  await cache.set(
    'large',
    Array.from({ length: 30_000 }, (_, id) => ({ id, text: `row ${id} ${CANARY}` })),
    { ttl: 60 },
  );
  const plain = await offloop('inspect', 'cli:large', '--json');
  const facts = JSON.parse(plain.out);
  expect(facts).toMatchObject({ codec: 'columns', compression: 'none', complete: true });
  expect(facts.segments).toBeGreaterThan(1);
  expect(plain.out).not.toContain(CANARY);
  const shown = await offloop('inspect', 'cli:large', '--preview', '100', '--verify', '--json');
  expect(JSON.parse(shown.out)).toMatchObject({ verified: 'yes' });
  expect(JSON.parse(shown.out).preview.length).toBeLessThanOrEqual(101);
  const raw = new Redis(server.url);
  await raw.setrange('cli:large', 70_000, 'damage');
  raw.disconnect();
  const damaged = await offloop('inspect', 'cli:large', '--preview', '--verify', '--json');
  expect(damaged.code).toBe(1);
  expect(JSON.parse(damaged.out).verified).toMatch(/^NO: .*checksum/);
  const unseen = await offloop('inspect', 'cli:large', '--preview', '--json');
  expect(unseen.code, 'what cannot be shown is not left out in silence').toBe(1);
  expect(JSON.parse(unseen.out).verified).toMatch(/^NO: .*checksum/);
});

test('inspect tells the frame of a sound value whose codec is not registered, and that it is not', async () => {
  const module = new URL('../support/fixtures/plain-codec.mjs', import.meta.url);
  await using own = new RedisBackend({
    url: server.url,
    keyPrefix: 'cli:',
    codec: 'own',
    codecs: [{ name: 'own', id: 99, module }],
  });
  await own.set('own', { a: CANARY });
  const { code, out } = await offloop('inspect', 'cli:own', '--json');
  expect([code, JSON.parse(out)]).toMatchObject([
    0,
    {
      frame: 'version 1',
      codec: 'id 99, not registered here',
      compression: 'none',
      complete: true,
      segments: 0,
    },
  ]);
  const verified = await offloop('inspect', 'cli:own', '--verify', '--json');
  expect(verified.code).toBe(1);
  expect(JSON.parse(verified.out)).toMatchObject({
    codec: 'id 99, not registered here',
    verified: expect.stringMatching(/^NO: .*codec 99, which is not registered here/),
  });
});

test('clear says what it would do, refuses without a terminal, and removes its prefix alone', async () => {
  for (let index = 0; index < 25; index += 1) await cache.set(`gone:${index}`, index);
  await cache.set('stays', 1);
  const dry = await offloop('clear', 'cli:gone:', '--dry-run', '--json');
  expect(JSON.parse(dry.out)).toMatchObject({ keys: 25, removed: 0 });
  expect((await offloop('clear', 'cli:gone:')).code).toBe(2);
  expect(await cache.exists('gone:0')).toBe(true);
  const cleared = await offloop('clear', 'cli:gone:', '--yes', '--json');
  expect(JSON.parse(cleared.out)).toMatchObject({ removed: 25 });
  expect(await cache.exists('stays')).toBe(true);
});

test('doctor checks a real server', async () => {
  const { code, out } = await offloop('doctor', '--json');
  const findings: { level: string; about: string }[] = JSON.parse(out);
  expect(findings.map(({ about }) => about)).toContain('maxmemory-policy');
  expect(code).toBe(findings.some(({ level }) => level === 'problem') ? 1 : 0);
});

test('doctor knows the password of a cluster, asks every master, and names those that differ', async () => {
  const cluster = await startCluster({ password: CANARY });
  const config = join(folder, 'cluster.json');
  const settings = { url: `redis://:${CANARY}@-`, cluster: { nodes: cluster.startNodes } };
  writeFileSync(config, JSON.stringify(settings));
  for (const node of cluster.nodes.slice(0, 2)) await node.call('CONFIG', 'SET', 'maxmemory', '100mb');
  await cluster.nodes[1]?.call('CONFIG', 'SET', 'maxmemory-policy', 'allkeys-lru');
  const { out } = await offloop('doctor', '--json', '--config', config);
  const text = await offloop('doctor', '--config', config);
  await cluster.stop();
  const findings: { level: string; about: string; found: string; nodes?: string[] }[] = JSON.parse(out);
  const found = Object.fromEntries(findings.map((finding) => [finding.about, finding.found]));
  expect(found).toMatchObject({ password: 'given', TLS: 'off, on this machine' });
  const told = (about: string) => {
    const those = findings.filter((finding) => finding.about === about);
    return Object.fromEntries(those.map(({ level, nodes }) => [level, nodes?.sort()]));
  };
  const [first = '', second = '', third = ''] = cluster.nodes.map(({ host, port }) => `${host}:${port}`);
  expect(told('maxmemory')).toEqual({ ok: [first, second].sort(), warning: [third] });
  expect(told('maxmemory-policy')).toEqual({ ok: [second], warning: [first, third].sort() });
  expect(told('server'), 'what is the same is told once').toEqual({ ok: undefined });
  expect(text.out).toContain(`maxmemory (${third}): no limit`);
}, 60_000);

test('bench writes a report, fails on a threshold, compares with it', async () => {
  const output = join(folder, 'report.json');
  const flags = [
    '--scenarios',
    'get,codecs',
    '--sizes',
    '16KB',
    '--peers',
    'offloop,ioredis-json',
    '--rounds',
    '2',
    '--duration',
    '20ms',
    '--quick',
  ];
  const first = await offloop(
    'bench',
    ...flags,
    '--output',
    output,
    '--fail-if',
    'get.16KB.latency.p50 > 0.0001ms',
  );
  expect(first.err).not.toMatch(/offloop:/);
  expect(first.code).toBe(1);
  const report = JSON.parse(readFileSync(output, 'utf8'));
  expect(report.results.map(({ scenario }: { scenario: string }) => scenario)).toEqual(['get', 'codecs']);
  expect(report.results[0].rows[0].figures.throughput.median).toBeGreaterThan(0);
  const second = await offloop('bench', ...flags, '--baseline', output, '--json');
  expect(JSON.parse(second.out).comparison.differences.length).toBeGreaterThan(5);
  const other = await offloop(
    'bench',
    '--scenarios',
    'codecs',
    '--sizes',
    '1KB',
    '--quick',
    '--baseline',
    output,
  );
  expect(other.out).toContain('sizes was 16 KB and is 1 KB');
  expect(other.out).toMatch(/not compared: get, 16 KB of records, 4 callers: not in this run/);
  expect(other.out).toContain('the two runs have no figure in common');
}, 60_000);

test('tune recommends settings that fromConfig loads, and does not change its sample', async () => {
  const text = JSON.stringify(
    Array.from({ length: 400 }, (_, id) => ({ id, name: `name ${id}`, score: id / 7 })),
  );
  const sample = file('sample.json', text);
  const out = join(folder, 'offloop.config.json');
  const ended = await offloop(
    'tune',
    '--sample',
    sample,
    '--objective',
    'memory',
    '--pace',
    '0.1',
    '--out',
    out,
    '--json',
  );
  expect(ended.code).toBe(0);
  const { tuning } = JSON.parse(ended.out);
  const sizes: number[] = tuning.trials.map((trial: { score: { mean: number } }) => trial.score.mean);
  expect(tuning.choice.score.mean).toBeLessThanOrEqual(1.07 * Math.min(...sizes));
  expect(readFileSync(sample, 'utf8')).toBe(text);
  const loaded = RedisBackend.fromConfig(out, { url: server.url, keyPrefix: 'tuned:' });
  await loaded.set('a', { b: 1 });
  expect(await loaded.get('a')).toEqual({ b: 1 });
  await loaded.close();
}, 120_000);

test('inspect tells who sealed a value without the key, and needs the key for the value', async () => {
  const key = Buffer.alloc(32, 7).toString('hex');
  const sealed = new RedisBackend({
    url: server.url,
    keyPrefix: 'cli:',
    encryption: { keys: { 'spring-2026': key } },
  });
  for (const [name, value] of [
    ['sealed', CANARY],
    ['sealed-large', Array.from({ length: 30_000 }, (_, id) => ({ id, text: `row ${id} ${CANARY}` }))],
  ] as const) {
    await sealed.set(name, value);
    const { code, out } = await offloop('inspect', `cli:${name}`, '--verify', '--json');
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      frame: 'version 2',
      sealed: 'encrypted, key id spring-2026',
      complete: true,
      verified: expect.stringMatching(/^NO: .* sealed by the key 'spring-2026'/),
    });
    expect(out).not.toContain(key);
    expect(out).not.toContain(CANARY);
  }
  await sealed.close();
});
