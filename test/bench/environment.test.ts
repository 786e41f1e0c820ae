import { expect, test, vi } from 'vitest';
import { describeEnvironment, renderEnvironment } from '../../dist/bench/environment.js';
import type { IoredisClient } from '../../dist/bench/peers/ioredis-client.js';

const server = { info: async () => 'redis_version:7.0.0' } as unknown as IoredisClient;

test('variables that change what is measured are named, without their values', async () => {
  vi.stubEnv('OFFLOOP_URL', 'redis://localhost');
  vi.stubEnv('OFFLOOP_ENCRYPTION_KEYS', 'a:s3cret');
  vi.stubEnv('OFFLOOP_COMPRESSION', 'brotli');
  try {
    const environment = await describeEnvironment(server, 'a clock');
    expect(environment.variables).toBe('OFFLOOP_COMPRESSION, OFFLOOP_ENCRYPTION_KEYS');
    const told = renderEnvironment(environment);
    expect(told).toContain('OFFLOOP_COMPRESSION');
    expect(told).not.toMatch(/brotli|s3cret/);
  } finally {
    vi.unstubAllEnvs();
  }
  expect(await describeEnvironment(server, 'a clock')).not.toHaveProperty('variables');
});
