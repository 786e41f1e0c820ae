import { describe, expect, it } from 'vitest';
import {
  assertKey,
  assertKnownOptions,
  assertStorable,
  pathSegment,
  ttlToMilliseconds,
} from '../../dist/backends/arguments.js';
import { MAX_TTL_SECONDS } from '../../dist/backends/cache-backend.js';
import { THROWING, UNLISTED } from '../support/unreadable-values.js';

const failing = (code: string, message: string | RegExp) =>
  expect.objectContaining({ name: 'OffloopError', code, message: expect.stringMatching(message) });

describe('assertKey', () => {
  it('accepts every well-formed, non-empty string', () => {
    for (const key of ['a', ' ', '\u0000', '😀', '\ufffd', '__proto__', 'k'.repeat(100_000)]) {
      expect(() => assertKey(key)).not.toThrow();
    }
  });

  it.each([
    ['', 'an empty string'],
    [undefined, 'undefined'],
    [null, 'null'],
    [5, '5 \\(number\\)'],
    [['a'], 'an array of 1'],
    [Symbol('secret'), 'a symbol'],
    [Object('boxed'), 'an instance of String'],
    [Buffer.from('a'), 'an instance of Buffer'],
  ])('refuses %o and says what it received', (key, received) => {
    expect(() => assertKey(key)).toThrow(failing('ERR_KEY', received));
  });

  it('refuses a lone surrogate, and shows a bounded, escaped piece of the key', () => {
    expect(() => assertKey(`${'k'.repeat(100)}\ud83d`)).toThrow(
      failing('ERR_KEY', /lone surrogate in "k{48}"… \(101/),
    );
    expect(() => assertKey('\ude00\ud83d')).toThrow(failing('ERR_KEY', /\\ude00\\ud83d/));
  });
});

describe('ttlToMilliseconds', () => {
  it.each([
    [undefined, undefined],
    [60, 60_000],
    [0.25, 250],
    [1.0015, 1002],
    [0.0001, 1],
    [Number.MIN_VALUE, 1],
    [MAX_TTL_SECONDS, 3_153_600_000_000],
  ])('makes %s seconds %s ms', (ttl, milliseconds) => {
    expect(ttlToMilliseconds(ttl)).toBe(milliseconds);
  });

  it.each([
    [0, /received 0 \(number\)/],
    [-1, /received -1 \(number\)/],
    [Number.NaN, /received NaN/],
    [Infinity, /received Infinity/],
    [MAX_TTL_SECONDS + 1, /received 3153600001/],
    ['60', /received a string of 2 characters/],
    [null, /received null/],
    [60n, /received a bigint/],
    [{ seconds: 60 }, /received an object/],
  ])('refuses %o and names the bounds', (ttl, received) => {
    expect(() => ttlToMilliseconds(ttl)).toThrow(failing('ERR_TTL', received));
    expect(() => ttlToMilliseconds(ttl)).toThrow(/above 0 and at most 3153600000/);
  });
});

describe('assertStorable', () => {
  it('accepts every value, the falsy ones included', () => {
    for (const value of [null, false, 0, '', Number.NaN, 0n, {}, []])
      expect(() => assertStorable(value)).not.toThrow();
  });

  it.each([
    [undefined, /value is undefined/],
    [() => 1, /value is a function/],
    [Symbol('secret'), /value is a symbol/],
  ])('refuses %o', (value, message) => {
    expect(() => assertStorable(value)).toThrow(failing('ERR_VALUE', message));
  });
});

describe('assertKnownOptions', () => {
  const allowed = new Set(['ttl', 'type']);

  it('accepts known names, none, and undefined', () => {
    for (const options of [undefined, {}, { ttl: 1 }, { ttl: undefined, type: 'a' }, Object.create(null)]) {
      expect(() => assertKnownOptions(options, allowed, 'set')).not.toThrow();
    }
  });

  it('refuses an unknown name, inherited ones too, and lists the known', () => {
    expect(() => assertKnownOptions({ tll: 1 }, allowed, 'set')).toThrow(
      failing('ERR_OPTION', /^set: unknown option "tll"; known: ttl, type$/),
    );
    expect(() => assertKnownOptions(Object.create({ tll: 1 }), allowed, 'set')).toThrow(
      failing('ERR_OPTION', 'tll'),
    );
  });

  it.each([null, 60, 'ttl', ['ttl'], () => 1])('refuses %o as options', (options) => {
    expect(() => assertKnownOptions(options, allowed, 'set')).toThrow(
      failing('ERR_OPTION', /must be an object, received/),
    );
  });
});

it.each([...THROWING, ...UNLISTED])(
  'refuses %s as options, and tells nothing of what it threw',
  (_, options) => {
    const check = () => assertKnownOptions(options, new Set(['a']), 'set');
    expect(check).toThrow(
      failing('ERR_OPTION', /^set: options (cannot be read|must be an object, received an array)/),
    );
    expect(check).not.toThrow(/secret/);
  },
);

it('pathSegment writes an index, a name, or any key quoted and bounded', () => {
  expect(pathSegment(3)).toBe('[3]');
  expect(pathSegment('$name_1')).toBe('.$name_1');
  expect(pathSegment('a b')).toBe('["a b"]');
  expect(pathSegment('')).toBe('[""]');
  expect(pathSegment('k'.repeat(5000)).length).toBeLessThan(80);
});
