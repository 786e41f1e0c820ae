import { describe, expect, it } from 'vitest';
import { assertPath, assertRange, partOf, sliceOf } from '../../dist/codec/value-part.js';
import { codeThrownBy, thrownBy } from '../support/error-code.js';
import { difference } from '../support/same-value.js';

const value = {
  list: [{ id: 1 }, [2, 3], 'text'],
  7: 'seven',
  map: new Map<unknown, unknown>([
    ['a', { b: 1 }],
    [5, 'number'],
    ['5', 'string'],
  ]),
  set: new Set(['x']),
  date: new Date(0),
  text: 'añ😀z',
  nothing: undefined,
  null: null,
  buffer: Buffer.from('offloop'),
  floats: new Float64Array([1, 2, 3]),
  proto: JSON.parse('{"__proto__":{"own":1}}'),
};

describe('partOf', () => {
  it.each<[(string | number)[], unknown]>([
    [[], value],
    [['list', 0, 'id'], 1],
    [['list', '1', 1], 3],
    [[7], 'seven'],
    [['7'], 'seven'],
    [['map', 'a', 'b'], 1],
    [['map', 5], 'number'],
    [['map', '5'], 'string'],
    [['proto', '__proto__', 'own'], 1],
    [['null'], null],
    [['nothing'], undefined],
    [['list', 3], undefined],
    [['list', '01'], undefined],
    [['list', '-0'], undefined],
    [['list', '1.0'], undefined],
    [['list', 'length'], undefined],
    [['list', 'map'], undefined],
    [['text', 0], undefined],
    [['text', 'length'], undefined],
    [['null', 'x'], undefined],
    [['set', 0], undefined],
    [['set', 'size'], undefined],
    [['map', 'size'], undefined],
    [['date', 'getTime'], undefined],
    [['buffer', 0], undefined],
    [['floats', 'length'], undefined],
    [['toString'], undefined],
    [['constructor', 'name'], undefined],
    [['__proto__'], undefined],
    [['list', 0, 'id', 'x'], undefined],
  ])('%j', (path, wanted) => {
    expect(partOf(value, path)).toBe(wanted);
  });

  it('a hole and what a prototype has in its place are nothing', () => {
    expect(partOf(new Array(3), [1])).toBe(undefined);
    expect(partOf(Object.create(Map.prototype), ['a'])).toBe(undefined);
    expect(partOf(Object.create(null, { a: { value: 1, enumerable: true } }), ['a'])).toBe(1);
    expect(partOf(Object.create(null, { a: { value: 1 } }), ['a'])).toBe(undefined);
  });
});

describe('sliceOf', () => {
  it.each<[(string | number)[], number, number, unknown]>([
    [['list'], 1, 2, [[2, 3]]],
    [['list'], 2, 99, ['text']],
    [['list'], 3, 99, []],
    [['list', 2], 1, 3, 'ex'],
    [['text'], 0, 2, 'añ'],
    [['text'], 2, 3, '\ud83d'],
    [['buffer'], 3, 5, Buffer.from('lo')],
    [['buffer'], 9, 10, Buffer.alloc(0)],
    [['floats'], 1, Number.MAX_SAFE_INTEGER, new Float64Array([2, 3])],
    [['nothing'], 0, 1, undefined],
    [['none', 'such'], 0, 1, undefined],
  ])('%j from %i to %i', (path, from, to, wanted) => {
    expect(difference(sliceOf(value, path, from, to), wanted)).toBe(undefined);
  });

  it.each([
    [new Uint8Array([1, 2, 3, 4]).buffer, new Uint8Array([2, 3]).buffer],
    [new DataView(new Uint8Array([9, 1, 2, 3]).buffer, 1), new DataView(new Uint8Array([2, 3]).buffer)],
    [new BigInt64Array([1n, 2n, 3n, 4n]), new BigInt64Array([2n, 3n])],
    [new Uint16Array([1, 2, 3, 4]), new Uint16Array([2, 3])],
    [new Uint8ClampedArray([1, 2, 3]), new Uint8ClampedArray([2, 3])],
  ])('binary data keeps its class: %o', (whole, wanted) => {
    const slice = sliceOf(whole, [], 1, 3);
    expect(difference(slice, wanted)).toBe(undefined);
  });

  it('binary data has memory of its own', () => {
    const whole = Buffer.from('offloop');
    const slice = sliceOf(whole, [], 0, 3) as Buffer;
    whole[0] = 0;
    expect(slice.toString()).toBe('off');
    expect(slice.buffer.byteLength).toBe(3);
  });

  it.each([['map'], ['set'], ['date'], ['null'], [7, 0, 'list'], ['proto']])(
    'of %s is ERR_PATH',
    (...path) => {
      const place = path.length > 1 ? [] : path;
      expect(codeThrownBy(() => sliceOf(value, place, 0, 1))).toBe('ERR_PATH');
    },
  );
});

describe('assertPath and assertRange', () => {
  it.each([
    [undefined],
    ['items'],
    [{ length: 1, 0: 'a' }],
    [[-1]],
    [[1.5]],
    [[Number.NaN]],
    [[2 ** 53]],
    [[null]],
    [['a', Symbol('s')]],
    [new Array(2)],
    [new Array(501).fill('a')],
  ])('%o is refused', (path) => {
    const thrown = thrownBy(() => assertPath(path));
    expect(thrown.code).toBe('ERR_PATH');
    expect(thrown.message).toContain('path');
  });

  it('accepts what the bounds allow', () => {
    assertPath([]);
    assertPath(new Array(500).fill(2 ** 53 - 1));
    assertRange(0, 0);
    assertRange(3, 2 ** 53 - 1);
  });

  it('a message holds nothing of a step', () => {
    expect(thrownBy(() => assertPath([['canary']])).message).not.toContain('canary');
  });

  it.each([
    [-1, 0],
    [1, 0],
    [0, Number.POSITIVE_INFINITY],
    [0.5, 1],
    ['0', 1],
    [0, undefined],
    [0, 2 ** 53],
  ])('the range %s to %s is ERR_PATH', (from, to) => {
    expect(codeThrownBy(() => assertRange(from, to))).toBe('ERR_PATH');
    expect(codeThrownBy(() => sliceOf([], [], from as number, to as number))).toBe('ERR_PATH');
  });
});
