import { describe, expect, it } from 'vitest';
import { rawCodec } from '../../dist/codec/raw.js';
import { codeThrownBy, thrownBy } from '../support/error-code.js';
import { difference } from '../support/same-value.js';
import { DETACHED } from '../support/unreadable-values.js';

const BINARY = [
  Buffer.from('abc'),
  new Uint8Array([1, 2, 3]),
  new Int8Array([-1]),
  new Uint8ClampedArray([255]),
  new Int16Array([-2, 3]),
  new Uint16Array([65_535]),
  new Int32Array([-70_000]),
  new Uint32Array([4_000_000_000]),
  new Float32Array([1.5, -0]),
  new Float64Array([Math.PI, Number.NaN]),
  new BigInt64Array([-(2n ** 63n)]),
  new BigUint64Array([2n ** 64n - 1n]),
  new Uint8Array([1, 2, 3]).buffer,
  new DataView(new Uint8Array([1, 2, 3]).buffer, 1),
  new Float64Array(0),
  new ArrayBuffer(0),
];

describe.each([true, false])('owned: %s', (owned) => {
  it('all binary types come back as what they were', () => {
    for (const value of BINARY) {
      const bytes = Uint8Array.from(rawCodec.encode(value));
      expect(difference(rawCodec.decode(bytes, owned), value)).toBe(undefined);
    }
  });

  it('comes back from bytes at any alignment', () => {
    for (let offset = 0; offset < 9; offset++) {
      for (const value of BINARY) {
        const bytes = rawCodec.encode(value);
        const shifted = new Uint8Array(bytes.length + offset);
        shifted.set(bytes, offset);
        expect(difference(rawCodec.decode(shifted.subarray(offset), owned), value)).toBe(undefined);
      }
    }
  });
});

it('owned and aligned: a view, with no copy; not owned: a copy of exactly its size', () => {
  const bytes = Uint8Array.from(rawCodec.encode(new Float64Array([1, 2])));
  const view = rawCodec.decode(bytes, true) as Float64Array;
  expect(view.buffer).toBe(bytes.buffer);
  expect(view.byteOffset).toBe(8);
  const copy = rawCodec.decode(bytes, false) as Float64Array;
  expect(copy.buffer.byteLength).toBe(16);
  const buffer = rawCodec.decode(rawCodec.encode(Buffer.from('abc')), false) as Buffer;
  expect(buffer.buffer.byteLength).toBe(3);
});

describe('strings are stored in the cheapest exact encoding', () => {
  it.each([
    ['', 1, 0],
    ['plain ASCII', 1, 11],
    ['Größe', 2, 7],
    ['漢字', 3, 4],
    ['a漢字', 3, 6],
    ['😀 and some more text', 2, 23],
    ['\ud800', 3, 2],
    ['mostly plain, but \udc00', 3, 38],
    ['\u0000\u007f', 1, 2],
    ['ÿ'.repeat(3), 3, 6],
  ])('%j', (text, kind, byteLength) => {
    const bytes = rawCodec.encode(text);
    expect([bytes[0], bytes.byteLength - 8]).toEqual([kind, byteLength]);
    expect(rawCodec.decode(bytes, false)).toBe(text);
  });
});

describe('what is neither a string nor binary is refused', () => {
  it.each([
    [null, 'null'],
    [undefined, 'undefined'],
    [42, 'a number'],
    [{ password: 'hunter2' }, 'an object'],
    [[1, 2], 'an array of 2'],
    [new Date(0), 'an instance of Date'],
    [Object.create(Uint8Array.prototype), 'an instance of Uint8Array'],
    [() => 1, 'a function'],
  ])('case %#', (value, received) => {
    const { code, message } = thrownBy(() => rawCodec.encode(value));
    expect(code).toBe('ERR_VALUE');
    expect(message).toBe(
      `value is ${received}; the raw codec takes one string, Buffer, typed array, ArrayBuffer or DataView`,
    );
  });
});

it.each(DETACHED)('a detached %s is refused, and told from an empty one', (_, value) => {
  const { code, message } = thrownBy(() => rawCodec.encode(value));
  expect([code, message]).toEqual(['ERR_VALUE', expect.stringMatching(/is detached/)]);
  expect(codeThrownBy(() => rawCodec.segmentEncoder?.(value, 1_000))).toBe('ERR_VALUE');
});

describe('bytes that it could not have written', () => {
  it.each([
    ['nothing', ''],
    ['less than a head', '04000000000000'],
    ['an unknown kind', '1200000000000000'],
    ['kind 0', '0000000000000000'],
    ['a head that is not zero', '0400000000000100'],
    ['text that is not ASCII', '0100000000000000c3a4'],
    ['text that is not UTF-8', '0200000000000000ff'],
    ['half a character', '030000000000000061'],
    ['a part of an element', '0f000000000000000102'],
  ])('%s', (_name, hex) => {
    expect(codeThrownBy(() => rawCodec.decode(Buffer.from(hex, 'hex'), true))).toBe('ERR_CORRUPT');
  });
});
