import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { RedisBackend, type RedisBackendOptions } from '../../dist/index.js';
import { thrownBy } from '../support/error-code.js';
import { recordsOf } from '../support/records.js';
import { type RunningRedis, startRedis } from '../support/redis-server.js';

const SECRET = randomBytes(32);
const NEXT = randomBytes(32);
const ENCRYPTION = { keys: { old: SECRET } };
const LARGE = recordsOf(1_500_000);
const MAP_MODULE = new URL('../support/fixtures/map-functions.mjs', import.meta.url);

let server: RunningRedis;
let raw: Redis;
beforeAll(async () => {
  server = await startRedis();
  raw = new Redis(server.url);
});
afterAll(async () => {
  raw.disconnect();
  await server.stop();
});

function open(options: RedisBackendOptions): RedisBackend {
  return new RedisBackend({ url: server.url, onCorrupt: 'throw', ...options });
}

async function codeOf(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    () => 'nothing thrown',
    (error: { code?: unknown }) => error.code,
  );
}

describe.each([
  ['encryption', { encryption: ENCRYPTION }],
  ['integrity', { integrity: ENCRYPTION }],
  ['encryption with gzip', { encryption: ENCRYPTION, compression: 'gzip' }],
  ['encryption on main alone', { encryption: ENCRYPTION, offload: 'never' }],
  ['encryption, all by workers', { encryption: ENCRYPTION, offload: 'always' }],
  ['encryption of JSON', { encryption: ENCRYPTION, codec: 'json' }],
] as const)('with %s', (name, options) => {
  const keyPrefix = `${name}:`;

  it('every way of reading gives what every way of writing stored', async () => {
    await using cache = open({ ...options, keyPrefix });
    await cache.set('small', { canary: 'canary text' });
    await cache.set('large', LARGE);
    const bytes = randomBytes(700_000);
    await cache.setBytes('bytes', bytes, { contentType: 'application/octet-stream' });
    await cache.setStream('stream', [bytes.subarray(0, 300_000), bytes.subarray(300_000)]);
    await cache.setMany([{ key: 'many', value: 'canary text'.repeat(20) }]);
    expect(await cache.getMany(['small', 'large', 'many'])).toEqual([
      { canary: 'canary text' },
      LARGE,
      'canary text'.repeat(20),
    ]);
    expect(await cache.get('large')).toEqual(LARGE);
    expect(await cache.get('large', { select: [10, 'name'] })).toBe((LARGE[10] as { name: string }).name);
    expect(await cache.get('large', { select: [], slice: [5, 8] })).toEqual(LARGE.slice(5, 8));
    expect(await cache.get('small', { select: ['canary'] })).toBe('canary text');
    expect(bytes.equals((await cache.get('stream')) as Buffer)).toBe(true);
    for (const key of ['small', 'large'] as const) {
      const value = key === 'large' ? LARGE : { canary: 'canary text' };
      const handle = await cache.open(key);
      expect(await handle?.value()).toEqual(value);
      expect(JSON.parse(String(await handle?.json()))).toEqual(value);
      expect(JSON.parse((await handle?.text()) ?? '')).toEqual(value);
      expect(await handle?.at(key === 'large' ? [3] : ['canary'])).toEqual(
        key === 'large' ? LARGE[3] : 'canary text',
      );
    }
    const handle = await cache.open('bytes');
    expect(handle?.contentType).toBe('application/octet-stream');
    const chunks: Uint8Array[] = [];
    for await (const chunk of handle?.stream() ?? []) chunks.push(chunk);
    expect(bytes.equals(Buffer.concat(chunks))).toBe(true);
    for (const key of await raw.keys(`${keyPrefix}*`)) {
      const stored = await raw.getBuffer(key);
      expect(stored?.[3], 'the version of the frame').toBe(2);
      if ('encryption' in options) expect(stored?.includes('canary')).toBe(false);
    }
  });

  it('a value that was copied to another key does not verify, small or large, by any way of reading', async () => {
    await using cache = open({ ...options, keyPrefix });
    await cache.set('small', { a: 1 });
    await cache.set('large', LARGE);
    for (const key of ['small', 'large']) {
      await raw.copy(`${keyPrefix}${key}`, `${keyPrefix}copy`, 'REPLACE');
      expect(await codeOf(cache.get('copy'))).toBe('ERR_INTEGRITY');
      expect(await codeOf(cache.get('copy', { select: [0] }))).toBe('ERR_INTEGRITY');
      expect(await codeOf(cache.map('copy', MAP_MODULE, 'nothing'))).toBe('ERR_INTEGRITY');
      const handle = cache.open('copy').then(async (value) => value?.bytes());
      expect(await codeOf(handle)).toBe('ERR_INTEGRITY');
    }
  });

  it('plain values are refused, unless that is allowed', async () => {
    await using plain = open({ keyPrefix });
    await plain.set('small', 'plain');
    await plain.set('large', LARGE);
    const [method] = Object.keys(options) as ['encryption' | 'integrity'];
    await using strict = open({ ...options, keyPrefix });
    await using lenient = open({ ...options, [method]: { ...ENCRYPTION, allowPlain: true }, keyPrefix });
    for (const key of ['small', 'large']) {
      expect(await codeOf(strict.get(key))).toBe('ERR_INTEGRITY');
      expect(await codeOf(strict.get(key, { select: [0] }))).toBe('ERR_INTEGRITY');
      expect(await codeOf(strict.open(key))).toBe('ERR_INTEGRITY');
      expect(await codeOf(strict.map(key, MAP_MODULE, 'nothing'))).toBe('ERR_INTEGRITY');
      expect(await lenient.get(key)).toEqual(key === 'small' ? 'plain' : LARGE);
    }
    expect(await codeOf(plain.get('small'))).toBe('nothing thrown');
  });
});

