import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { InMemoryBackend } from '../../dist/backends/memory.js';
import { BYTES_OF_OWN_KEY, bytesPerCutKey } from '../support/cut-keys.js';
import { THROWING } from '../support/unreadable-values.js';

const failing = (code: string, message: string | RegExp = '') =>
  expect.objectContaining({ name: 'OffloopError', code, message: expect.stringMatching(message) });

describe('bounds', () => {
  it('the least recently used entry makes room when maxEntries is reached; get is a use, exists is none', async () => {
    const backend = new InMemoryBackend({ maxEntries: 3 });
    for (const key of ['a', 'b', 'c']) await backend.set(key, key);
    await backend.get('a');
    await backend.exists('b');
    await backend.set('d', 'd');
    expect(backend.size).toBe(3);
    expect(await Promise.all(['a', 'b', 'c', 'd'].map((key) => backend.exists(key)))).toEqual([
      true,
      false,
      true,
      true,
    ]);
  });

  it('keys and values together stay within maxBytes', async () => {
    const backend = new InMemoryBackend({ maxBytes: 16_000 });
    for (let index = 0; index < 100; index += 1) {
      await backend.set(`key ${index}`, Buffer.alloc(900));
      expect(backend.bytes).toBeLessThanOrEqual(16_000);
    }
    expect(backend.size).toBe(10);
    expect(await backend.exists('key 99')).toBe(true);
    const withLongKeys = new InMemoryBackend({ maxBytes: 16_000 });
    for (let index = 0; index < 100; index += 1) await withLongKeys.set(`${index}${'é'.repeat(450)}`, null);
    expect(withLongKeys.size).toBe(10);
  });

  it('bytes follows overwriting, deleting and clearing', async () => {
    const backend = new InMemoryBackend();
    await backend.set('k', Buffer.alloc(1000));
    expect(backend.bytes).toBeGreaterThan(1600);
    await backend.set('k', 1);
    expect(backend.bytes).toBeLessThan(650);
    await backend.delete('k');
    expect(backend.bytes).toBe(0);
    await backend.set('k', 1);
    await backend.clear();
    expect(backend.bytes).toBe(0);
  });

  it('an entry over maxBytes is ERR_VALUE_TOO_LARGE, and neither it nor its key disturbs what is there', async () => {
    const backend = new InMemoryBackend({ maxBytes: 2000 });
    await backend.set('k', 'earlier');
    await backend.set('other', 'o');
    await expect(backend.set('k', Buffer.alloc(2000))).rejects.toEqual(
      failing('ERR_VALUE_TOO_LARGE', /"k" needs 26\d\d bytes, over maxBytes of 2000/),
    );
    expect(await backend.get('k')).toBe('earlier');
    expect(backend.size).toBe(2);
  });

  it('expired entries make room before live ones', async () => {
    const backend = new InMemoryBackend({ maxEntries: 3 });
    await backend.set('live', 1);
    await backend.set('b', 1, { ttl: 0.02 });
    await backend.set('c', 1, { ttl: 0.02 });
    await sleep(40);
    await backend.set('d', 1);
    expect(await backend.exists('live')).toBe(true);
    expect(backend.size).toBe(2);
  });

  it('size counts no expired entry, and delete and clear neither', async () => {
    const backend = new InMemoryBackend();
    await backend.set('a', 1, { ttl: 0.02 });
    await backend.set('b', 1, { ttl: 0.02 });
    await backend.set('c', 1);
    expect(backend.size).toBe(3);
    await sleep(40);
    expect(await backend.delete('a')).toBe(false);
    expect(backend.size).toBe(1);
    await backend.set('d', 1, { ttl: 0.02 });
    await sleep(40);
    expect(await backend.clear()).toBe(1);
  });

  it('a ttl far beyond what a timer holds does not expire at once', async () => {
    const backend = new InMemoryBackend();
    await backend.set('k', 1, { ttl: 3_153_600_000 });
    await sleep(20);
    expect(await backend.exists('k')).toBe(true);
  });
});

