import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { CodecRegistry, type CustomCodec } from '../../dist/codec/registry.js';
import { codeThrownBy, thrownBy } from '../support/error-code.js';

const MODULE_URL = new URL('./fixtures/reversed-text.mjs', import.meta.url).href;
const REVERSED: CustomCodec = { name: 'reversed', id: 64, module: fileURLToPath(MODULE_URL) };

describe('built-in codecs', () => {
  it.each([
    ['json', 1],
    ['cbor', 2],
    ['raw', 3],
    ['msgpack', 4],
  ])('%s has id %i for good', (name, id) => {
    const registry = new CodecRegistry();
    expect(registry.byName(name).id).toBe(id);
    expect(registry.byId(id).name).toBe(name);
  });

  it('an unknown name is ERR_OPTION and lists the names', () => {
    const { code, message } = thrownBy(() => new CodecRegistry().byName('pickle'));
    expect(code).toBe('ERR_OPTION');
    expect(message).toMatch(/^codec must be one of auto, .*json.*; it is "pickle"$/);
  });

  it('an unknown id is ERR_CODEC and says how to register it', () => {
    expect(thrownBy(() => new CodecRegistry().byId(77))).toEqual({
      code: 'ERR_CODEC',
      message:
        'a value was stored with codec 77, which is not registered here; for a codec of your own pass codecs: [{ name, id: 77, module }]',
    });
  });
});

describe('a custom codec', () => {
  it.each([REVERSED, { ...REVERSED, module: MODULE_URL }, { ...REVERSED, module: new URL(MODULE_URL) }])(
    'by $module encodes and decodes',
    async (options) => {
      const registry = new CodecRegistry([options]);
      await registry.load();
      await registry.load();
      const bytes = registry.byName('reversed').encode('abc');
      expect(Buffer.from(bytes).toString()).toBe('cba');
      expect(registry.byId(64).decode(bytes, false)).toBe('abc');
      expect(registry.names).toContain('reversed');
    },
  );

  it('before load() it is ERR_CODEC', () => {
    const codec = new CodecRegistry([REVERSED]).byName('reversed');
    expect(codeThrownBy(() => codec.encode('abc'))).toBe('ERR_CODEC');
    expect(codeThrownBy(() => codec.decode(new Uint8Array(1), true))).toBe('ERR_CODEC');
  });

  it('what its module throws or returns wrongly is ERR_CODEC, without its message', async () => {
    const registry = new CodecRegistry([REVERSED]);
    await registry.load();
    const codec = registry.byId(64);
    const messages = [
      thrownBy(() => codec.encode('throw')),
      thrownBy(() => codec.encode('nonsense')),
      thrownBy(() => codec.decode(Buffer.from('worht'), true)),
      thrownBy(() => codec.decode(Buffer.from('void'), true)),
      thrownBy(() => codec.decode(Buffer.from('later'), true)),
    ];
    expect(messages.map(({ code }) => code)).toEqual(new Array(5).fill('ERR_CODEC'));
    expect(messages.map(({ message }) => message.replace("codec 'reversed' (id 64): ", ''))).toEqual([
      'encode threw',
      'encode returned an array of 3 where a Uint8Array must be',
      'decode threw',
      'decode returned undefined, which is no value',
      'decode returned a promise; it must be synchronous',
    ]);
  });

  it('gets a copy of bytes that it does not own', async () => {
    const registry = new CodecRegistry([REVERSED]);
    await registry.load();
    const bytes = new Uint8Array(Buffer.from('view'));
    expect((registry.byId(64).decode(bytes, false) as Uint8Array).buffer).not.toBe(bytes.buffer);
    expect((registry.byId(64).decode(bytes, true) as Uint8Array).buffer).toBe(bytes.buffer);
  });

  it.each([
    ['fixtures/missing.mjs', /its module cannot be imported, file:.*\/missing\.mjs: it is missing$/],
    [
      'fixtures/links-to-nothing.mjs',
      /its module cannot be imported, file:.*: it fails to load \(SyntaxError\)$/,
    ],
    ['../support/fixtures/throws-at-once.mjs', /: it fails to load \(Error\)$/],
    ['../support/fixtures/imports-nowhere.mjs', /: it fails to load \(ERR_MODULE_NOT_FOUND\)$/],
    ['fixtures/no-codec.mjs', /has no export `encode` that is a function$/],
  ])('%s cannot be loaded, and it says why', async (file, message) => {
    const module = fileURLToPath(new URL(file, import.meta.url));
    const loading = new CodecRegistry([{ ...REVERSED, module }]).load();
    await expect(loading).rejects.toMatchObject({
      code: 'ERR_CODEC',
      message: expect.stringMatching(message),
    });
  });

  it('by the name of a package that is not installed cannot be loaded', async () => {
    const registry = new CodecRegistry([{ ...REVERSED, module: '@nobody-here/not-installed/codec' }]);
    await expect(registry.load()).rejects.toMatchObject({
      code: 'ERR_CODEC',
      message: expect.stringMatching(/imported, @nobody-here\/not-installed\/codec: it is missing$/),
    });
  });

  it('by the name of a package that is there and fails to load is not called missing', async () => {
    const registry = new CodecRegistry([{ ...REVERSED, module: 'offloop/package.json' }]);
    await expect(registry.load()).rejects.toMatchObject({
      message: expect.stringMatching(/: it fails to load \(ERR_IMPORT_/),
    });
  });
});

describe('registrations that are refused', () => {
  const other = { name: 'other', id: 65, module: MODULE_URL };
  it.each<readonly [string, unknown, RegExp]>([
    ['no array', { ...REVERSED }, /^codecs must be an array/],
    ['no object', ['reversed'], /must be \{ name, id, module \}; it is a string/],
    ['id below 64', [{ ...REVERSED, id: 63 }], /must be an integer from 64 to 255; it is 63/],
    ['id above 255', [{ ...REVERSED, id: 256 }], /it is 256/],
    ['id as text', [{ ...REVERSED, id: '64' }], /it is a string/],
    ['a name with capitals', [{ ...REVERSED, name: 'Reversed' }], /it is "Reversed"/],
    [
      'a relative path',
      [{ ...REVERSED, module: './codec.js' }],
      /must be a file: URL.*it is "\.\/codec\.js"/,
    ],
    ['a data: URL', [{ ...REVERSED, module: 'data:text/javascript,1' }], /must be a file: URL/],
    ['a node: module', [{ ...REVERSED, module: 'node:fs' }], /must be a file: URL/],
    ['an https: URL', [{ ...REVERSED, module: 'https://example.com/codec.js' }], /must be a file: URL/],
    [
      'a URL that is no file:',
      [{ ...REVERSED, module: new URL('https://a.b/') }],
      /it is "https:\/\/a\.b\/"/,
    ],
    [
      'a name twice',
      [REVERSED, { ...other, name: 'reversed' }],
      /the name 'reversed' is there twice \(id 64 and 65\)/,
    ],
    ['an id twice', [REVERSED, { ...other, id: 64 }], /the id 64 is there twice \('reversed' and 'other'\)/],
    ["one of Offloop's names", [{ ...REVERSED, name: 'json' }], /the name 'json' is there twice/],
    ['the name auto', [{ ...REVERSED, name: 'auto' }], /'auto' is one of Offloop's own/],
  ])('%s', (_name, codecs, message) => {
    const thrown = thrownBy(() => new CodecRegistry(codecs as readonly CustomCodec[]));
    expect(thrown.code).toBe('ERR_OPTION');
    expect(thrown.message).toMatch(message);
  });
});
