import { readFileSync } from 'node:fs';
import {
  type CompressionAlgorithm,
  type CompressionOptions,
  type CompressionSettings,
  resolveCompression,
} from '../codec/compression.js';
import { resolveLimits } from '../codec/limits.js';
import { CodecRegistry, type CustomCodec, type RegistrySettings } from '../codec/registry.js';
import { describe, OffloopError } from '../errors.js';
import type { KeyRing } from '../frame/key-ring.js';
import type { Offload } from '../offload/plan.js';
import type { PoolSettings } from '../offload/pool.js';
import { assertKnownVariables } from '../option-variables.js';
import { type FlatOptions, OPTION_VARIABLES, resolveFlatOptions, STRUCTURED_OPTIONS } from '../options.js';
import type { BreakerSettings } from '../redis/breaker.js';
import type { OperationsSettings } from '../redis/operations.js';
import type { RoomLimits } from '../redis/room.js';
import {
  type ClusterOptions,
  type ConnectionSettings,
  resolveConnection,
  resolveReplicas,
  type SentinelOptions,
  type TlsOptions,
} from '../redis/settings.js';
import { unreadableAs } from './arguments.js';
import { type BreakerOptions, type OverloadOptions, resolveAvailability } from './availability-options.js';
import type { RetryOptions } from './call-options.js';
import { resolveRing, SEAL_VARIABLES, type SealOptions } from './seal-options.js';

/** The pool of worker threads: one for the process and each set of these settings, shared by all backends. */
export interface PoolOptions {
  /** Threads kept once the first large value came, 1 to 64. @default 1 */
  readonly minThreads?: number | undefined;
  /** The most threads, 1 to 64. @default the cores less one, 1 to 4 */
  readonly maxThreads?: number | undefined;
  /** Values that one thread moves at a time, 1 to 1,024. @default 8 */
  readonly tasksPerThread?: number | undefined;
  /** An idle thread above `minThreads`, and an idle connection of a thread, end after this many ms. @default 30000 */
  readonly idleTimeoutMs?: number | undefined;
  /** Large values that may wait for a thread, 0 to 1,000,000. @default 10000 */
  readonly maxQueue?: number | undefined;
  /** Bytes of large values under way, 1 MB to 16 GB. @default 536870912 */
  readonly maxBytesInFlight?: number | undefined;
  /** Heap of one thread in MB, 32 to 65,536. Buffers do not count. @default 1024 */
  readonly maxHeapMb?: number | undefined;
  /** How far threads give way to the event loop's where cores are short, 0 to 19; on Linux alone. @default 5 */
  readonly niceness?: number | undefined;
}

/**
 * What a stored value may be at most to be read; more is `ERR_LIMIT`, treated as `onCorrupt` says. They are held against the bytes
 * before these are decoded. What is written is not held against them; custom codecs look after themselves.
 */
export interface LimitOptions {
  /** How deep containers may be in each other, 1 to 500. @default 500 */
  readonly maxDepth?: number | undefined;
  /** Elements, fields and entries of all containers of a value, 1 to 536,870,912. @default 536870912 */
  readonly maxItems?: number | undefined;
  /** Characters of one string or key (bytes in `cbor`, `msgpack` and `json`), 1,024 to 536,870,912. @default 536870912 */
  readonly maxStringLength?: number | undefined;
  /** Bytes of one piece of binary data, 1,024 to 536,870,912. @default 536870912 */
  readonly maxBinaryBytes?: number | undefined;
  /** Segments of a large value, 1 to 1,048,576; each has about 64 KB. @default 65536 */
  readonly maxSegments?: number | undefined;
  /**
   * The tags that are read in `cbor`, of those that Offloop writes: 1, 2, 3, 64 to 86 without 76, 80, 83 and 84, 258, 259.
   * @default all of them
   */
  readonly cborTags?: readonly number[] | undefined;
}