describe('options', () => {
  it.each([
    [{ maxEntries: 0 }, /maxEntries must be an integer from 1 to 16777215, received 0/],
    [{ maxEntries: 2 ** 24 }, /received 16777216/],
    [{ maxEntries: 1.5 }, /received 1.5/],
    [{ maxEntries: '10' }, /received a string of 2 characters/],
    [{ maxEntries: null }, /received null/],
    [{ maxBytes: -1 }, /maxBytes must be an integer/],
    [{ maxBytes: Infinity }, /received Infinity/],
    [{ max: 5 }, /InMemoryBackend: unknown option "max"; known: maxEntries, maxBytes, keep/],
    [{ keep: 'object' }, /keep must be one of bytes, frozen, shared, received a string/],
    [null, /must be an object, received null/],
  ])('%o is ERR_OPTION', (options, message) => {
    expect(() => new InMemoryBackend(options as object)).toThrow(failing('ERR_OPTION', message));
  });

  it('an unknown option of set is ERR_OPTION, and stores nothing', async () => {
    const backend = new InMemoryBackend();
    await expect(backend.set('k', 1, { tll: 5 } as object)).rejects.toEqual(
      failing('ERR_OPTION', /set: unknown option "tll"/),
    );
    expect(backend.size).toBe(0);
  });

  it.each([
    [{ signal: new AbortController().signal }, 'an object'],
    [{}, 'an object'],
    ['x', 'a string'],
    [0, '0'],
    [null, 'null'],
  ])(
    'a call that takes no options refuses %o, of the backend and of its views, and does nothing',
    async (options, received) => {
      const backend = new InMemoryBackend();
      await backend.set('v:k', 1);
      for (const [of, key] of [
        [backend, 'v:k'],
        [backend.withPrefix('v:'), 'k'],
      ] as const) {
        for (const call of ['get', 'delete', 'exists', 'ttl'] as const)
          await expect(Reflect.apply(of[call], of, [key, options])).rejects.toEqual(
            failing('ERR_OPTION', new RegExp(`^${call} takes no options, received ${received}`)),
          );
        await expect(Reflect.apply(of.clear, of, [options])).rejects.toEqual(
          failing('ERR_OPTION', /^clear takes no options/),
        );
        expect(await of.get(key, undefined)).toBe(1);
      }
    },
  );
});

describe('values', () => {
  class Point {
    x = 1;
  }
  const cycle: unknown[] = [];
  cycle.push({ again: cycle });
  let deep: unknown = 1;
  for (let level = 0; level < 200_000; level += 1) deep = [deep];

  it.each([
    [{ items: [0, 1, 2, { handler: () => 1 }] }, 'value.items[3].handler is a function'],
    [{ 'a b': Symbol('s') }, 'value["a b"] is a symbol'],
    [[new Map([['k', new Point()]])], 'value[0].get("k") is an instance of Point'],
    [new Set([1, new Error('secret')]), 'value.values()[1] is an Error, which the graph codec would lose'],
    [new Point(), 'value is an instance of Point'],
    [{ at: new (class Special extends Date {})() }, 'value.at is an instance of Special'],
    [new (class Names extends Map {})(), 'value is an instance of Names'],
    [new (class List extends Array {})(), 'value is an instance of List'],
    [
      new (class Bytes extends Uint8Array {})(1),
      'value is an instance of Bytes; the raw codec takes one string, Buffer, typed array, ArrayBuffer or DataView',
    ],
    [{ u: new URL('http://secret/') }, 'value.u is an instance of URL'],
    [Object(1), 'value is an instance of Number'],
    [new WeakRef({}), 'value is an instance of WeakRef'],
    [cycle, 'value[0].again is a cycle: it refers to an object that holds it'],
    [deep, expect.stringMatching(/ is nested deeper than 500$/)],
    [
      {
        get secret() {
          throw new Error('secret');
        },
      },
      'value cannot be read: an accessor, a proxy or an iterator of it threw',
    ],
  ])('refuses what it would lose, with the path: case %#', async (value, message) => {
    const backend = new InMemoryBackend();
    const error: unknown = await backend.set('k', value).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ name: 'OffloopError', code: 'ERR_VALUE' });
    if (!(error instanceof Error)) throw new Error('no error');
    expect(error.message).toEqual(message);
    expect(error.message).not.toContain('secret');
    expect(backend.size).toBe(0);
  });

  describe.each(['bytes', 'frozen', 'shared'] as const)('keep: %s', (keep) => {
    it.each(THROWING)('%s that throws is ERR_VALUE, and what it threw is not told', async (_, value) => {
      const backend = new InMemoryBackend({ keep });
      const message = expect.not.stringContaining('secret');
      for (const given of [value, { inner: value }]) {
        const refused = { name: 'OffloopError', code: 'ERR_VALUE', message };
        await expect(backend.set('k', given)).rejects.toMatchObject(refused);
      }
      expect(backend.size).toBe(0);
    });
  });

  it('keeps one object that stands in two places, which is no cycle', async () => {
    const backend = new InMemoryBackend();
    const shared = { a: 1 };
    await backend.set('k', [shared, shared]);
    expect(await backend.get('k')).toEqual([shared, shared]);
  });

  it('bytes are isolated from the caller both ways', async () => {
    const backend = new InMemoryBackend();
    const bytes = Buffer.from('abc');
    await backend.set('k', { bytes });
    bytes.fill(0);
    const got = await backend.get<{ bytes: Buffer }>('k');
    expect(got?.bytes.toString()).toBe('abc');
    got?.bytes.fill(0);
    expect((await backend.get<{ bytes: Buffer }>('k'))?.bytes.toString()).toBe('abc');
  });

  it('reads the value before set returns', async () => {
    const backend = new InMemoryBackend();
    const value = { a: 1 };
    const pending = backend.set('k', value);
    value.a = 2;
    await pending;
    expect(await backend.get('k')).toEqual({ a: 1 });
  });
});

