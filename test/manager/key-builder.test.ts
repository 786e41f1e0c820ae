import { describe, expect, it } from 'vitest';
import { CacheKeyBuilder } from '../../dist/manager/key-builder.js';
import { THROWING } from '../support/unreadable-values.js';

interface Vector {
  readonly namespace: string;
  readonly type: string;
  readonly content: unknown;
  readonly extra?: Record<string, unknown>;
  readonly prefix: string;
  readonly sha256: string;
  readonly md5: string;
}

const offloop = { namespace: 'offloop', type: 'response', prefix: 'offloop:resp' };
const chengeta = { namespace: 'chengeta', type: 'response', prefix: 'chengeta:resp' };

/** Made with `json.dumps` and `hashlib` of Python 3.11. */
const VECTORS: readonly Vector[] = [
  { ...chengeta, content: 'hello', sha256: '28d4bdec72d0a7a1', md5: '9f49afba97611288' },
  {
    namespace: 'chengeta',
    type: 'embedding',
    content: 'hello world',
    extra: { model: 'ada' },
    prefix: 'chengeta:embed',
    sha256: '19e33452d5c5a328',
    md5: 'c9ba1ba166b30da5',
  },
  { ...chengeta, content: { b: 2, a: 1 }, sha256: 'f833a9931ef65a9b', md5: 'b79d6bb58e082be4' },
  {
    namespace: 'x',
    type: 'custom',
    content: 'é😀',
    prefix: 'x:custom',
    sha256: 'fd609e5411c77920',
    md5: 'c8f59c4a6a5d5da3',
  },
  {
    namespace: 'offloop',
    type: 'retrieval',
    content: 'query',
    extra: { k: 5, filters: { lang: ['de', 'en'], min_score: 0.75 } },
    prefix: 'offloop:retrieval',
    sha256: 'fcbf0fd685dbc536',
    md5: 'eaf3efeeb99983dc',
  },
  {
    namespace: 'offloop',
    type: 'context',
    content: [
      { role: 'user', content: 'Zürich\n"quoted"\\ \t' },
      { role: 'assistant', content: null },
    ],
    prefix: 'offloop:ctx',
    sha256: '7bddae8a5c62c10e',
    md5: '73f37a3393ff3708',
  },
  {
    ...offloop,
    content: {
      messages: [{ role: 'system', content: '日本語' }],
      temperature: 0.1,
      top_p: 1,
      stream: false,
      stop: null,
    },
    extra: { model: 'gpt', seed: 42 },
    sha256: 'e5ea6059d7b9b046',
    md5: 'bc622dfc86a26911',
  },
  { ...offloop, content: '', sha256: 'a74952184927abba', md5: '15dca7ba59c9a5b2' },
  { ...offloop, content: null, sha256: '83e71617d8a1aa26', md5: 'e239632cfe2c7fc5' },
  { ...offloop, content: [], sha256: '782d0d64e7875272', md5: 'a5cb59005e471edc' },
  { ...offloop, content: {}, sha256: '5017e0c7ebf3f3a7', md5: 'a231f155a6ab1f9a' },
  { ...offloop, content: true, sha256: '437f6f19e7849ee8', md5: 'f09b2f330b680cf6' },
  { ...offloop, content: 1e-7, sha256: 'e0e1772fd5cee7c7', md5: 'cbf48b1b88db1eff' },
  { ...offloop, content: 1e21, sha256: '8f39fff1453801c1', md5: '498378b99a8aad2d' },
  { ...offloop, content: -0.000012345678, sha256: '03d3e7ca83dc5923', md5: 'ebfdb93c681e9b99' },
  { ...offloop, content: 9007199254740991, sha256: 'f4dbc1c142a563cb', md5: '0787fd4150131e8b' },
  { ...offloop, content: 2n ** 80n, sha256: '1e83f283f4f575f9', md5: '4162e1409b8fd577' },
  {
    namespace: 'offloop',
    type: 'toString',
    content: 'x',
    prefix: 'offloop:toString',
    sha256: '904d90dd1002ee94',
    md5: 'a9aec016f1b38bea',
  },
  {
    namespace: 'a:b',
    type: 't',
    content: { '\uffff': 1, '😀': 2, '': 3, '10': 4, '9': 5, é: 6, Z: 7, a: 8 },
    prefix: 'a:b:t',
    sha256: '6a077da499144cf9',
    md5: 'b7d39c6b5d19ccc4',
  },
];

const failing = (code: string, message: string | RegExp) =>
  expect.objectContaining({ name: 'OffloopError', code, message: expect.stringMatching(message) });

/** What takes the writer many steps: long strings, wide objects, deep ones, text beyond ASCII cut at every place. */
function largeContent(): Record<string, unknown> {
  const wide = Object.fromEntries(Array.from({ length: 30_000 }, (_, n) => [`${(n * 7919) % 30_011}😀`, n]));
  let deep: unknown = 'end';
  for (let level = 0; level < 800; level += 1) deep = level % 2 ? { deep } : [deep];
  const records = Array.from({ length: 20_000 }, (_, id) => ({
    id,
    name: `name ${id}`,
    score: id / 7,
    é: null,
  }));
  return { wide, deep, records, text: `a${'😀é"\n'.repeat(400_000)}`, ascii: 'x'.repeat(3_000_000) };
}

/** The longest that a timer had to wait beyond its time, in ms. */
async function longestWait(work: () => Promise<unknown>): Promise<number> {
  let [longest, due] = [0, performance.now() + 1];
  const timer = setInterval(() => {
    longest = Math.max(longest, performance.now() - due);
    due = performance.now() + 1;
  }, 1);
  await work();
  clearInterval(timer);
  return longest;
}

