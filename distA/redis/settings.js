import { describe, OffloopError } from '../errors.js';
import { parseUrl } from './url.js';
const TLS_FIELDS = {
    ca: 'pem',
    cert: 'pem',
    key: 'pem',
    passphrase: 'string',
    servername: 'string',
    rejectUnauthorized: 'boolean',
    minVersion: 'string',
};
const SENTINEL_FIELDS = {
    name: 'string',
    sentinels: 'object',
    username: 'string',
    password: 'string',
    tls: 'boolean',
    readFrom: 'string',
};
const CLUSTER_FIELDS = { nodes: 'object', natMap: 'object', readFrom: 'string' };
const READ_FROM = {
    sentinel: ['master', 'replica'],
    cluster: ['master', 'replica', 'any'],
};
/** Settings of ioredis that Offloop has to set itself, and what to use instead. */
const RESERVED = {
    keyPrefix: 'use the option keyPrefix of the backend',
    enableAutoPipelining: 'the backend pipelines by itself',
    enableOfflineQueue: 'the backend waits for the connection itself, within timeoutMs',
    autoResendUnfulfilledCommands: 'a command is sent at most once',
    autoResubscribe: 'the backend does not subscribe',
    commandTimeout: 'use timeoutMs',
    connectTimeout: 'use connectTimeoutMs',
    retryStrategy: 'use reconnectMaxDelayMs',
    reconnectOnError: 'the backend decides this by itself',
    maxRetriesPerRequest: 'a command is sent at most once; use timeoutMs',
    lazyConnect: 'the backend connects when it is first used',
    tls: 'use the option tls of the backend',
    sentinels: 'use the option sentinel of the backend',
    name: 'use the option sentinel of the backend',
    enableTLSForSentinelMode: 'TLS of the URL or the option tls holds for the master',
    sentinelCommandTimeout: 'use connectTimeoutMs',
    stringNumbers: 'the backend reads numbers',
    replyMapping: 'the backend reads the replies itself',
    monitor: 'the backend does not monitor',
    role: 'use readFrom of the option sentinel',
    readOnly: 'the backend writes',
    subscriber: 'the backend does not subscribe',
};
/** Merges URL and options into settings that a worker can use as well. Throws `ERR_OPTION` or `ERR_URL`. */
export function resolveConnection(input) {
    const redis = plainObject(input.redis, 'redis');
    for (const name of Object.keys(redis)) {
        const instead = Object.hasOwn(RESERVED, name) ? RESERVED[name] : undefined;
        if (instead)
            throw new OffloopError('ERR_OPTION', `redis.${name} cannot be set: ${instead}`);
    }
    const url = parseUrl(input.url ?? 'redis://localhost:6379/0');
    const tls = input.tls === undefined ? undefined : known(plainObject(input.tls, 'tls'), TLS_FIELDS, 'tls');
    const secured = url.path === undefined && (url.tls || tls !== undefined);
    const { host, port, path, username, password, db } = url;
    const shared = {
        ...definedOnly({ username, password, db }),
        ...redis,
        ...(secured ? { tls: tls ?? {} } : {}),
    };
    const rest = {
        readFrom: 'master',
        timeoutMs: input.timeoutMs,
        connectTimeoutMs: input.connectTimeoutMs,
        reconnectMaxDelayMs: input.reconnectMaxDelayMs,
    };
    if (input.sentinel !== undefined && input.cluster !== undefined) {
        throw new OffloopError('ERR_OPTION', 'sentinel and cluster exclude each other; both were given');
    }
    if (input.sentinel !== undefined) {
        const sentinel = known(plainObject(input.sentinel, 'sentinel'), SENTINEL_FIELDS, 'sentinel');
        if (typeof sentinel.name !== 'string' || sentinel.name === '') {
            throw new OffloopError('ERR_OPTION', `sentinel.name must be a non-empty string, received ${describe(sentinel.name)}`);
        }
        const finder = definedOnly({
            name: sentinel.name,
            sentinels: addresses(sentinel.sentinels, 'sentinel.sentinels'),
            sentinelUsername: sentinel.username,
            sentinelPassword: sentinel.password,
            sentinelTLS: sentinel.tls === true ? (tls ?? {}) : undefined,
            // Off in ioredis by default: without it a client stays with a master that the sentinels have replaced.
            failoverDetector: true,
            // Without it ioredis speaks plaintext to the master, whatever `tls` says, and sends it the password so.
            enableTLSForSentinelMode: secured ? true : undefined,
        });
        return { kind: 'sentinel', redis: { ...shared, ...finder }, nodes: [], cluster: {}, ...rest };
    }
    if (input.cluster !== undefined) {
        const cluster = known(plainObject(input.cluster, 'cluster'), CLUSTER_FIELDS, 'cluster');
        if (shared.db !== undefined && shared.db !== 0) {
            throw new OffloopError('ERR_OPTION', `a cluster has database 0 alone, received ${describe(shared.db)}`);
        }
        const { db: _none, ...options } = shared;
        const nodes = addresses(cluster.nodes, 'cluster.nodes');
        return {
            kind: 'cluster',
            redis: options,
            nodes,
            cluster: natMapOf(cluster.natMap),
            ...rest,
        };
    }
    const target = path === undefined ? { host, port } : { path };
    return { kind: 'single', redis: { ...definedOnly(target), ...shared }, nodes: [], cluster: {}, ...rest };
}
/**
 * The settings of the connections that read from replicas; undefined where nothing is read from them. Throws `ERR_OPTION`.
 * @param connection what {@link resolveConnection} made of the same input
 */