describe('keep', () => {
  const rows = () => Array.from({ length: 20_000 }, (_, id) => ({ id, name: `name ${id}`, score: id / 7 }));

  it('bytes: every get gives a new value, also of a large one that was set in slices', async () => {
    const backend = new InMemoryBackend();
    await backend.set('k', rows());
    const [one, other] = await Promise.all([backend.get<{ id: number }[]>('k'), backend.get('k')]);
    expect(one).toEqual(rows());
    expect(other).not.toBe(one);
  });

  it('frozen: one value for all, frozen to its leaves, and what was set stays as it was', async () => {
    const backend = new InMemoryBackend({ keep: 'frozen' });
    const value = { rows: rows(), at: new Date(5), by: new Map([['k', { deep: [1] }]]) };
    await backend.set('k', value);
    const got = await backend.get<typeof value>('k');
    expect(got).toEqual(value);
    expect(got).not.toBe(value);
    expect(await backend.get('k')).toBe(got);
    expect(() => got?.rows.push(...rows())).toThrow(TypeError);
    expect(() => Object.assign(got?.rows[19_999] ?? {}, { id: 1 })).toThrow(TypeError);
    expect(() => got?.by.get('k')?.deep.push(2)).toThrow(TypeError);
    value.rows.pop();
    expect(got?.rows).toHaveLength(20_000);
  });

  it('shared: the very value that was set, whatever it is', async () => {
    const backend = new InMemoryBackend({ keep: 'shared' });
    const value = { run: () => 1, rows: rows() };
    await backend.set('k', value);
    expect(await backend.get('k')).toBe(value);
    expect(backend.bytes).toBeGreaterThan(1_000_000);
    await expect(backend.set('k', undefined)).rejects.toMatchObject({ code: 'ERR_VALUE' });
  });

  it('a value over maxBytes is ERR_VALUE_TOO_LARGE, however it is kept', async () => {
    for (const keep of ['bytes', 'frozen', 'shared'] as const) {
      const backend = new InMemoryBackend({ keep, maxBytes: 100_000 });
      await expect(backend.set('k', rows())).rejects.toMatchObject({ code: 'ERR_VALUE_TOO_LARGE' });
      expect(backend.size).toBe(0);
    }
  });
});

it('closing lets go of everything', async () => {
  const backend = new InMemoryBackend();
  await backend.set('k', 1);
  await backend.close();
  expect(backend.size).toBe(0);
  expect(backend.bytes).toBe(0);
  await expect(backend.get('k')).rejects.toEqual(failing('ERR_CLOSED', 'in-memory backend was closed'));
});

it('a key that is cut out of a long text does not keep that', async () => {
  const backend = new InMemoryBackend();
  expect(await bytesPerCutKey((key) => backend.set(key, 1))).toBeLessThan(BYTES_OF_OWN_KEY);
  expect(backend.size).toBe(41);
});