describe('CacheKeyBuilder', () => {
  it('buildAsync makes the same keys, of small content and of large', async () => {
    const builder = new CacheKeyBuilder();
    for (const { type, content, extra } of VECTORS)
      expect(await builder.buildAsync(type, content, extra)).toBe(builder.build(type, content, extra));
    const large = largeContent();
    const key = builder.build('response', large, { more: large });
    expect(await builder.buildAsync('response', large, { more: large })).toBe(key);
    expect(builder.build('response', { ...large, ascii: 'y' }, { more: large })).not.toBe(key);
  });

  it('buildAsync gives the event loop its turns while it hashes what holds it up for long at once', async () => {
    const builder = new CacheKeyBuilder();
    const large = largeContent();
    builder.build('response', large);
    const start = performance.now();
    builder.build('response', large);
    const atOnce = performance.now() - start;
    const waits = [];
    for (let round = 0; round < 3; round += 1)
      waits.push(await longestWait(() => builder.buildAsync('response', large)));
    // The machine itself makes a timer wait for some milliseconds now and then; the least of three is the work's.
    expect(Math.min(...waits), `${waits} beside ${atOnce}`).toBeLessThan(atOnce / 5);
  });

  it('buildAsync rejects with what build throws', async () => {
    const builder = new CacheKeyBuilder();
    const nested = { list: [...Array(5_000).keys(), undefined] };
    await expect(builder.buildAsync('t', nested)).rejects.toEqual(
      failing('ERR_VALUE', 'content.list\\[5000\\] is undefined'),
    );
    await expect(builder.buildAsync('', 1)).rejects.toEqual(failing('ERR_KEY', 'received'));
    await expect(builder.buildAsync('t', 1, { [Symbol('s')]: 1 })).rejects.toEqual(
      failing('ERR_VALUE', 'extra has a symbol as a key'),
    );
  });

  it.each(VECTORS)('makes the keys that Python makes: $prefix:$sha256', (vector) => {
    const { namespace, type, content, extra, prefix, sha256, md5 } = vector;
    expect(new CacheKeyBuilder({ namespace }).build(type, content, extra)).toBe(`${prefix}:${sha256}`);
    expect(new CacheKeyBuilder({ namespace, algorithm: 'md5' }).build(type, content, extra)).toBe(
      `${prefix}:${md5}`,
    );
  });

  it('defaults to the namespace offloop and sha256', () => {
    const builder = new CacheKeyBuilder();
    expect([builder.namespace, builder.algorithm]).toEqual(['offloop', 'sha256']);
    expect(builder.build('response', '')).toBe('offloop:resp:a74952184927abba');
  });

  it('an empty extra is the same as none, and one that is not empty is not', () => {
    const builder = new CacheKeyBuilder();
    expect(builder.build('response', 'a', {})).toBe(builder.build('response', 'a'));
    expect(builder.build('response', 'a', { n: null })).not.toBe(builder.build('response', 'a'));
  });

  it('the order of keys does not matter, that of a list does', () => {
    const builder = new CacheKeyBuilder();
    expect(builder.build('t', { a: { b: 1, c: 2 } })).toBe(builder.build('t', { a: { c: 2, b: 1 } }));
    expect(builder.build('t', [1, 2])).not.toBe(builder.build('t', [2, 1]));
  });

  it.each([
    [{ namespace: '' }, 'namespace must be a non-empty, well-formed string, received an empty string'],
    [{ namespace: 5 }, 'received 5 \\(number\\)'],
    [{ namespace: null }, 'received null'],
    [{ namespace: '\ud83d' }, 'received a lone surrogate'],
    [{ algorithm: 'sha1' }, "algorithm must be 'sha256' or 'md5', received a string of 4 characters"],
    [{ algorithm: null }, 'received null'],
    [{ prefix: 'a' }, 'CacheKeyBuilder: unknown option "prefix"; known: namespace, algorithm'],
    [null, 'must be an object, received null'],
  ])('%o is ERR_OPTION', (options, message) => {
    expect(() => new CacheKeyBuilder(options as object)).toThrow(failing('ERR_OPTION', message));
  });

  it.each(['', '\ud83d', undefined, 5])('the type %j is ERR_KEY', (type) => {
    expect(() => new CacheKeyBuilder().build(type as string, 'a')).toThrow(
      failing('ERR_KEY', 'type must be'),
    );
  });

  it.each([
    [undefined, undefined, 'content is undefined'],
    [{ a: [Number.NaN] }, undefined, 'content.a\\[0\\] is NaN'],
    ['a', { when: new Date() }, 'extra.when is an instance of Date'],
    ['a', null, 'extra must be a plain object, received null'],
    ['a', ['b'], 'extra must be a plain object, received an array of 1'],
  ])('content %o with extra %o is ERR_VALUE', (content, extra, message) => {
    const build = () =>
      new CacheKeyBuilder().build('t', content, extra as unknown as Record<string, unknown>);
    expect(build).toThrow(failing('ERR_VALUE', message));
  });

  it.each(THROWING)('%s that throws is ERR_VALUE, as content and as extra', async (_, odd) => {
    const builder = new CacheKeyBuilder();
    for (const [content, extra] of [[odd], ['a', odd], ['a', { b: odd }]]) {
      const given = ['t', content, extra as Record<string, unknown>] as const;
      expect(() => builder.build(...given)).toThrow(failing('ERR_VALUE', ''));
      expect(() => builder.build(...given)).not.toThrow(/secret/);
      await expect(builder.buildAsync(...given)).rejects.toMatchObject({ code: 'ERR_VALUE' });
    }
  });
});
