import { assertGivenOptions, assertKnownOptions } from '../backends/arguments.js';
import type { CacheBackend } from '../backends/cache-backend.js';
import { isPrefixed } from '../backends/prefix-view.js';
import { scopeOf } from '../backends/scope-store.js';
import { describe, OffloopError } from '../errors.js';
import { GenerationBackend } from './generation-backend.js';
import { CacheKeyBuilder } from './key-builder.js';
import { readTags } from './layout.js';
import type { SchemaOptions, StandardSchema } from './standard-schema.js';
import { TtlPolicy } from './ttl-policy.js';

/** Options of {@link CacheManager}. */
export interface CacheManagerOptions {
  /** Where values are kept. The manager's `close()` closes it. */
  readonly backend: CacheBackend;
  /**
   * What makes keys from content.
   * @default new CacheKeyBuilder()
   */
  readonly keyBuilder?: CacheKeyBuilder | undefined;
  /**
   * How long values live that are set without a TTL.
   * @default new TtlPolicy()
   */
  readonly ttlPolicy?: TtlPolicy | undefined;
  /**
   * Whether `clear({ instant: true })` can be had: one command, however many keys there are. Each call then asks for the
   * present generation besides, in the same round trip (docs/tags-and-clears.md). Managers that share keys must agree on it.
   * Needs a `RedisBackend`, or a `TieredBackend` over one.
   * @default false
   */
  readonly instantClears?: boolean | undefined;
}

/** Options of one `set` of a {@link CacheManager}. */
export interface ManagedSetOptions {
  /**
   * Time to live in seconds, as of the backend; `Infinity` means for ever.
   * @default what the policy has for the type
   */
  readonly ttl?: number | undefined;
  /**
   * What is cached, for the policy: a non-empty string.
   * @default 'response'
   */
  readonly type?: string | undefined;
  /**
   * Names under which the value can be invalidated together with others: non-empty, well-formed strings. Their names take
   * 4,096 bytes together at most, some 20 for each included. Needs a backend of ours.
   * @default none
   */
  readonly tags?: readonly string[] | undefined;
}

/** Options of one `clear` of a {@link CacheManager}. */
export interface ManagedClearOptions {
  /**
   * Whether the keys are outdated by one command, and removed in the background. Needs `instantClears`.
   * @default false
   */
  readonly instant?: boolean | undefined;
}

const OPTIONS: ReadonlySet<string> = new Set([
  'backend',
  'keyBuilder',
  'ttlPolicy',
  'instantClears',
] satisfies (keyof CacheManagerOptions)[]);
const SET_OPTIONS: ReadonlySet<string> = new Set([
  'ttl',
  'type',
  'tags',
] satisfies (keyof ManagedSetOptions)[]);
const SCHEMA_OPTIONS: ReadonlySet<string> = new Set(['version'] satisfies (keyof SchemaOptions)[]);
const CLEAR_OPTIONS: ReadonlySet<string> = new Set(['instant'] satisfies (keyof ManagedClearOptions)[]);
const BACKEND_METHODS = ['get', 'set', 'delete', 'exists', 'clear', 'close'] satisfies (keyof CacheBackend)[];

/** The options of a manager with every default filled in. */
export interface ResolvedManagerOptions {
  readonly backend: CacheBackend;
  readonly keyBuilder: CacheKeyBuilder;
  readonly ttlPolicy: TtlPolicy;
  /** What the backend is used by, where it has instant clears. */
  readonly generations: GenerationBackend | undefined;
}

/** Fills in and checks. Throws `ERR_OPTION`. */
export function resolveManagerOptions(options: CacheManagerOptions): ResolvedManagerOptions {
  assertGivenOptions(options, OPTIONS, 'CacheManager');
  const { backend, keyBuilder = new CacheKeyBuilder(), ttlPolicy = new TtlPolicy() } = options;
  assertHas(backend, BACKEND_METHODS, 'backend');
  assertHas(keyBuilder, ['build'], 'keyBuilder');
  assertHas(ttlPolicy, ['ttlFor'], 'ttlPolicy');
  return { backend, keyBuilder, ttlPolicy, generations: generationsOf(options) };
}

/** The TTL in seconds, `Infinity` for ever, and the tags of a set. Throws `ERR_OPTION`. */
export function readSetOptions(
  options: ManagedSetOptions,
  policy: TtlPolicy,
): { readonly ttl: number; readonly tags: readonly string[] } {
  assertKnownOptions(options, SET_OPTIONS, 'set');
  const { type = 'response' } = options;
  if (typeof type !== 'string' || type === '') {
    throw new OffloopError('ERR_OPTION', `set: type must be a non-empty string, received ${describe(type)}`);
  }
  const ttl = options.ttl === undefined ? policy.ttlFor(type) : options.ttl;
  return { ttl, tags: readTags(options.tags, 'set') };
}

/** Whether a clear is to be instant. Throws `ERR_OPTION`. */
export function isInstant(options: ManagedClearOptions | undefined): boolean {
  assertKnownOptions(options, CLEAR_OPTIONS, 'clear');
  const instant = options?.instant ?? false;
  if (typeof instant === 'boolean') return instant;
  throw new OffloopError('ERR_OPTION', `clear: instant must be true or false, received ${describe(instant)}`);
}

/** The version of a schema; undefined for none. Throws `ERR_OPTION`, also for what is no schema. */
export function versionOf(
  schema: StandardSchema<unknown, unknown>,
  options: SchemaOptions | undefined,
): string | undefined {
  const standard: unknown = schema?.['~standard'];
  const isSchema = typeof standard === 'object' && standard !== null && 'validate' in standard;
  if (!isSchema || typeof standard.validate !== 'function')
    throw new OffloopError('ERR_OPTION', `schema must speak Standard Schema, received ${describe(schema)}`);
  assertKnownOptions(options, SCHEMA_OPTIONS, 'schema');
  const version = options?.version;
  if (version === undefined || (typeof version === 'string' && version !== '' && version.isWellFormed()))
    return version;
  const text = `schema: version must be a non-empty, well-formed string, received ${describe(version)}`;
  throw new OffloopError('ERR_OPTION', text);
}

function generationsOf({
  backend,
  instantClears = false,
}: CacheManagerOptions): GenerationBackend | undefined {
  if (typeof instantClears !== 'boolean') {
    const text = `instantClears must be true or false, received ${describe(instantClears)}`;
    throw new OffloopError('ERR_OPTION', text);
  }
  if (!instantClears) return undefined;
  if (isPrefixed(backend) && scopeOf(backend).sweep) return new GenerationBackend(backend);
  const text = `instantClears needs a RedisBackend, or a TieredBackend over one, received ${describe(backend)}`;
  throw new OffloopError('ERR_OPTION', text);
}

function assertHas(part: unknown, methods: readonly string[], name: string): void {
  const missing = methods.find(
    (method) => typeof part !== 'object' || part === null || typeof Reflect.get(part, method) !== 'function',
  );
  if (missing !== undefined) {
    throw new OffloopError(
      'ERR_OPTION',
      `${name} must have a method ${missing}(), received ${describe(part)}`,
    );
  }
}