it('what does not verify is a miss, an event and a counter, as any other corrupt value', async () => {
  await using writer = open({ keyPrefix: 'miss:' });
  await writer.set('k', 'plain');
  await using cache = open({ keyPrefix: 'miss:', onCorrupt: 'miss', encryption: ENCRYPTION });
  const codes: string[] = [];
  cache.on('corrupt', ({ error }) => codes.push(error.code));
  expect(await cache.get('k')).toBe(undefined);
  expect(codes).toEqual(['ERR_INTEGRITY']);
  expect(cache.stats()).toMatchObject({ corrupt: 1, misses: 1 });
});

it('keys are changed without a gap: both are read, the current one writes, and the old one goes', async () => {
  await using before = open({ keyPrefix: 'turn:', encryption: ENCRYPTION });
  await before.set('k', LARGE);
  await using both = open({
    keyPrefix: 'turn:',
    encryption: { keys: { old: SECRET, new: NEXT }, current: 'new' },
  });
  expect(await both.get('k')).toEqual(LARGE);
  await both.set('k', 'sealed anew');
  await using after = open({ keyPrefix: 'turn:', encryption: { keys: { new: NEXT.toString('hex') } } });
  expect(await after.get('k')).toBe('sealed anew');
  expect(await codeOf(before.get('k'))).toBe('ERR_KEY_ID');
  await using none = open({ keyPrefix: 'turn:' });
  expect(await codeOf(none.get('k'))).toBe('ERR_KEY_ID');
});

it('segments of two values, cut, swapped or followed by others, are refused by the key where the checksums were mended', async () => {
  await using cache = open({ keyPrefix: 'cut:', encryption: ENCRYPTION, codec: 'graph' });
  await cache.set('k', LARGE);
  const good = (await raw.getBuffer('cut:k')) ?? Buffer.alloc(0);
  for (const bad of [
    good.subarray(0, -1),
    Buffer.concat([good, Buffer.from('x')]),
    Buffer.concat([good, good.subarray(-65_536)]),
    good.subarray(0, good.length - 65_536),
  ]) {
    await raw.set('cut:k', bad);
    expect(await codeOf(cache.get('k'))).toMatch(/ERR_(CORRUPT|INTEGRITY)/);
  }
  await raw.set('cut:k', good);
  expect(await cache.get('k')).toEqual(LARGE);
});

it('views seal for their whole key', async () => {
  await using cache = open({ keyPrefix: 'a:', encryption: ENCRYPTION });
  const view = cache.withPrefix('b:');
  await view.set('c', 1);
  await using whole = open({ encryption: ENCRYPTION });
  expect(await whole.get('a:b:c')).toBe(1);
});

