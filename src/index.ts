export { assertKey, assertStorable, ttlToMilliseconds } from './backends/arguments.js';
export type { BreakerOptions, OverloadOptions } from './backends/availability-options.js';
export { type CacheBackend, MAX_TTL_SECONDS, type SetOptions } from './backends/cache-backend.js';
export type { CachedValue } from './backends/cached-value.js';
export type { CallOptions, RetryOptions } from './backends/call-options.js';
export { DiskBackend } from './backends/disk.js';
export type { DiskBackendOptions } from './backends/disk-options.js';
export { InMemoryBackend, type InMemoryBackendOptions, type MemoryKeep } from './backends/memory.js';
export { RedisBackend } from './backends/redis.js';
export type {
  BytesOptions,
  ClearOptions,
  GetOptions,
  RedisSetOptions,
  SetEntry,
} from './backends/redis-arguments.js';
export type { PoolOptions, RedisBackendOptions } from './backends/redis-options.js';
export type { SealOptions } from './backends/seal-options.js';
export { TieredBackend } from './backends/tiered.js';
export type { NearCacheOptions, TieredBackendOptions } from './backends/tiered-options.js';
export type { TieredBackendStats } from './backends/tiered-stats.js';
export type { CompressionAlgorithm, CompressionOptions } from './codec/compression.js';
export type { CustomCodec } from './codec/registry.js';
export { BatchError, type BatchFailure, type ErrorCode, OffloopError, type Outcome } from './errors.js';
export { CacheManager } from './manager/cache-manager.js';
export type {
  Factory,
  FactoryContext,
  GetOrSetOptions,
  LeaseOptions,
  ModuleFactory,
} from './manager/get-or-set-options.js';
export { CacheKeyBuilder, type CacheKeyBuilderOptions, type KeyAlgorithm } from './manager/key-builder.js';
export type {
  CacheManagerOptions,
  ManagedClearOptions,
  ManagedSetOptions,
} from './manager/manager-options.js';
export type { CacheManagerStats } from './manager/manager-stats.js';
export type { SchemaOptions, StandardSchema } from './manager/standard-schema.js';
export { STANDARD_TTLS, TtlPolicy, type TtlPolicyOptions } from './manager/ttl-policy.js';
export { TypedCache, type TypedCacheStats } from './manager/typed-cache.js';
export type { Offload } from './offload/plan.js';
export type { ChunkSource } from './redis/chunk-source.js';
export type { RedisBackendEvents } from './redis/events.js';
export type { ClearProgress } from './redis/scan.js';
export type { ClusterOptions, NodeAddress, SentinelOptions, TlsOptions } from './redis/settings.js';
export type { PoolStats, RedisBackendStats } from './stats.js';
