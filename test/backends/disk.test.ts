import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { ClassicLevel } from 'classic-level';
import { afterAll, describe, expect, it } from 'vitest';
import { describeCacheBackend } from '../../dist/conformance.js';
import { DiskBackend } from '../../dist/index.js';
import { BYTES_OF_OWN_KEY, bytesPerCutKey } from '../support/cut-keys.js';
import { expectProgramOrder } from '../support/random-calls.js';

const ROOT = mkdtempSync(join(tmpdir(), 'offloop-disk-'));
afterAll(() => rmSync(ROOT, { recursive: true, force: true }));

let directories = 0;
const directory = (): string => join(ROOT, `${directories++}`);

const failing = (code: string, message: RegExp) =>
  expect.objectContaining({ name: 'OffloopError', code, message: expect.stringMatching(message) });

describeCacheBackend({
  name: 'DiskBackend',
  create: () => new DiskBackend({ path: directory() }),
  runner: { describe, it },
});

describeCacheBackend({
  name: 'DiskBackend, a view',
  create: () => new DiskBackend({ path: directory() }).withPrefix('view:'),
  runner: { describe, it },
});

it('5000 random operations, not awaited, answer as a Map in program order', {
  timeout: 120_000,
}, async () => {
  await using cache = new DiskBackend({ path: directory() });
  await expectProgramOrder([cache], 5_000);
});

/** Of several pieces, and more than are written in one go. */
const large = (id: number) => ({
  id,
  list: Array.from({ length: 80_000 }, (_, n) => ({ n, name: `name ${n}` })),
});

describe('what is on the disk', () => {
  it('is there again with its ttl, and without what had expired', async () => {
    const path = directory();
    {
      await using cache = new DiskBackend({ path });
      await cache.set('large', large(1));
      await cache.set('large', large(2));
      await cache.set('short', 1, { ttl: 0.05 });
      await cache.set('long', 1, { ttl: 60 });
      await cache.set('gone', 1);
      await cache.delete('gone');
    }
    await sleep(60);
    await using cache = new DiskBackend({ path });
    expect(await cache.size()).toBe(2);
    expect(await cache.get('large')).toEqual(large(2));
    expect(await cache.get('short')).toBeUndefined();
    expect(await cache.ttl('long')).toBeGreaterThan(50);
    expect([await cache.ttl('large'), await cache.ttl('gone')]).toEqual([Infinity, undefined]);
  });

  it('keeps nothing of values that were replaced or removed', async () => {
    const path = directory();
    {
      await using cache = new DiskBackend({ path });
      for (const id of [1, 2, 3]) await cache.set('a', large(id));
      await cache.set('b', large(1));
      await cache.delete('b');
      await cache.withPrefix('a').set('c', 1);
      expect(await cache.withPrefix('a').clear()).toBe(2);
    }
    const level = new ClassicLevel(path);
    expect(await level.keys().all()).toEqual([]);
    await level.close();
  });

  it('is a miss where it was damaged, and never something else', async () => {
    const path = directory();
    {
      await using cache = new DiskBackend({ path });
      await cache.set('k', large(1));
    }
    const level = new ClassicLevel<string, Buffer>(path, { valueEncoding: 'buffer' });
    const pieces = await level.keys({ gte: 'p', lt: 'q' }).all();
    expect(pieces.length).toBeGreaterThan(8);
    const middle = pieces[4] ?? '';
    const bytes = (await level.get(middle)) ?? Buffer.of();
    bytes.writeUInt8((bytes.at(100) ?? 0) ^ 1, 100);
    await level.put(middle, bytes);
    await level.close();
    await using cache = new DiskBackend({ path });
    expect(await cache.get('k')).toBeUndefined();
    await cache.set('k', 2);
    expect(await cache.get('k')).toBe(2);
  });

  it('is a miss where the record of a key was damaged: it would name the value of another key', async () => {
    const path = directory();
    {
      await using cache = new DiskBackend({ path });
      await cache.set('a', 'of a');
      await cache.set('b', 'of b');
    }
    const level = new ClassicLevel<string, Buffer>(path, { valueEncoding: 'buffer' });
    const record = (await level.get('ea')) ?? Buffer.of();
    record.writeUInt8((record.at(1) ?? 0) ^ 3, 1);
    await level.put('ea', record);
    await level.close();
    await using cache = new DiskBackend({ path });
    expect([await cache.get('a'), await cache.get('b')]).toEqual([undefined, 'of b']);
    await cache.set('a', 'later');
    expect([await cache.get('a'), await cache.get('b')]).toEqual(['later', 'of b']);
  });

  it('opens where files of it were damaged, with what is whole', async () => {
    const path = directory();
    const text = (index: number): string => `${index}`.repeat(50);
    {
      await using cache = new DiskBackend({ path });
      for (let index = 0; index < 1_000; index += 1) await cache.set(`k${index}`, text(index));
    }
    for (let start = 0; start < 2; start += 1) {
      await using cache = new DiskBackend({ path });
      await cache.size();
    }
    const table = join(path, readdirSync(path).find((name) => name.endsWith('.ldb')) ?? '');
    const bytes = readFileSync(table);
    bytes.writeUInt8((bytes.at(2_000) ?? 0) ^ 1, 2_000);
    writeFileSync(table, bytes);
    await using cache = new DiskBackend({ path });
    let whole = 0;
    for (let index = 0; index < 1_000; index += 1) {
      const value = await cache.get(`k${index}`);
      if (value !== undefined) expect(value).toBe(text(index));
      if (value !== undefined) whole++;
    }
    expect(whole).toBeGreaterThan(800);
    expect(whole).toBeLessThan(1_000);
  });

  it('is written again after the system has refused a write', async () => {
    const path = directory();
    await using cache = new DiskBackend({ path, maxBytes: 3_000_000 });
    await cache.set('k', 1);
    rmSync(path, { recursive: true });
    let failed = 0;
    // The log is a table, which cannot be made, when it has 16 MB.
    for (let index = 0; index < 250; index += 1)
      await cache.set(`k${index % 20}`, Buffer.alloc(100_000, index)).catch(() => failed++);
    expect(failed).toBe(1);
    expect(await cache.get('k9')).toEqual(Buffer.alloc(100_000, 249));
  });

  it('belongs to one backend at a time: ERR_DISK, and it can be used when the other has closed', async () => {
    const path = directory();
    await using first = new DiskBackend({ path });
    await first.set('k', 1);
    await using second = new DiskBackend({ path });
    await expect(second.get('k')).rejects.toEqual(failing('ERR_DISK', /another backend, has it open/));
    await first.close();
    expect(await second.get('k')).toBe(1);
  });

  it('that cannot be opened is ERR_DISK, which names the directory', async () => {
    const path = directory();
    writeFileSync(path, 'a file');
    await using cache = new DiskBackend({ path });
    const error = failing('ERR_DISK', new RegExp(`cannot open "${path}": E[A-Z]+$`));
    await expect(cache.get('k')).rejects.toEqual(error);
  });
});

