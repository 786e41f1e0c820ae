import { describe, expect, it } from 'vitest';
import { jsonCodec } from '../../dist/codec/json.js';
import { codeThrownBy, thrownBy } from '../support/error-code.js';
import { expectTruncationsRefused } from '../support/hostile-bytes.js';
import { difference } from '../support/same-value.js';

const SAMPLE = {
  a: [1, -2.5, 'é😀', null, true, ''],
  b: { c: {} },
  lone: '\ud800',
  d: JSON.parse('{"__proto__":{"x":1}}'),
};

it('comes back, and is JSON that others read', () => {
  const bytes = jsonCodec.encode(SAMPLE);
  expect(difference(jsonCodec.decode(bytes, false), SAMPLE)).toBe(undefined);
  expect(difference(JSON.parse(Buffer.from(bytes).toString()), SAMPLE)).toBe(undefined);
});

it('every truncation is refused', () => {
  expectTruncationsRefused(jsonCodec, Uint8Array.from(jsonCodec.encode(SAMPLE)));
});

it('an own key __proto__ stays data', () => {
  const value = jsonCodec.decode(Buffer.from('{"__proto__":{"polluted":1}}'), true) as object;
  expect(Object.keys(value)).toEqual(['__proto__']);
  expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
});

describe('what JSON would lose is refused', () => {
  it.each([
    ['undefined in an object', { a: undefined }, 'value.a is undefined'],
    ['NaN', [Number.NaN], 'value[0] is NaN'],
    ['Infinity', { x: Number.POSITIVE_INFINITY }, 'value.x is Infinity'],
    ['-0', -0, 'value is -0'],
    ['Date', { at: new Date(0) }, 'value.at is a Date'],
    ['Map', [new Map()], 'value[0] is a Map'],
    ['Buffer', { b: Buffer.from('x') }, 'value.b is a Buffer'],
    ['bigint', [1n], 'value[0] is a bigint'],
  ])('%s', (_name, value, message) => {
    expect(thrownBy(() => jsonCodec.encode(value))).toEqual({
      code: 'ERR_VALUE',
      message: `${message}, which the json codec would lose`,
    });
  });
});

describe('bytes that it could not have written', () => {
  it.each([
    ['not UTF-8', Buffer.from([0x22, 0xff, 0x22])],
    ['an encoded surrogate', Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22])],
    ['text of another kind', Buffer.from('secret stuff')],
    ['bytes after the value', Buffer.from('1 x')],
    ['nothing', Buffer.alloc(0)],
  ])('%s', (_name, bytes) => {
    const { code, message } = thrownBy(() => jsonCodec.decode(bytes, true));
    expect(code).toBe('ERR_CORRUPT');
    expect(message).not.toMatch(/secret/);
  });
});

it('text longer than a string can be is ERR_VALUE_TOO_LARGE', () => {
  const part = 'x'.repeat(2 ** 27);
  expect(codeThrownBy(() => jsonCodec.encode([part, part, part, part]))).toBe('ERR_VALUE_TOO_LARGE');
});