export function resolveReplicas(connection, { sentinel, cluster }) {
    const { kind } = connection;
    if (kind === 'single')
        return undefined;
    const { readFrom = 'master' } = plainObject(kind === 'sentinel' ? sentinel : cluster, kind);
    const wanted = READ_FROM[kind].find((name) => name === readFrom);
    if (wanted === undefined) {
        const text = `${kind}.readFrom must be one of ${READ_FROM[kind].join(', ')}, received ${describe(readFrom)}`;
        throw new OffloopError('ERR_OPTION', text);
    }
    return wanted === 'master' ? undefined : { ...connection, readFrom: wanted };
}
function addresses(value, name) {
    const list = Array.isArray(value) ? value : [];
    const nodes = list.map((item) => {
        const { host, port } = typeof item === 'object' && item !== null ? item : {};
        const fits = typeof host === 'string' && host !== '' && typeof port === 'number' && Number.isInteger(port);
        if (!fits || port < 1 || port > 65_535) {
            throw new OffloopError('ERR_OPTION', `${name} must hold { host, port } objects, port 1 to 65535`);
        }
        return { host, port };
    });
    if (nodes.length > 0)
        return nodes;
    throw new OffloopError('ERR_OPTION', `${name} must be a list of at least one { host, port }, received ${describe(value)}`);
}
function natMapOf(natMap) {
    if (natMap === undefined)
        return {};
    addresses(Object.values(natMap), 'cluster.natMap');
    return { natMap };
}
function known(object, fields, name) {
    for (const [key, value] of Object.entries(object)) {
        const field = Object.hasOwn(fields, key) ? fields[key] : undefined;
        if (field === undefined) {
            const names = Object.keys(fields).join(', ');
            throw new OffloopError('ERR_OPTION', `unknown option ${name}.${key.slice(0, 60)}; known are ${names}`);
        }
        if (value !== undefined && !isA(value, field)) {
            const wanted = field === 'pem' ? 'PEM text, or a list of it' : `a ${field}`;
            throw new OffloopError('ERR_OPTION', `${name}.${key} must be ${wanted}, received ${describe(value)}`);
        }
    }
    return object;
}
function isA(value, field) {
    if (field !== 'pem')
        return typeof value === field && value !== null;
    return Array.isArray(value) ? value.every((item) => typeof item === 'string') : typeof value === 'string';
}
/** A deep copy of plain data; PEM in Buffers becomes text. Functions and instances are refused by their path. */
function plainObject(value, path) {
    if (value === undefined)
        return {};
    const copy = plainCopy(value, path);
    if (typeof copy === 'object' && copy !== null && !Array.isArray(copy))
        return copy;
    throw new OffloopError('ERR_OPTION', `${path} must be an object, received ${describe(value)}`);
}
function plainCopy(value, path) {
    if (value === null || ['string', 'number', 'boolean', 'undefined'].includes(typeof value))
        return value;
    if (Buffer.isBuffer(value))
        return value.toString('utf8');
    if (Array.isArray(value))
        return value.map((item, index) => plainCopy(item, `${path}[${index}]`));
    if (typeof value === 'object' && [Object.prototype, null].includes(Object.getPrototypeOf(value))) {
        return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plainCopy(item, `${path}.${key}`)]));
    }
    throw new OffloopError('ERR_OPTION', `${path} is ${describe(value)}: worker threads connect by the same settings, so they must be plain data` +
        ' (strings, numbers, booleans, lists, objects). Instead of a function give its result, for instance the' +
        ' password or the certificate itself; for pauses between attempts use reconnectMaxDelayMs');
}
function definedOnly(object) {
    return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
}
