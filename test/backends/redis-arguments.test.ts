import { describe, expect, it } from 'vitest';
import { listOf, readClearOptions, requiredTtl, signalOf } from '../../dist/backends/redis-arguments.js';
import { codeThrownBy, thrownBy } from '../support/error-code.js';

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
    expect(signalOf({ signal }, call)).toBe(signal);
    expect([signalOf({}, call), signalOf({ signal: undefined }, call), signalOf(undefined, call)]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it.each([null, 5, {}, new AbortController(), { aborted: true }, new EventTarget()])(
    'refuses %s as a signal, and says what it got',
    (wrong) => {
      expect(thrownBy(() => signalOf({ signal: wrong } as object, call))).toMatchObject({
        code: 'ERR_OPTION',
        message: expect.stringMatching(new RegExp(`^${call}: signal must be an AbortSignal, received `)),
      });
    },
  );

  it('refuses an option that it does not take, and what are no options', () => {
    for (const wrong of [{ signals: signal }, { prefix: '' }, null, 0, [signal], 'signal'] as object[]) {
      expect(codeThrownBy(() => signalOf(wrong, call))).toBe('ERR_OPTION');
    }
    const takesTtl = call === 'set' || call === 'setMany';
    const refusesTtl = codeThrownBy(() => signalOf({ ttl: 5 } as object, call)) === 'ERR_OPTION';
    expect(refusesTtl).toBe(!takesTtl);
  });
});

it('a clear takes onProgress too, and it must be a function', () => {
  const onProgress = (): void => {};
  expect(readClearOptions({ onProgress })).toEqual({ signal: undefined, onProgress });
  expect(codeThrownBy(() => readClearOptions({ onProgress: 'log' } as never))).toBe('ERR_OPTION');
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
