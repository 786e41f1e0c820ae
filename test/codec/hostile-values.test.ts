import { Encoder } from 'cbor-x';
import { Packr } from 'msgpackr';
import { describe, expect, it } from 'vitest';
import { CodecRegistry } from '../../dist/codec/registry.js';
import { codeThrownBy } from '../support/error-code.js';

const registry = new CodecRegistry();
const CODECS = ['json', 'cbor', 'msgpack', 'graph', 'columns', 'raw'];
const STRUCTURED = CODECS.filter((name) => name !== 'raw');

const cyclic: unknown[] = [1];
cyclic.push({ again: cyclic });
const REFUSED: readonly (readonly [string, unknown])[] = [
  ['a RegExp', /(a+)+$/],
  ['an Error', new TypeError('x')],
  ['a class instance', new (class Account {})()],
  ['a function', () => 1],
  ['a cycle', cyclic],
];

describe.each(CODECS)('%s', (name) => {
  const codec = registry.byName(name);

  it.each(REFUSED)('does not write %s, in a value or as one', (_, value) => {
    expect(codeThrownBy(() => codec.encode({ inner: [value] }))).toBe('ERR_VALUE');
    expect(codeThrownBy(() => codec.encode(value))).toBe('ERR_VALUE');
  });
});

describe.each(STRUCTURED)('%s', (name) => {
  const codec = registry.byName(name);

  it('keys that mean something elsewhere are own properties, in single objects and in lists', () => {
    const make = (n: number): object => ({
      constructor: n,
      prototype: { polluted: true },
      toString: 'text',
      valueOf: null,
    });
    for (const value of [make(1), Array.from({ length: 200 }, (_, index) => make(index))]) {
      const back = codec.decode(Uint8Array.from(codec.encode(value)), false);
      expect(back).toEqual(value);
      const [first] = [back].flat() as object[];
      expect(Object.getPrototypeOf(first)).toBe(Object.prototype);
    }
    expect(({} as { polluted?: unknown }).polluted).toBe(undefined);
  });

  it('__proto__ as a key is an own property or is refused, and never a prototype', () => {
    const hostile = JSON.parse('{"a":1,"__proto__":{"polluted":true}}');
    for (const value of [hostile, Array.from({ length: 200 }, () => hostile)]) {
      let bytes: Uint8Array;
      try {
        bytes = Uint8Array.from(codec.encode(value));
      } catch (error) {
        expect(error).toMatchObject({ code: 'ERR_VALUE' });
        continue;
      }
      const [back] = [codec.decode(bytes, false)].flat() as Record<string, unknown>[];
      expect(Object.keys(back ?? {})).toEqual(['a', '__proto__']);
      expect(Object.getPrototypeOf(back)).toBe(Object.prototype);
      expect(back?.polluted).toBe(undefined);
    }
    expect(({} as { polluted?: unknown }).polluted).toBe(undefined);
  });
});

it('bytes of other encoders that hold a RegExp, an Error, a cycle or __proto__ are refused', () => {
  const cbor = new Encoder({ structuredClone: true });
  const msgpack = new Packr({ moreTypes: true, structuredClone: true });
  for (const [, value] of REFUSED.filter(([what]) => !/class|function/.test(what))) {
    expect(codeThrownBy(() => registry.byName('cbor').decode(cbor.encode(value), true))).toBe('ERR_CORRUPT');
    expect(codeThrownBy(() => registry.byName('msgpack').decode(msgpack.pack(value), true))).toBe(
      'ERR_CORRUPT',
    );
  }
  const text = Buffer.from('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}');
  registry.byName('json').decode(text, true);
  expect(({} as { polluted?: unknown }).polluted).toBe(undefined);
});
