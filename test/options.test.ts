import { describe, expect, it } from 'vitest';
import { OPTION_SPECS } from '../dist/option-specs.js';
import { environmentName } from '../dist/option-variables.js';
import { resolveFlatOptions } from '../dist/options.js';
import { thrownBy } from './support/error-code.js';

it('every default is within its own bounds', () => {
  const resolved = resolveFlatOptions([], {});
  for (const { path, default: standard } of OPTION_SPECS) {
    expect(resolved.get(path), path).toBe(standard);
    if (standard !== undefined)
      expect(resolveFlatOptions([nest(path, standard)], {}).get(path)).toBe(standard);
  }
});

describe('bounds', () => {
  it.each(OPTION_SPECS.filter(({ type }) => type === 'integer' || type === 'number'))(
    '$path',
    ({ path, min = 0, max = 0, type }) => {
      const accepts = (value: unknown): boolean => {
        try {
          // The other end of the pair min and max threads must not be in the way.
          const wide = path === 'pool.minThreads' ? [{ pool: { maxThreads: 64 } }] : [];
          resolveFlatOptions([nest(path, value), ...wide], {});
          return true;
        } catch {
          return false;
        }
      };
      expect([min, max].map(accepts)).toEqual([true, true]);
      const wrong = [min - 1, max + 1, Number.NaN, Number.POSITIVE_INFINITY, '5', null, {}];
      if (type === 'integer') wrong.push(min + 0.5);
      expect(wrong.map(accepts)).toEqual(wrong.map(() => false));
    },
  );
});

it('a message names the option, its bounds with the unit, and what was received', () => {
  expect(thrownBy(() => resolveFlatOptions([{ timeoutMs: 5 }], {}))).toEqual({
    code: 'ERR_OPTION',
    message: 'timeoutMs must be a whole number of 10 to 3600000 (ms), received 5 (number)',
  });
});

it('a url that is a number is not told: it may be a password', () => {
  expect(thrownBy(() => resolveFlatOptions([{ url: 8675309 }], {})).message).toBe(
    'url must be a string, received a number',
  );
});

it('an unknown option is refused by its name, at the top and inside a group', () => {
  expect(thrownBy(() => resolveFlatOptions([{ maxThread: 1 }], {})).message).toContain(
    'unknown option "maxThread"',
  );
  expect(thrownBy(() => resolveFlatOptions([{ pool: { max: 1 } }], {})).message).toContain(
    'unknown option "pool.max"',
  );
});

it('the constructor comes before the file, the file before the environment, that before the default', () => {
  const environment = {
    OFFLOOP_TIMEOUT_MS: '111',
    OFFLOOP_POOL_MAX_THREADS: '3',
    OFFLOOP_ALLOW_FLUSH: 'false',
  };
  const flat = resolveFlatOptions(
    [{ timeoutMs: 333 }, { timeoutMs: 222, pool: { tasksPerThread: 2 } }],
    environment,
  );
  expect(flat.get('timeoutMs')).toBe(333);
  expect(flat.get('pool.tasksPerThread')).toBe(2);
  expect(flat.get('pool.maxThreads')).toBe(3);
  expect(flat.get('allowFlush')).toBe(false);
  expect(flat.get('onCorrupt')).toBe('miss');
});

it.each([
  ['OFFLOOP_TIMEOUT_MS', 'soon', 'must be a number, received "soon"'],
  ['OFFLOOP_TIMEOUT_MS', ' ', 'must be a number, received " "'],
  ['OFFLOOP_TIMEOUT_MS', '5', 'must be a whole number of 10 to 3600000 (ms), received 5 (number)'],
  ['OFFLOOP_SLICE_MS', '1,5', 'must be a number, received "1,5"'],
  ['OFFLOOP_LIMITS_CBOR_TAGS', '1,x', 'must be a number, received "x"'],
  ['OFFLOOP_ALLOW_FLUSH', 'no', 'must be a boolean, received a string of 2 characters'],
])('a bad variable is refused by its own name: %s=%s', (variable, text, why) => {
  expect(thrownBy(() => resolveFlatOptions([], { [variable]: text }))).toEqual({
    code: 'ERR_OPTION',
    message: `${variable} ${why}`,
  });
});

it('minThreads may not be over maxThreads', () => {
  expect(
    thrownBy(() => resolveFlatOptions([{ pool: { minThreads: 3, maxThreads: 2 } }], {})).message,
  ).toContain('at most');
});

it('a word is short for the first field of a group', () => {
  const flat = resolveFlatOptions([{ compression: 'gzip', offload: 'never' }], {});
  expect([flat.get('compression.algorithm'), flat.get('offload.encode'), flat.get('offload.decode')]).toEqual(
    ['gzip', 'never', 'never'],
  );
});

it('a variable of a group is short as its option is, and the exact one comes before it', () => {
  const flat = resolveFlatOptions([], {
    OFFLOOP_COMPRESSION: 'gzip',
    OFFLOOP_BREAKER: 'false',
    OFFLOOP_OFFLOAD: 'never',
    OFFLOOP_OFFLOAD_DECODE: 'always',
  });
  expect(flat.get('compression.algorithm')).toBe('gzip');
  expect(flat.get('breaker.enabled')).toBe(false);
  expect([flat.get('offload.encode'), flat.get('offload.decode')]).toEqual(['never', 'always']);
  expect(thrownBy(() => resolveFlatOptions([], { OFFLOOP_COMPRESSION: 'lz4' })).message).toContain(
    'OFFLOOP_COMPRESSION must be one of none, gzip, brotli, zstd',
  );
});

it('names of variables follow one rule', () => {
  expect(environmentName('pool.maxBytesInFlight')).toBe('OFFLOOP_POOL_MAX_BYTES_IN_FLIGHT');
});

function nest(path: string, value: unknown): Record<string, unknown> {
  const [first = '', second] = path.split('.');
  return second === undefined ? { [first]: value } : { [first]: { [second]: value } };
}
