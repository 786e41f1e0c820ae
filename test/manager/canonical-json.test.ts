import { describe, expect, it } from 'vitest';
import { canonicalJson, isPlainObject, MAX_CANONICAL_DEPTH } from '../../dist/manager/canonical-json.js';

const refused = (message: string) =>
  expect.objectContaining({ name: 'OffloopError', code: 'ERR_VALUE', message });

describe('canonicalJson writes what json.dumps of Python 3 writes', () => {
  it.each([
    [null, 'null'],
    [true, 'true'],
    [[], '[]'],
    [{}, '{}'],
    [[1, 'a', null, [false]], '[1, "a", null, [false]]'],
    [{ b: [{ d: 1, c: 2 }], a: 0 }, '{"a": 0, "b": [{"c": 2, "d": 1}]}'],
    [Object.assign(Object.create(null), { b: 1, a: 2 }), '{"a": 2, "b": 1}'],
  ])('structure: case %#', (value, text) => {
    expect(canonicalJson(value)).toBe(text);
  });

  it.each([
    [0.1, '0.1'],
    [-0.1, '-0.1'],
    [0.0001, '0.0001'],
    [0.00012345, '0.00012345'],
    [0.00009999, '9.999e-05'],
    [0.00001, '1e-05'],
    [0.000001, '1e-06'],
    [1e-7, '1e-07'],
    [-1e-7, '-1e-07'],
    [1.5e-7, '1.5e-07'],
    [0.0000125, '1.25e-05'],
    [1e-10, '1e-10'],
    [1e-100, '1e-100'],
    [5e-324, '5e-324'],
    [2.2250738585072014e-308, '2.2250738585072014e-308'],
    [1e21, '1e+21'],
    [-1e21, '-1e+21'],
    [1.5e21, '1.5e+21'],
    [1.7976931348623157e308, '1.7976931348623157e+308'],
    [123456789.123, '123456789.123'],
    [0.1 + 0.2, '0.30000000000000004'],
  ])('the float %s', (value, text) => {
    expect(canonicalJson(value)).toBe(text);
  });

  it.each([
    [0, '0'],
    [-0, '0'],
    [1, '1'],
    [-7, '-7'],
    [1e15, '1000000000000000'],
    [Number.MAX_SAFE_INTEGER, '9007199254740991'],
    [1e20, '100000000000000000000'],
    [2n ** 80n, '1208925819614629174706176'],
    [-5n, '-5'],
  ])('the int %s', (value, text) => {
    expect(canonicalJson(value)).toBe(text);
  });

  it.each([
    ['\u0000\u0001\u001f', '"\\u0000\\u0001\\u001f"'],
    ['\b\f\n\r\t', '"\\b\\f\\n\\r\\t"'],
    ['"\\/', '"\\"\\\\/"'],
    ['\u007f\u0080\u00ff', '"\\u007f\\u0080\\u00ff"'],
    ['\u2028\u2029\ufeff', '"\\u2028\\u2029\\ufeff"'],
    ['日本', '"\\u65e5\\u672c"'],
    ['😀', '"\\ud83d\\ude00"'],
    ['\u{10ffff}', '"\\udbff\\udfff"'],
    ['a\ud83db', '"a\\ud83db"'],
    ['\ude00\ud83d', '"\\ude00\\ud83d"'],
    ['<script>', '"<script>"'],
  ])('the string %j', (value, text) => {
    expect(canonicalJson(value)).toBe(text);
    expect(canonicalJson({ [value]: 0 })).toBe(`{${text}: 0}`);
  });

  it('keys are sorted by code point: numbers as text, upper case first, U+FFFF before U+1F600', () => {
    const value = { a: 8, é: 6, '😀': 2, '\uffff': 1, '😀a': 9, Z: 7, '9': 5, '10': 4, '': 3, aa: 0 };
    expect(canonicalJson(value)).toBe(
      '{"": 3, "10": 4, "9": 5, "Z": 7, "a": 8, "aa": 0, "\\u00e9": 6, "\\uffff": 1, "\\ud83d\\ude00": 2, "\\ud83d\\ude00a": 9}',
    );
    expect(canonicalJson({ '\ud83d\uffff': 2, '\ud83d😀': 3, '\ud83d\ue000': 1 })).toBe(
      '{"\\ud83d\\ue000": 1, "\\ud83d\\uffff": 2, "\\ud83d\\ud83d\\ude00": 3}',
    );
  });

  it('one object in two places is no cycle', () => {
    const shared = { a: 1 };
    expect(canonicalJson([shared, shared])).toBe('[{"a": 1}, {"a": 1}]');
  });
});

describe('canonicalJson refuses what JSON does not hold, with the path', () => {
  const cycle: { list: unknown[] } = { list: [] };
  cycle.list.push(cycle);
  const sparse: unknown[] = ['a'];
  sparse[2] = 'c';
  class Point {
    x = 1;
  }
  const secret = 'hunter2';
  const throwing = {
    get a(): unknown {
      throw new Error(secret);
    },
  };
  const revoked = Proxy.revocable({}, {});
  revoked.revoke();
  it.each([
    [{ a: [1, Number.NaN] }, 'content.a[1] is NaN (number)'],
    [-Infinity, 'content is -Infinity (number)'],
    [{ 'a b': undefined }, 'content["a b"] is undefined'],
    [sparse, 'content[1] is undefined'],
    [{ f: () => secret }, 'content.f is a function'],
    [[Symbol(secret)], 'content[0] is a symbol'],
    [{ [Symbol(secret)]: 1 }, 'content has a symbol as a key'],
    [{ at: new Date(0) }, 'content.at is an instance of Date'],
    [new Map([[secret, secret]]), 'content is an instance of Map'],
    [[[new Point()]], 'content[0][0] is an instance of Point'],
    [Buffer.from(secret), 'content is an instance of Buffer'],
    [Object(secret), 'content is an instance of String'],
    [throwing, 'content.a throws when it is read'],
    [[revoked.proxy], 'content[0] throws when it is read'],
    [cycle, 'content.list[0] is one of its own ancestors, a cycle'],
  ])('case %#', (value, message) => {
    expect(() => canonicalJson(value, 'content')).toThrow(refused(`${message}, which has no canonical JSON`));
  });

  it('too deep a nesting, in a bounded message', () => {
    const nested = (levels: number) => JSON.parse('['.repeat(levels) + ']'.repeat(levels)) as unknown;
    expect(canonicalJson(nested(MAX_CANONICAL_DEPTH))).toHaveLength(2 * MAX_CANONICAL_DEPTH);
    const path = `value${'[0]'.repeat(65)}…`;
    expect(() => canonicalJson(nested(MAX_CANONICAL_DEPTH + 1))).toThrow(
      refused(`${path} is nested deeper than 900, which has no canonical JSON`),
    );
    expect(() => canonicalJson(nested(100_000))).toThrow(/nested deeper/);
  });
});

it('isPlainObject tells plain objects from instances and arrays', () => {
  expect([{}, Object.create(null), JSON.parse('{}')].map(isPlainObject)).toEqual([true, true, true]);
  expect(
    [[], null, 'a', new Date(), new Map(), new (class A {})(), () => 1].map(isPlainObject),
  ).not.toContain(true);
});
