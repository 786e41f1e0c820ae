import { assertKnownOptions } from '../backends/arguments.js';
import { isPrefixed } from '../backends/prefix-view.js';
import { scopeOf } from '../backends/scope-store.js';
import { describe, OffloopError } from '../errors.js';
import { GenerationBackend } from './generation-backend.js';
import { CacheKeyBuilder } from './key-builder.js';
import { readTags } from './layout.js';
import { TtlPolicy } from './ttl-policy.js';
const OPTIONS = new Set([
    'backend',
    'keyBuilder',
    'ttlPolicy',
    'instantClears',
]);
const SET_OPTIONS = new Set([
    'ttl',
    'type',
    'tags',
]);
const SCHEMA_OPTIONS = new Set(['version']);
const CLEAR_OPTIONS = new Set(['instant']);
const BACKEND_METHODS = ['get', 'set', 'delete', 'exists', 'clear', 'close'];
/** Fills in and checks. Throws `ERR_OPTION`. */
export function resolveManagerOptions(options) {
    assertKnownOptions(options ?? null, OPTIONS, 'CacheManager');
    const { backend, keyBuilder = new CacheKeyBuilder(), ttlPolicy = new TtlPolicy() } = options;
    assertHas(backend, BACKEND_METHODS, 'backend');
    assertHas(keyBuilder, ['build'], 'keyBuilder');
    assertHas(ttlPolicy, ['ttlFor'], 'ttlPolicy');
    return { backend, keyBuilder, ttlPolicy, generations: generationsOf(options) };
}
/** The TTL in seconds, `Infinity` for ever, and the tags of a set. Throws `ERR_OPTION`. */
export function readSetOptions(options, policy) {
    assertKnownOptions(options, SET_OPTIONS, 'set');
    const { type = 'response' } = options;
    if (typeof type !== 'string' || type === '') {
        throw new OffloopError('ERR_OPTION', `set: type must be a non-empty string, received ${describe(type)}`);
    }
    const ttl = options.ttl === undefined ? policy.ttlFor(type) : options.ttl;
    return { ttl, tags: readTags(options.tags, 'set') };
}
/** Whether a clear is to be instant. Throws `ERR_OPTION`. */
export function isInstant(options) {
    assertKnownOptions(options, CLEAR_OPTIONS, 'clear');
    const instant = options?.instant ?? false;
    if (typeof instant === 'boolean')
        return instant;
    throw new OffloopError('ERR_OPTION', `clear: instant must be true or false, received ${describe(instant)}`);
}
/** The version of a schema; undefined for none. Throws `ERR_OPTION`, also for what is no schema. */
export function versionOf(schema, options) {
    const standard = schema?.['~standard'];
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
function generationsOf({ backend, instantClears = false, }) {
    if (typeof instantClears !== 'boolean') {
        const text = `instantClears must be true or false, received ${describe(instantClears)}`;
        throw new OffloopError('ERR_OPTION', text);
    }
    if (!instantClears)
        return undefined;
    if (isPrefixed(backend) && scopeOf(backend).sweep)
        return new GenerationBackend(backend);
    const text = `instantClears needs a RedisBackend, or a TieredBackend over one, received ${describe(backend)}`;
    throw new OffloopError('ERR_OPTION', text);
}
function assertHas(part, methods, name) {
    const missing = methods.find((method) => typeof part !== 'object' || part === null || typeof Reflect.get(part, method) !== 'function');
    if (missing !== undefined) {
        throw new OffloopError('ERR_OPTION', `${name} must have a method ${missing}(), received ${describe(part)}`);
    }
}
