import { afterEach, describe, expect, it, vi } from 'vitest';
import { RedisBackend } from '../dist/index.js';
import { assertKnownVariables } from '../dist/option-variables.js';
import { thrownBy } from './support/error-code.js';

const KNOWN = ['OFFLOOP_URL', 'OFFLOOP_TIMEOUT_MS', 'OFFLOOP_POOL_MAX_THREADS'];

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('a backend refuses a variable that sets nothing, by its name and without its text', () => {
  it.each([
    ['OFFLOOP_ENCRYPTION_KEY', 'OFFLOOP_ENCRYPTION_KEYS'],
    ['OFFLOOP_ENCRYPTION', 'OFFLOOP_ENCRYPTION_KEYS'],
    ['OFFLOOP_TIMEOUT', 'OFFLOOP_TIMEOUT_MS'],
    ['OFFLOOP_TIMOUT_MS', 'OFFLOOP_TIMEOUT_MS'],
    ['OFFLOOP_MAX_THREADS', 'OFFLOOP_POOL_MAX_THREADS'],
    ['OFFLOOP_LIMITS_CBORTAGS', 'OFFLOOP_LIMITS_CBOR_TAGS'],
  ])('%s', (name, near) => {
    vi.stubEnv(name, 'hunter2');
    const { code, message } = thrownBy(() => new RedisBackend());
    expect([code, message]).toEqual([
      'ERR_OPTION',
      `unknown variable ${name}; the nearest known one is ${near}`,
    ]);
  });
});

it('where no known name is like it, none is named', () => {
  expect(thrownBy(() => assertKnownVariables({ OFFLOOP_PASSWORD: 'hunter2' }, KNOWN)).message).toBe(
    'unknown variable OFFLOOP_PASSWORD',
  );
});

it('what others set for a service of that name is left alone, and nothing else beside it', () => {
  const service = {
    OFFLOOP_REDIS_SERVICE_HOST: '10.0.0.1',
    OFFLOOP_REDIS_SERVICE_PORT: '6379',
    OFFLOOP_REDIS_PORT: 'tcp://10.0.0.1:6379',
    OFFLOOP_REDIS_PORT_6379_TCP_ADDR: '10.0.0.1',
  };
  assertKnownVariables({ ...service, OFFLOOP_URL: 'redis://h', PATH: '/bin' }, KNOWN);
  expect(thrownBy(() => assertKnownVariables({ ...service, OFFLOOP_PORT: '1' }, KNOWN)).message).toContain(
    'OFFLOOP_PORT',
  );
});