/** Options of a `RedisBackend`. Those that are a word or a number can also come from a file or the environment. */
export interface RedisBackendOptions {
  /** `redis://`, `rediss://` or `unix://`, with user, password and database. @default 'redis://localhost:6379/0' */
  readonly url?: string | undefined;
  /** Stands before every key, with no separator added. @default '' */
  readonly keyPrefix?: string | undefined;
  /** Further settings of ioredis but those that Offloop or `url` sets; plain data only: worker threads connect by them too. */
  readonly redis?: Readonly<Record<string, unknown>> | undefined;
  /** TLS settings; they switch TLS on for any URL but a `unix://` one. */
  readonly tls?: TlsOptions | undefined;
  /** Find the master by Redis Sentinel; the URL then gives credentials, database and TLS alone. */
  readonly sentinel?: SentinelOptions | undefined;
  /** Connect to a Redis Cluster; the URL then gives credentials and TLS alone. */
  readonly cluster?: ClusterOptions | undefined;
  /** `auto`, `columns`, `graph`, `cbor`, `json`, `raw`, `msgpack`, or the name of one of `codecs`. @default 'auto' */
  readonly codec?: string | undefined;
  /** Codecs of your own, by the module that exports them. */
  readonly codecs?: readonly CustomCodec[] | undefined;
  /** An algorithm, or all its settings. @default 'none' */
  readonly compression?: 'none' | CompressionAlgorithm | CompressionOptions | undefined;
  /** Who serializes and deserializes. @default 'auto' */
  readonly offload?:
    | Offload
    | { readonly encode?: Offload | undefined; readonly decode?: Offload | undefined }
    | undefined;
  /** Stored values up to this many bytes stay on the command connection, 1 KB to 16 MB. @default 65536 */
  readonly inlineLimitBytes?: number | undefined;
  /** The most bytes of a value, before and after compression; up to 512 MB less 1 KB. @default 268435456 */
  readonly maxValueBytes?: number | undefined;
  /** Milliseconds of one turn of the event loop that large values may take, all together, 0.1 to 1,000. @default 0.5 */
  readonly sliceMs?: number | undefined;
  /**
   * Whether the engine's young generation is collected bit by bit while a value of 16 MB of objects or more is decoded (some 6 MB of
   * JSON): pauses of about 1 ms instead of 5 to 30, for up to half more time of that get. It then also waits while the engine marks for a
   * full collection, for 50 ms at most (docs/offload.md).
   * @default true
   */
  readonly collectYoung?: boolean | undefined;
  /** Milliseconds for one operation, waiting included, 10 to 3,600,000; it is given up 2 %, at most 20 ms, earlier. @default 5000 */
  readonly timeoutMs?: number | undefined;
  /** Milliseconds for one attempt to connect, 10 to 600,000. @default 10000 */
  readonly connectTimeoutMs?: number | undefined;
  /** The longest pause between attempts to connect, in ms, 10 to 600,000. @default 2000 */
  readonly reconnectMaxDelayMs?: number | undefined;
  /**
   * What calls do while Redis is away: `miss` has reads find nothing and writes do nothing, each counted in `stats()` and told by the
   * event `unavailable`. A delete that did nothing leaves the old value: see docs/availability.md. @default 'throw'
   */
  readonly onUnavailable?: 'throw' | 'miss' | undefined;
  /** When calls are tried again. @default none is */
  readonly retry?: RetryOptions | undefined;
  readonly overload?: OverloadOptions | undefined;
  /** `false` for none. @default on */
  readonly breaker?: BreakerOptions | false | undefined;
  /** What a get makes of bytes that are no verified frame. @default 'miss' */
  readonly onCorrupt?: 'miss' | 'throw' | undefined;
  /**
   * `auto` also decides by what it has measured in this process (see `stats().plan`); `fixed` decides by the options alone, the
   * same at every time. @default 'auto'
   */
  readonly plan?: 'auto' | 'fixed' | undefined;
  /** Whether `clear()` without a prefix may empty the database. @default true */
  readonly allowFlush?: boolean | undefined;
  /**
   * Encrypts stored values (AES-256-GCM) and refuses others; see docs/security.md. Also `OFFLOOP_ENCRYPTION_KEYS` (`id:key,id:key`),
   * `OFFLOOP_ENCRYPTION_CURRENT` and `OFFLOOP_ENCRYPTION_ALLOW_PLAIN`. @default none
   */
  readonly encryption?: SealOptions | undefined;
  /** Has values say by a keyed MAC (HMAC-SHA-256) who stored them, and refuses others. `OFFLOOP_INTEGRITY_*` likewise. @default none */
  readonly integrity?: SealOptions | undefined;
  readonly pool?: PoolOptions | undefined;
  readonly limits?: LimitOptions | undefined;
}

/** The options with every default filled in and every bound checked. */
export interface ResolvedRedisOptions {
  readonly keyPrefix: string;
  readonly codec: string;
  readonly registry: CodecRegistry;
  readonly codecs: RegistrySettings;
  readonly compression: CompressionSettings | undefined;
  readonly offload: { readonly encode: Offload; readonly decode: Offload };
  readonly inlineLimitBytes: number;
  readonly maxValueBytes: number;
  readonly sliceMs: number;
  readonly collectYoung: boolean;
  readonly operations: OperationsSettings;
  readonly overload: RoomLimits;
  readonly breaker: BreakerSettings;
  readonly onCorrupt: 'miss' | 'throw';
  readonly allowFlush: boolean;
  readonly plan: 'auto' | 'fixed';
  readonly pool: PoolSettings;
  readonly connection: ConnectionSettings;
  /** Of those that read from replicas; undefined where nothing is read from them. */
  readonly replicas: ConnectionSettings | undefined;
  readonly ring: KeyRing | undefined;
}

/**
 * Fills in and checks. What the constructor was given comes before the file, the file before the environment
 * (`OFFLOOP_*`), and that before the defaults. Throws `ERR_OPTION`, `ERR_URL`, `ERR_COMPRESSION` or
 * `ERR_MISSING_PACKAGE`.
 */
export function resolveOptions(options: unknown, file: Record<string, unknown> = {}): ResolvedRedisOptions {
  try {
    return resolve(options, file);
  } catch (error) {
    throw unreadableAs(error, 'the options');
  }
}

