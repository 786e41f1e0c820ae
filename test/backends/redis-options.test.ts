import { expect, it } from 'vitest';
import {
  type BreakerOptions,
  type ClusterOptions,
  type CompressionOptions,
  type OverloadOptions,
  type PoolOptions,
  RedisBackend,
  type RedisBackendOptions,
  type RetryOptions,
  type SealOptions,
  type SentinelOptions,
  type TlsOptions,
} from '../../dist/index.js';
import { thrownBy } from '../support/error-code.js';
import { THROWING } from '../support/unreadable-values.js';

/** The names of options that may be left out. */
type Optional<T> = { [K in keyof T]-?: undefined extends T[K] ? K : never }[keyof T];
/** All of them, as undefined. It compiles where that is their type too, by `exactOptionalPropertyTypes`. */
type Undefined<T> = { [K in Optional<T>]: undefined };

const NONE: Undefined<RedisBackendOptions> = {
  url: undefined,
  keyPrefix: undefined,
  redis: undefined,
  tls: undefined,
  sentinel: undefined,
  cluster: undefined,
  codec: undefined,
  codecs: undefined,
  compression: undefined,
  offload: undefined,
  inlineLimitBytes: undefined,
  maxValueBytes: undefined,
  sliceMs: undefined,
  collectYoung: undefined,
  timeoutMs: undefined,
  connectTimeoutMs: undefined,
  reconnectMaxDelayMs: undefined,
  onUnavailable: undefined,
  retry: undefined,
  overload: undefined,
  breaker: undefined,
  onCorrupt: undefined,
  plan: undefined,
  allowFlush: undefined,
  encryption: undefined,
  integrity: undefined,
  pool: undefined,
  limits: undefined,
};
const POOL: Undefined<PoolOptions> = {
  minThreads: undefined,
  maxThreads: undefined,
  tasksPerThread: undefined,
  idleTimeoutMs: undefined,
  maxQueue: undefined,
  maxBytesInFlight: undefined,
  maxHeapMb: undefined,
  niceness: undefined,
};
const OVERLOAD: Undefined<OverloadOptions> = {
  maxInFlight: undefined,
  maxBytesInFlight: undefined,
  maxPending: undefined,
  maxPendingBytes: undefined,
};
const BREAKER: Undefined<BreakerOptions> = {
  enabled: undefined,
  failures: undefined,
  windowMs: undefined,
  openMs: undefined,
  probes: undefined,
};
const RETRY: Undefined<RetryOptions> = {
  attempts: undefined,
  minDelayMs: undefined,
  maxDelayMs: undefined,
  unknownOutcome: undefined,
};
const LIMITS: Undefined<NonNullable<RedisBackendOptions['limits']>> = {
  maxDepth: undefined,
  maxItems: undefined,
  maxStringLength: undefined,
  maxBinaryBytes: undefined,
  maxSegments: undefined,
  cborTags: undefined,
};
const COMPRESSION: Undefined<CompressionOptions> = {
  level: undefined,
  minBytes: undefined,
  minSaving: undefined,
};
const SEAL: Undefined<SealOptions> = { current: undefined, allowPlain: undefined };
const TLS: Undefined<TlsOptions> = {
  ca: undefined,
  cert: undefined,
  key: undefined,
  passphrase: undefined,
  servername: undefined,
  rejectUnauthorized: undefined,
  minVersion: undefined,
};
const SENTINEL: Undefined<SentinelOptions> = {
  username: undefined,
  password: undefined,
  tls: undefined,
  readFrom: undefined,
};
const CLUSTER: Undefined<ClusterOptions> = { natMap: undefined, readFrom: undefined };
const NODES = [{ host: 'h', port: 1 }];

it.each<[string, RedisBackendOptions]>([
  ['every option', NONE],
  ['pool', { pool: POOL }],
  ['overload', { overload: OVERLOAD }],
  ['breaker', { breaker: BREAKER }],
  ['retry', { retry: RETRY }],
  ['limits', { limits: LIMITS }],
  ['offload', { offload: { encode: undefined, decode: undefined } }],
  ['compression', { compression: { algorithm: 'gzip', ...COMPRESSION } }],
  ['encryption', { encryption: { keys: { a: Buffer.alloc(32) }, ...SEAL } }],
  ['integrity', { integrity: { keys: { a: Buffer.alloc(32) }, ...SEAL } }],
  ['tls', { tls: TLS }],
  ['sentinel', { sentinel: { name: 'm', sentinels: NODES, ...SENTINEL } }],
  ['cluster', { url: 'redis://h', cluster: { nodes: NODES, ...CLUSTER } }],
])('undefined stands for the default: %s', async (_name, options) => {
  await using backend = new RedisBackend(options);
  expect(backend.stats().pool.threads).toBe(0);
});

it.each(THROWING)('%s among the options is ERR_OPTION, and tells nothing of what it threw', (_, odd) => {
  const nested = ['redis', 'tls', 'cluster', 'pool', 'retry', 'encryption', 'codecs'].map((name) => ({
    [name]: odd,
  }));
  for (const options of [odd, ...nested]) {
    const { code, message } = thrownBy(() => new RedisBackend(options as RedisBackendOptions));
    expect(code).toBe('ERR_OPTION');
    expect(message).not.toContain('secret');
  }
});