describe('bounds', () => {
  it('the least recently used make room within maxBytes, also after a restart', async () => {
    const path = directory();
    {
      await using cache = new DiskBackend({ path, maxBytes: 1_000_000 });
      for (let index = 0; index < 9; index += 1) await cache.set(`k${index}`, Buffer.alloc(100_000));
      await cache.get('k0');
      for (let index = 9; index < 12; index += 1) {
        await cache.set(`k${index}`, Buffer.alloc(100_000));
        expect(await cache.bytes()).toBeLessThanOrEqual(1_000_000);
      }
      expect(await cache.exists('k0')).toBe(true);
      expect(await cache.exists('k1')).toBe(false);
      expect(await cache.size()).toBe(9);
      await expect(cache.set('k0', Buffer.alloc(1_000_000))).rejects.toEqual(
        failing('ERR_VALUE_TOO_LARGE', /"k0" needs 10\d{5} bytes, over maxBytes of 1000000/),
      );
      expect(await cache.exists('k0')).toBe(true);
    }
    await using smaller = new DiskBackend({ path, maxBytes: 500_000 });
    await smaller.set('new', 1);
    expect(await smaller.bytes()).toBeLessThanOrEqual(500_000);
    expect(await smaller.exists('new')).toBe(true);
  });

  it('expired entries make room before live ones, within maxEntries', async () => {
    await using cache = new DiskBackend({ path: directory(), maxEntries: 3 });
    await cache.set('live', 1);
    await cache.set('b', 1, { ttl: 0.02 });
    await cache.set('c', 1, { ttl: 0.02 });
    await sleep(40);
    await cache.set('d', 1);
    expect(await cache.exists('live')).toBe(true);
    expect(await cache.size()).toBe(2);
  });

  it('many sets at once that evict each other all settle', async () => {
    await using cache = new DiskBackend({ path: directory(), maxBytes: 300_000 });
    const keys = Array.from({ length: 200 }, (_, index) => `k${index % 20}`);
    await Promise.all(keys.map((key) => cache.set(key, Buffer.alloc(90_000))));
    expect(await cache.bytes()).toBeLessThanOrEqual(300_000);
    expect(await cache.size()).toBe(3);
  });
});