function resolve(options: unknown, file: Record<string, unknown>): ResolvedRedisOptions {
  assertKnownVariables(process.env, [...OPTION_VARIABLES, ...SEAL_VARIABLES]);
  const given = asLayer(options);
  const flat = resolveFlatOptions([given, file], process.env);
  // Not by `??`: `encryption: null` is refused, and no way of asking for none.
  const structured = Object.fromEntries(
    STRUCTURED_OPTIONS.map((name) => [name, given[name] === undefined ? file[name] : given[name]]),
  );
  const limits = resolveLimits((path) => flat.get(path));
  const registry = new CodecRegistry(structured.codecs as readonly CustomCodec[] | undefined, limits);
  const codec = text(flat, 'codec');
  if (codec !== 'auto') registry.byName(codec);
  const timeoutMs = number(flat, 'timeoutMs');
  const keyPrefix = text(flat, 'keyPrefix');
  assertPrefix(keyPrefix);
  const topology = { sentinel: structured.sentinel, cluster: structured.cluster };
  const connection = resolveConnection({
    url: text(flat, 'url'),
    redis: structured.redis,
    tls: structured.tls,
    ...topology,
    timeoutMs,
    connectTimeoutMs: number(flat, 'connectTimeoutMs'),
    reconnectMaxDelayMs: number(flat, 'reconnectMaxDelayMs'),
  });
  return {
    keyPrefix,
    codec,
    registry,
    codecs: registry.settings,
    compression: compressionOf(flat),
    offload: {
      encode: text(flat, 'offload.encode') as Offload,
      decode: text(flat, 'offload.decode') as Offload,
    },
    inlineLimitBytes: number(flat, 'inlineLimitBytes'),
    maxValueBytes: number(flat, 'maxValueBytes'),
    sliceMs: number(flat, 'sliceMs'),
    collectYoung: flat.get('collectYoung') === true,
    ...resolveAvailability(flat),
    onCorrupt: text(flat, 'onCorrupt') as 'miss' | 'throw',
    allowFlush: flat.get('allowFlush') === true,
    plan: text(flat, 'plan') as 'auto' | 'fixed',
    ring: resolveRing({ encryption: structured.encryption, integrity: structured.integrity }, process.env),
    pool: {
      minThreads: number(flat, 'pool.minThreads'),
      maxThreads: number(flat, 'pool.maxThreads'),
      tasksPerThread: number(flat, 'pool.tasksPerThread'),
      idleTimeoutMs: number(flat, 'pool.idleTimeoutMs'),
      maxQueue: number(flat, 'pool.maxQueue'),
      maxBytesInFlight: number(flat, 'pool.maxBytesInFlight'),
      maxHeapMb: number(flat, 'pool.maxHeapMb'),
      niceness: number(flat, 'pool.niceness'),
    },
    connection,
    replicas: resolveReplicas(connection, topology),
  };
}

/** The options in a JSON file, without the `tuning` that `offloop tune` writes beside them. Throws `ERR_OPTION` where it cannot be read or is no object. */
export function readConfig(path: string | URL): Record<string, unknown> {
  let parsed: unknown;
  try {
    const text = readFileSync(path, 'utf8');
    // Editors on Windows begin a file with a byte order mark, which JSON does not know.
    parsed = JSON.parse(text.startsWith('\uFEFF') ? text.slice(1) : text);
  } catch (error) {
    const reason = error instanceof SyntaxError ? 'it is not JSON' : 'it cannot be read';
    throw new OffloopError('ERR_OPTION', `the config file ${String(path)}: ${reason}`);
  }
  // What `offloop tune` found out stands beside what it recommends.
  const { tuning: _, ...options } = asLayer(parsed);
  return options;
}

/** Refuses, with `ERR_KEY`, a prefix that is no well-formed string. */
export function assertPrefix(prefix: unknown): asserts prefix is string {
  if (typeof prefix === 'string' && prefix.isWellFormed()) return;
  const received = typeof prefix === 'string' ? 'a lone surrogate in it' : describe(prefix);
  throw new OffloopError('ERR_KEY', `a key prefix must be a well-formed string, received ${received}`);
}

function asLayer(options: unknown): Record<string, unknown> {
  if (options === undefined) return {};
  if (typeof options === 'object' && options !== null && !Array.isArray(options)) {
    return options as Record<string, unknown>;
  }
  throw new OffloopError('ERR_OPTION', `the options must be an object, received ${describe(options)}`);
}

function compressionOf(flat: FlatOptions): CompressionSettings | undefined {
  if (flat.get('compression.algorithm') === 'none') return undefined;
  const names = ['algorithm', 'level', 'minBytes', 'minSaving'];
  return resolveCompression(Object.fromEntries(names.map((name) => [name, flat.get(`compression.${name}`)])));
}

function number(flat: FlatOptions, path: string): number {
  return flat.get(path) as number;
}

function text(flat: FlatOptions, path: string): string {
  return flat.get(path) as string;
}
