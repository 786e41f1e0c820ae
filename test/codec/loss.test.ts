import { createContext, runInContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { CBOR_KEEPS } from '../../dist/codec/cbor.js';
import { JSON_KEEPS } from '../../dist/codec/json.js';
import { keepsOf } from '../../dist/codec/keeps.js';
import { assertKeepable, explainLoss } from '../../dist/codec/loss.js';
import { MSGPACK_KEEPS } from '../../dist/codec/msgpack.js';
import { codeThrownBy, thrownBy } from '../support/error-code.js';

class Handler {
  secret = 'never shown';
}

function nested(levels: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < levels; level++) value = level % 2 ? { a: value } : [value];
  return value;
}

describe('assertKeepable names the path and the reason', () => {
  const cyclic: Record<string, unknown> = { list: [{}] };
  (cyclic.list as Record<string, unknown>[])[0] = { parent: cyclic };
  const throwing = {
    deep: [
      {
        get secret(): never {
          throw new TypeError('hunter2');
        },
      },
    ],
  };
  const cases: readonly (readonly [string, unknown, string])[] = [
    ['a function', { items: [1, 2, 3, { handler: () => 1 }] }, 'value.items[3].handler is a function'],
    ['a symbol', [Symbol('s')], 'value[0] is a symbol'],
    ['undefined itself', undefined, 'value is undefined, which could not be told from a miss'],
    ['a class instance', { a: { b: new Handler() } }, 'value.a.b is an instance of Handler'],
    ['a URL', { 'home page': new URL('http://localhost') }, 'value["home page"] is an instance of URL'],
    ['a boxed primitive', [Object(1)], 'value[0] is an instance of Number'],
    ['a promise', [Promise.resolve(1)], 'value[0] is an instance of Promise'],
    ['a WeakMap', { w: new WeakMap() }, 'value.w is an instance of WeakMap'],
    ['a subclass of Array', [new (class Rows extends Array {})()], 'value[0] is an instance of Rows'],
    ['a borrowed prototype', [Object.create(Date.prototype)], 'value[0] is an instance of Date'],
    ['a cycle', cyclic, 'value.list[0].parent is a cycle: it refers to an object that holds it'],
    ['toJSON', { a: { toJSON: () => 1 } }, 'value.a.toJSON is a function'],
    ['a hidden toJSON', Object.defineProperty({}, 'toJSON', { value: () => 1 }), 'value has a toJSON method'],
    ['an inherited toJSON', [Object.assign([], { toJSON: () => 1 })], 'value[0] has a toJSON method'],
    [
      'an accessor that throws',
      throwing,
      'value.deep[0].secret cannot be read: an accessor, a proxy or an iterator of it threw',
    ],
    ['-0', { x: [-0] }, 'value.x[0] is -0, which the cbor codec would lose'],
    [
      'a lone surrogate',
      { x: 'a\ud800' },
      'value.x holds an unpaired surrogate, which the cbor codec would lose',
    ],
    [
      'a key with one',
      { '\ud800': 1 },
      'value["\\ud800"] is a key with an unpaired surrogate, which the cbor codec would lose',
    ],
    [
      '__proto__',
      JSON.parse('{"__proto__":1}'),
      'value.__proto__ is a key named __proto__, which the cbor codec would lose',
    ],
    ['__keys__', { __keys__: 1 }, 'value.__keys__ is a key named __keys__, which the cbor codec would lose'],
    ['a RegExp', { re: /x/ }, 'value.re is a RegExp, which the cbor codec would lose'],
    [
      'an Error',
      { e: new RangeError('hunter2') },
      'value.e is a RangeError, which the cbor codec would lose',
    ],
    ['an ArrayBuffer', [new ArrayBuffer(1)], 'value[0] is an ArrayBuffer, which the cbor codec would lose'],
    [
      'a long bigint',
      [2n ** 8192n],
      'value[0] is a bigint of more than 8192 bits, which the cbor codec would lose',
    ],
    ['a part of a Map', new Map<unknown, unknown>([['k', [() => 1]]]), 'value.get("k")[0] is a function'],
    ['a key of a Map', new Map([[{ f: () => 1 }, 1]]), 'value.keys()[0].f is a function'],
    ['a part of a Set', new Set([1, () => 1]), 'value.values()[1] is a function'],
    // biome-ignore lint/suspicious/noSparseArray: a hole is what is tested.
    ['a hole', { a: [1, , 2] }, 'value.a[1] is a hole of a sparse array, which the cbor codec would lose'],
  ];
  it.each(cases)('%s', (_name, value, message) => {
    expect(thrownBy(() => assertKeepable(value, CBOR_KEEPS))).toEqual({ code: 'ERR_VALUE', message });
    expect(explainLoss(value, CBOR_KEEPS).message).toBe(message);
  });

  it('a value of another realm says so', () => {
    const foreign: unknown = runInContext('[{ a: 1 }]', createContext());
    expect(thrownBy(() => assertKeepable([foreign], CBOR_KEEPS)).message).toBe(
      'value[0] is an instance of Array of another realm',
    );
  });

  it('a long path is cut in its middle, and long keys are cut', () => {
    const { message } = thrownBy(() =>
      assertKeepable({ ['k'.repeat(10_000)]: nestedFunction(400) }, CBOR_KEEPS),
    );
    expect(message.length).toBeLessThan(400);
    expect(message).toMatch(/^value\["k{48}"…\].*….*is a function$/);
  });
});