it('without its package every call is ERR_MISSING_PACKAGE, and says what to install', async () => {
  const hook = `export async function resolve(name, context, next) {
    if (name === 'classic-level') throw new Error('it is not here');
    return next(name, context);
  }`;
  const program = `
    import { register } from 'node:module';
    register('data:text/javascript,' + encodeURIComponent(${JSON.stringify(hook)}));
    const { DiskBackend } = await import('${new URL('../../dist/index.js', import.meta.url).href}');
    const cache = new DiskBackend({ path: ${JSON.stringify(directory())} });
    for (const call of [() => cache.get('k'), () => cache.set('k', 1)])
      await call().catch((error) => console.log(error.code, error.message));
    await cache.close();`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
  });
  await once(child, 'close');
  expect(output.match(/^ERR_MISSING_PACKAGE .*npm install classic-level$/gm)).toHaveLength(2);
});

it('options out of bounds are ERR_OPTION', () => {
  const make = (options: object | undefined) => () => new DiskBackend(options as never);
  expect(make(undefined)).toThrow(
    failing('ERR_OPTION', /^DiskBackend: options must be an object, received undefined$/),
  );
  expect(make({})).toThrow(failing('ERR_OPTION', /path must be a non-empty string/));
  expect(make({ path: '' })).toThrow(failing('ERR_OPTION', /an empty string/));
  expect(make({ path: 'p', maxBytes: 0 })).toThrow(failing('ERR_OPTION', /maxBytes must be an integer/));
  expect(make({ path: 'p', max: 1 })).toThrow(failing('ERR_OPTION', /unknown option "max"/));
});

it('a call that takes no options refuses what it is given, and does nothing', async () => {
  await using cache = new DiskBackend({ path: directory() });
  await cache.set('k', 1);
  for (const call of ['get', 'delete', 'exists', 'ttl'] as const)
    await expect(Reflect.apply(cache[call], cache, ['k', { signal: 1 }])).rejects.toEqual(
      failing('ERR_OPTION', new RegExp(`^${call} takes no options, received an object$`)),
    );
  await expect(Reflect.apply(cache.clear, cache, [{}])).rejects.toEqual(
    failing('ERR_OPTION', /^clear takes no options, received an object$/),
  );
  expect(await cache.get('k')).toBe(1);
});

const KILLS = Number(process.env.TEST_KILLS ?? 20);

it(`survives SIGKILL in mid-write ${KILLS} times: no value torn, none lost that was acknowledged`, {
  timeout: 20_000 + KILLS * 3_000,
}, async () => {
  const path = directory();
  const program = fileURLToPath(new URL('../support/fixtures/disk-writer.mjs', import.meta.url));
  const called = new Map<string, number>();
  const acknowledged = new Map<string, number>();
  let version = 0;
  let inMidWrite = 0;
  for (let kill = 0; kill < KILLS; kill += 1) {
    const child = spawn(process.execPath, [program, JSON.stringify({ path, first: version })], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    const wanted = 1 + Math.floor(Math.random() * 20);
    const begun = new Promise<void>((resolve) => {
      child.stdout.on('data', (chunk) => {
        output += chunk;
        if (output.split(' acknowledged').length > wanted) resolve();
      });
    });
    await begun;
    await sleep(Math.random() * 20);
    child.kill('SIGKILL');
    await once(child, 'close');
    for (const line of output.split('\n').slice(0, -1)) {
      const [key = '', number, what] = line.split(' ');
      version = Math.max(version, Number(number));
      (what === 'called' ? called : acknowledged).set(key, Number(number));
    }
    await using cache = new DiskBackend({ path });
    for (const [key, least] of acknowledged) {
      const most = called.get(key) ?? 0;
      if (most > least) inMidWrite++;
      const value = await cache.get<{ mine: number; bytes: Buffer; text: string }>(key);
      expect(value?.mine, key).toBeGreaterThanOrEqual(least);
      expect(value?.mine, key).toBeLessThanOrEqual(most);
      const { mine = 0, bytes, text } = value ?? {};
      expect(bytes?.every((byte) => byte === (mine & 0xff))).toBe(true);
      expect(text === `${mine % 10}`.repeat(text?.length ?? 0)).toBe(true);
    }
  }
  expect(inMidWrite).toBeGreaterThan(KILLS / 2);
});

it('a key that is cut out of a long text does not keep that, neither when it is set nor when it is used', async () => {
  await using cache = new DiskBackend({ path: directory() });
  expect(await bytesPerCutKey((key) => cache.set(key, 1))).toBeLessThan(BYTES_OF_OWN_KEY);
  expect(await bytesPerCutKey((key) => cache.get(key))).toBeLessThan(BYTES_OF_OWN_KEY);
  expect(await cache.size()).toBe(41);
});
