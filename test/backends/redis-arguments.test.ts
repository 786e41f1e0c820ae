import { describe, expect, it } from 'vitest';
import { callOf, entryOf, listOf, progressOf, requiredTtl } from '../../dist/backends/redis-arguments.js';
import { codeThrownBy, thrownBy } from '../support/error-code.js';
import { THROWING } from '../support/unreadable-values.js';

function fail(): never {
  throw new Error('secret');
}

/** What a backend has that was not told otherwise. */
const RETRY = { attempts: 0, minDelayMs: 50, maxDelayMs: 1_000, unknownOutcome: false };

const CALLS = [
  'get',
  'set',
  'delete',
  'exists',
  'ttl',
  'touch',
  'getMany',
  'setMany',
  'deleteMany',
  'clear',
] as const;

describe.each(CALLS)('%s', (call) => {
  const { signal } = new AbortController();

  it('takes a signal, or none', () => {
    expect(callOf({ signal }, call, RETRY)?.signal).toBe(signal);
    expect([
      callOf({}, call, RETRY),
      callOf({ signal: undefined }, call, RETRY),
      callOf(undefined, call, RETRY),
    ]).toEqual([undefined, undefined, undefined]);
  });

  it.each([null, 5, {}, new AbortController(), { aborted: true }, new EventTarget()])(
    'refuses %s as a signal, and says what it got',
    (wrong) => {
      expect(thrownBy(() => callOf({ signal: wrong } as object, call, RETRY))).toMatchObject({
        code: 'ERR_OPTION',
        message: expect.stringMatching(new RegExp(`^${call}: signal must be an AbortSignal, received `)),
      });
    },
  );

  it('refuses an option that it does not take, and what are no options', () => {
    for (const wrong of [{ signals: signal }, { prefix: '' }, null, 0, [signal], 'signal'] as object[]) {
      expect(codeThrownBy(() => callOf(wrong, call, RETRY))).toBe('ERR_OPTION');
    }
    const takesTtl = call === 'set' || call === 'setMany';
    const refusesTtl = codeThrownBy(() => callOf({ ttl: 5 } as object, call, RETRY)) === 'ERR_OPTION';
    expect(refusesTtl).toBe(!takesTtl);
  });
});

it('a clear takes onProgress too, and it must be a function', () => {
  const onProgress = (): void => {};
  expect(progressOf({ onProgress })).toBe(onProgress);
  expect(codeThrownBy(() => progressOf({ onProgress: 'log' } as never))).toBe('ERR_OPTION');
});

it('a time and retries of a call are checked, and what is not given is as the backend has it', () => {
  for (const wrong of [0, 9, 10.5, 3_600_001, '50', null]) {
    expect(codeThrownBy(() => callOf({ timeoutMs: wrong } as object, 'get', RETRY))).toBe('ERR_OPTION');
  }
  const retries = [true, 3, null, { attempts: -1 }, { attempts: 101 }, { minDelayMs: 60_001 }];
  for (const wrong of [...retries, { maxDelayMs: '5' }, { unknownOutcome: 1 }, { times: 3 }]) {
    expect(codeThrownBy(() => callOf({ retry: wrong } as object, 'set', RETRY))).toBe('ERR_OPTION');
  }
  expect(callOf({ timeoutMs: 50, retry: { attempts: 2 } }, 'get', RETRY)).toEqual({
    signal: undefined,
    timeoutMs: 50,
    retry: { ...RETRY, attempts: 2 },
  });
  expect(callOf({ retry: false }, 'get', { ...RETRY, attempts: 5 })?.retry?.attempts).toBe(0);
});

it('a touch needs a TTL', () => {
  expect(requiredTtl(1.5)).toBe(1_500);
  for (const ttl of [undefined, 0, '5']) expect(codeThrownBy(() => requiredTtl(ttl))).toBe('ERR_TTL');
});

it('a batch takes any iterable but a string', () => {
  expect(listOf(new Set(['a', 'b']), 'getMany')).toEqual(['a', 'b']);
  for (const wrong of ['ab', 5, null, undefined, {}] as never[]) {
    expect(codeThrownBy(() => listOf(wrong, 'getMany'))).toBe('ERR_OPTION');
  }
});

it.each(THROWING)(
  '%s is an entry, a list and options of no call, and tells nothing of what it threw',
  (_, odd) => {
    for (const read of [
      () => entryOf(odd, undefined),
      () => entryOf(Object.defineProperty({ key: 'a' }, 'value', { enumerable: true, get: fail }), undefined),
      () => callOf(odd as object, 'get', RETRY),
    ]) {
      const { code, message } = thrownBy(read);
      expect(code).toBe('ERR_OPTION');
      expect(message).not.toContain('secret');
    }
  },
);

it('a value of an entry is read once', () => {
  let reads = 0;
  const entry = {
    key: 'a',
    get value() {
      return ++reads;
    },
  };
  expect(entryOf(entry, 5)).toEqual({ key: 'a', value: 1, ttl: 5 });
});

it('a list that throws while it is read is ERR_OPTION, without what it threw', () => {
  function* list(): Generator<string> {
    yield 'a';
    throw new Error('secret');
  }
  const { code, message } = thrownBy(() => listOf(list(), 'getMany'));
  expect([code, message]).toEqual([
    'ERR_OPTION',
    'getMany: its list threw while it was read; nothing was begun',
  ]);
  for (const [, odd] of THROWING.slice(2, 4))
    expect(codeThrownBy(() => listOf(odd as never, 'getMany'))).toBe('ERR_OPTION');
});