function nestedFunction(levels: number): unknown {
  let value: unknown = () => 1;
  for (let level = 0; level < levels; level++) value = { branch: value };
  return value;
}

describe('nesting', () => {
  it('500 levels are kept, 501 are refused', () => {
    expect(codeThrownBy(() => assertKeepable(nested(500), JSON_KEEPS))).toBe('nothing thrown');
    expect(thrownBy(() => assertKeepable(nested(501), JSON_KEEPS)).message).toMatch(
      / is nested deeper than 500$/,
    );
    expect(codeThrownBy(() => assertKeepable(nested(1_000_000), JSON_KEEPS))).toBe('ERR_VALUE');
  });

  it('a wide cycle is refused at once, not explored', () => {
    const wide: unknown[] = [];
    for (let index = 0; index < 1000; index++) wide.push(wide);
    expect(thrownBy(() => assertKeepable(wide, JSON_KEEPS)).message).toMatch(/is a cycle/);
  });
});

describe('what is not part of the data is no reason to refuse', () => {
  it('symbol keys, non-enumerable properties, named properties of arrays', () => {
    const value = Object.defineProperty({ a: 1, [Symbol('s')]: () => 1 }, 'hidden', { value: () => 1 });
    expect(
      codeThrownBy(() => assertKeepable([value, Object.assign([1], { named: () => 1 })], JSON_KEEPS)),
    ).toBe('nothing thrown');
  });

  it('a shared reference is no cycle', () => {
    const shared = { a: [1] };
    expect(codeThrownBy(() => assertKeepable([shared, { shared }, shared], JSON_KEEPS))).toBe(
      'nothing thrown',
    );
  });
});

it('a key that one codec keeps does not pass another because it was seen before', () => {
  const value = JSON.parse('{"__proto__":1}');
  for (let turn = 0; turn < 3; turn++) {
    expect(codeThrownBy(() => assertKeepable(value, JSON_KEEPS))).toBe('nothing thrown');
    expect(codeThrownBy(() => assertKeepable(value, MSGPACK_KEEPS))).toBe('ERR_VALUE');
  }
});

it('a codec can keep holes', () => {
  const holes = new Array(3);
  expect(codeThrownBy(() => assertKeepable(holes, keepsOf('x', ['undefined', 'holes'])))).toBe(
    'nothing thrown',
  );
  expect(codeThrownBy(() => assertKeepable(holes, keepsOf('x', ['undefined'])))).toBe('ERR_VALUE');
});

it('a value that is in order when it is explained gives an error all the same', () => {
  expect(explainLoss({ a: 1 }, JSON_KEEPS)).toMatchObject({ code: 'ERR_VALUE' });
});
