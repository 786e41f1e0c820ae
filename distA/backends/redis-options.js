import { readFileSync } from 'node:fs';
import { resolveCompression, } from '../codec/compression.js';
import { resolveLimits } from '../codec/limits.js';
import { CodecRegistry } from '../codec/registry.js';
import { describe, OffloopError } from '../errors.js';
import { resolveFlatOptions, STRUCTURED_OPTIONS } from '../options.js';
import { resolveConnection, resolveReplicas, } from '../redis/settings.js';
import { resolveAvailability } from './availability-options.js';
import { resolveRing } from './seal-options.js';
/**
 * Fills in and checks. What the constructor was given comes before the file, the file before the environment
 * (`OFFLOOP_*`), and that before the defaults. Throws `ERR_OPTION`, `ERR_URL`, `ERR_COMPRESSION` or
 * `ERR_MISSING_PACKAGE`.
 */
export function resolveOptions(options, file = {}) {
    const given = asLayer(options);
    const flat = resolveFlatOptions([given, file], process.env);
    const structured = Object.fromEntries(STRUCTURED_OPTIONS.map((name) => [name, given[name] ?? file[name]]));
    const limits = resolveLimits((path) => flat.get(path));
    const registry = new CodecRegistry((structured.codecs ?? []), limits);
    const codec = text(flat, 'codec');
    if (codec !== 'auto')
        registry.byName(codec);
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
            encode: text(flat, 'offload.encode'),
            decode: text(flat, 'offload.decode'),
        },
        inlineLimitBytes: number(flat, 'inlineLimitBytes'),
        maxValueBytes: number(flat, 'maxValueBytes'),
        sliceMs: number(flat, 'sliceMs'),
        collectYoung: flat.get('collectYoung') === true,
        ...resolveAvailability(flat),
        onCorrupt: text(flat, 'onCorrupt'),
        allowFlush: flat.get('allowFlush') === true,
        plan: text(flat, 'plan'),
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
export function readConfig(path) {
    let parsed;
    try {
        parsed = JSON.parse(readFileSync(path, 'utf8'));
    }
    catch (error) {
        const reason = error instanceof SyntaxError ? 'it is not JSON' : 'it cannot be read';
        throw new OffloopError('ERR_OPTION', `the config file ${String(path)}: ${reason}`);
    }
    // What `offloop tune` found out stands beside what it recommends.
    const { tuning: _, ...options } = asLayer(parsed);
    return options;
}
/** Refuses, with `ERR_KEY`, a prefix that is no well-formed string. */
export function assertPrefix(prefix) {
    if (typeof prefix === 'string' && prefix.isWellFormed())
        return;
    const received = typeof prefix === 'string' ? 'a lone surrogate in it' : describe(prefix);
    throw new OffloopError('ERR_KEY', `a key prefix must be a well-formed string, received ${received}`);
}
function asLayer(options) {
    if (options === undefined)
        return {};
    if (typeof options === 'object' && options !== null && !Array.isArray(options)) {
        return options;
    }
    throw new OffloopError('ERR_OPTION', `the options must be an object, received ${describe(options)}`);
}
function compressionOf(flat) {
    if (flat.get('compression.algorithm') === 'none')
        return undefined;
    const names = ['algorithm', 'level', 'minBytes', 'minSaving'];
    return resolveCompression(Object.fromEntries(names.map((name) => [name, flat.get(`compression.${name}`)])));
}
function number(flat, path) {
    return flat.get(path);
}
function text(flat, path) {
    return flat.get(path);
}