it('keys come from the environment and from a file as well', async () => {
  await using cache = open({
    keyPrefix: 'from:',
    encryption: { keys: { a: NEXT, old: SECRET }, current: 'old' },
  });
  await cache.set('k', 1);
  const directory = await mkdtemp(join(tmpdir(), 'offloop-seal-'));
  onTestFinished(() => rm(directory, { recursive: true }));
  const file = join(directory, 'config.json');
  const config = {
    url: server.url,
    keyPrefix: 'from:',
    encryption: { keys: { old: SECRET.toString('base64') } },
  };
  writeFileSync(file, JSON.stringify(config));
  await using filed = RedisBackend.fromConfig(file);
  expect(await filed.get('k')).toBe(1);
  process.env.OFFLOOP_ENCRYPTION_KEYS = `a:${NEXT.toString('hex')}, old:${SECRET.toString('base64url')}`;
  process.env.OFFLOOP_ENCRYPTION_CURRENT = 'old';
  try {
    await using named = open({ keyPrefix: 'from:' });
    expect(await named.get('k')).toBe(1);
  } finally {
    delete process.env.OFFLOOP_ENCRYPTION_KEYS;
    delete process.env.OFFLOOP_ENCRYPTION_CURRENT;
  }
});

describe('variables that ask for sealing without usable keys are refused: nothing is stored in plain text', () => {
  it.each([
    ['ENCRYPTION', { CURRENT: '2026-01', KEYS: '' }],
    ['ENCRYPTION', { CURRENT: '2026-01' }],
    ['ENCRYPTION', { ALLOW_PLAIN: 'true' }],
    ['ENCRYPTION', { ALLOW_PLAIN: '' }],
    ['ENCRYPTION', { KEYS: '' }],
    ['ENCRYPTION', { KEYS: ' ' }],
    ['ENCRYPTION', { KEYS: ',' }],
    ['ENCRYPTION', { KEYS: `a:${'0'.repeat(64)}`, ALLOW_PLAIN: 'yes' }],
    ['INTEGRITY', { KEYS: '' }],
    ['INTEGRITY', { CURRENT: '2026-01' }],
  ])('%s %j', (method, variables) => {
    for (const [name, text] of Object.entries(variables)) vi.stubEnv(`OFFLOOP_${method}_${name}`, text);
    try {
      const { code, message } = thrownBy(() => new RedisBackend({ url: server.url }));
      expect([code, message.toUpperCase()]).toEqual(['ERR_OPTION', expect.stringContaining(method)]);
    } finally {
      vi.unstubAllEnvs();
    }
  });
});

it.each(['encryption', 'integrity', 'codecs', 'tls', 'redis'])('%s: null is refused', async (name) => {
  const options = { url: server.url, [name]: null } as unknown as RedisBackendOptions;
  expect(thrownBy(() => new RedisBackend(options))).toMatchObject({
    code: 'ERR_OPTION',
    message: expect.stringContaining(name),
  });
});

describe('keys are refused without being told', () => {
  const hex = SECRET.toString('hex');
  it.each([
    ['too short', { keys: { a: hex.slice(2) } }],
    ['too long', { keys: { a: `${hex}00` } }],
    ['a password', { keys: { a: 'correct horse battery staple' } }],
    ['a number', { keys: { a: 8675309 } }],
    ['keys that are a number', { keys: 8675309 }],
    ['a current one that is a number', { keys: { a: hex }, current: 8675309 }],
    ['a number alone', 8675309],
    ['a key as its own name', { keys: { [hex]: hex } }],
    ['no keys', { keys: {} }],
    ['keys that are a key', { keys: hex }],
    ['a current one that is not there', { keys: { a: hex }, current: hex }],
    ['two without a current one', { keys: { a: hex, b: hex } }],
    ['an unknown field', { keys: { a: hex }, key: hex }],
    ['allowPlain that is text', { keys: { a: hex }, allowPlain: hex }],
    ['a key alone', hex],
  ])('%s', (_name, encryption) => {
    const error = thrownBy(() => new RedisBackend({ encryption } as unknown as RedisBackendOptions));
    expect(error).toMatchObject({ code: 'ERR_OPTION', message: expect.stringContaining('encryption') });
    const told = inspect(error, { showHidden: true, depth: 9 });
    expect(told).not.toContain(hex.slice(2, 20));
    expect(told).not.toContain('battery');
    expect(told).not.toContain('8675309');
  });
});
